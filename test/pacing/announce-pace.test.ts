import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLog } from '../../src/operations/log.ts';
import { announcePaces } from '../../src/pacing/announce-pace.ts';
import { createPace, type PacedInstance } from '../../src/pacing/shared-pace.ts';
import { instanceConfig } from '../auth/people.ts';
import { testServices } from '../services.ts';

const paced = (ratePerSecond: number, burst: number): PacedInstance => ({
  ...instanceConfig,
  pace: { ratePerSecond, burst },
  readPace: { ratePerSecond: 2, burst: 5 },
});

test('when two bots have different paces, the stricter pace is used and the other bot logs it once', async (t) => {
  const { services, database } = await testServices(t);
  const { db } = services;
  const lines: string[] = [];
  const log = createLog({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const strict = await announcePaces({ db, instances: [paced(0.001, 1)], log });
  assert.deepEqual(lines, []);
  const generous = await announcePaces({ db, instances: [paced(1000, 100)], log });
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? '', /stricter pace.*/);
  assert.match(lines[0] ?? '', /"held":\{"ratePerSecond":0.001,"burst":1\}/);

  const pace = createPace(db, paced(1000, 100));
  await pace.reserve();
  assert.ok((await pace.reserve()).waitMs > 900_000);

  // The stricter replica stops, so no other replica is slowed down anymore.
  await strict.stop();
  await database.query('delete from pace');
  const { count, waitMs } = await pace.reserve(50);
  assert.deepEqual([count, waitMs], [50, 0]);
  await generous.stop();
});

test('when two instances in one Region have different paces, the stricter pace is announced', async (t) => {
  const { services, database } = await testServices(t);
  const { db, log } = services;
  const both = await announcePaces({ db, instances: [paced(2, 5), paced(1, 8)], log });
  const told = await database.query(
    `select rate_per_second, burst from pace_settings where key like 'CreateUser%'`,
  );
  assert.deepEqual(told, [{ rate_per_second: 1, burst: 5 }]);
  await both.stop();
  assert.deepEqual(await database.query('select * from pace_settings'), []);
});
