import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { createLog } from '../../src/operations/log.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { createJobs } from '../../src/storage/jobs.ts';
import { testDatabase } from '../database.ts';
import { until } from '../until.ts';

const log = createLog({ level: 'silent' });

test('H8: a job of a bot that was killed is taken over by another within 30 seconds', async (t) => {
  const { url } = await testDatabase(t);
  const script = new URL('./jobs-bot.ts', import.meta.url).pathname;
  const victim = spawn(process.execPath, [script, url], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface(victim.stdout);
  const database = await openDatabase({ kind: 'url', url }, { log });
  const jobs = createJobs({ database, log });
  t.after(async () => {
    victim.kill('SIGKILL');
    await jobs.stop({ graceful: false, timeoutMs: 0 });
    await database.close();
  });
  await jobs.start();
  await jobs.enqueue(database.db, { queue: 'provision', data: { requestId: 7 } });
  await once(lines, 'line');
  const tries: number[] = [];
  await jobs.work('provision', async (job) => void tries.push(job.tries));
  await until(
    'a heartbeat',
    async () => {
      const { rows } = await database.pool.query(
        `select heartbeat_on > started_on as beat from jobs.job`,
      );
      return rows[0]?.beat;
    },
    20_000,
  );
  assert.deepEqual(tries, []);
  victim.kill('SIGKILL');
  const killedAt = Date.now();
  await until('the other bot has it', () => tries.length === 1, 30_000);
  assert.deepEqual(tries, [1]);
  t.diagnostic(`taken over after ${Date.now() - killedAt} ms`);
});
