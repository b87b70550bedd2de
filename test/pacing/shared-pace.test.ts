import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { announce } from '../../src/pacing/pace-store.ts';
import {
  createKey,
  createPace,
  type PacedInstance,
  readPace,
} from '../../src/pacing/shared-pace.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { instanceConfig } from '../auth/people.ts';
import { log, testServices } from '../services.ts';

/** The interval is so long that the duration of the test itself is negligible. */
const intervalMs = 3_600_000;
const settings = { ratePerSecond: 1000 / intervalMs, burst: 3 };
const slow: PacedInstance = { ...instanceConfig, pace: settings, readPace: settings };

/** The wait as a number of intervals, which is the slot's position in the queue. */
const places = (waits: readonly number[]) => waits.map((ms) => ms / intervalMs);

/** Half a token of the burst is reserved, so the slots after the burst are half an interval later. */
const near = (actual: readonly number[], expected: readonly number[]) => {
  assert.equal(actual.length, expected.length);
  for (const [index, place] of expected.entries()) {
    assert.ok(Math.abs((actual[index] ?? Number.NaN) - place) < 0.01, `${actual} ≠ ${expected}`);
  }
};

async function start(t: TestContext) {
  const { services, database } = await testServices(t);
  return { db: services.db, database, pace: createPace(services.db, slow) };
}

async function waits(of: ReturnType<typeof createPace>, count: number): Promise<number[]> {
  const all: number[] = [];
  for (let n = 0; n < count; n++) all.push((await of.reserve()).waitMs);
  return places(all);
}

describe('the account’s pace', () => {
  test('lets a burst through at once, and then one an interval', async (t) => {
    const { pace } = await start(t);
    near(await waits(pace, 6), [0, 0, 0.5, 1.5, 2.5, 3.5]);
  });

  test('is shared by every bot on the same database, so that no slot is given twice', async (t) => {
    const { db, database } = await start(t);
    const secondDatabase = await openDatabase(database.config, { log });
    t.after(() => secondDatabase.close());
    const both = [createPace(db, slow), createPace(secondDatabase.db, slow)];
    const asked = Array.from({ length: 24 }, (_, n) => both[n % 2]?.reserve());
    const slots = await Promise.all(asked);
    const taken = places(slots.map((slot) => slot?.waitMs ?? Number.NaN)).sort((a, b) => a - b);
    near(taken, [0, 0, ...Array.from({ length: 22 }, (_, n) => n + 0.5)]);
  });

  test('gives several slots at once, but no more than may go out at once', async (t) => {
    const { pace } = await start(t);
    const slots = await pace.reserve(5);
    assert.equal(slots.count, 2);
    near(places([slots.waitMs]), [0]);
  });

  test('refills with time, up to the burst and no further', async (t) => {
    const { pace, database } = await start(t);
    await waits(pace, 5);
    await database.query(`update pace set due_at = due_at - interval '2 hours'`);
    near(await waits(pace, 2), [1.5, 2.5]);
    await database.query(`update pace set due_at = now() - interval '30 days'`);
    near(await waits(pace, 4), [0, 0, 0.5, 1.5]);
  });

  test('keeps nobody waiting when the database’s clock is set back', async (t) => {
    const { pace, database } = await start(t);
    await waits(pace, 2);
    // The row's state after the clock was set back by a day.
    await database.query(
      `update pace set due_at = due_at + interval '1 day', made_at = made_at + interval '1 day'`,
    );
    near(await waits(pace, 2), [0.5, 1.5]);
  });

  test('drops the burst when Connect throttles a call', async (t) => {
    const { pace } = await start(t);
    const { epoch } = await pace.reserve();
    await pace.lowerRate(epoch);
    near(await waits(pace, 2), [2, 3]);
  });

  test('slows down once for all calls that were throttled by the same empty bucket', async (t) => {
    const { pace } = await start(t);
    const slots = [await pace.reserve(), await pace.reserve(), await pace.reserve()];
    for (const { epoch } of slots) await pace.lowerRate(epoch);
    near(await waits(pace, 1), [2]);
  });

  test('is shared by the instances of a Region, and by no others', async (t) => {
    const { db } = await start(t);
    const oneAtATime = { ...slow, pace: { ...settings, burst: 1 } };
    near(await waits(createPace(db, oneAtATime), 1), [0]);
    near(await waits(createPace(db, { ...oneAtATime }), 1), [1]);
    near(await waits(createPace(db, { ...oneAtATime, region: 'us-east-1' }), 1), [0]);
  });

  test('is kept separately for creating and for each operation that reads', async (t) => {
    const { db, pace } = await start(t);
    await waits(pace, 4);
    near(await waits(readPace(db, slow, 'SearchUsers'), 4), [0, 0, 0.5, 1.5]);
    near(await waits(readPace(db, slow, 'ListUsers'), 1), [0]);
    near(await waits(readPace(db, slow, 'SearchUsers'), 1), [2.5]);
  });

  test('is the strictest pace that any bot has announced recently', async (t) => {
    const { db, pace, database } = await start(t);
    await announce(db, createKey(slow), 'another', {
      ratePerSecond: settings.ratePerSecond / 2,
      burst: 1,
    });
    near(await waits(pace, 3), [0, 2, 4]);
    await database.query(`update pace_settings set seen_at = seen_at - interval '2 minutes'`);
    await database.query('delete from pace');
    near(await waits(pace, 3), [0, 0, 0.5]);
  });
});
