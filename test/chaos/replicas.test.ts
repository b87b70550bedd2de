/** How long replicas take to stop: time in which they are suspended does not count, all other time does. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { startReplicas } from '../../chaos/replicas.ts';
import { createRunningTime } from '../../chaos/running-time.ts';
import { until } from '../until.ts';

describe('the time that a process has run', () => {
  test('is without its hangs, also those that began before or go on after', () => {
    const time = createRunningTime();
    assert.equal(time.between(0, 100), 100);
    time.stopped(10);
    time.stopped(15);
    time.continued(30);
    time.continued(35);
    assert.equal(time.between(0, 100), 80);
    assert.equal(time.between(20, 100), 70, 'it hung at first');
    assert.equal(time.between(12, 28), 0, 'it hung all the time');
    time.stopped(90);
    assert.equal(time.between(30, 100), 60, 'it still hangs');
  });
});

/** A process that needs this long to end after SIGTERM. */
async function stopSlowly(t: TestContext, takesMs: number) {
  const folder = await mkdtemp(join(tmpdir(), 'connect-add-user-replicas-'));
  const entry = join(folder, 'slow.mjs');
  await writeFile(
    entry,
    `process.on('SIGTERM', () => setTimeout(() => process.exit(0), ${takesMs}));
    setInterval(() => {}, 1000);
    process.send({ port: null });`,
  );
  const replicas = startReplicas({ count: 1, folder, environment: {}, entry });
  t.after(async () => {
    await replicas.stop();
    await rm(folder, { recursive: true, force: true });
  });
  await replicas.ready();
  return replicas;
}

describe('the slowest stop', () => {
  test('does not count a hang', async (t) => {
    const replicas = await stopSlowly(t, 50);
    replicas.hang(0, 2_500);
    await replicas.kill(0, 'SIGTERM', 60_000);
    await until('it has ended', () => replicas.seen().slowestStopMs > 0);
    const { slowestStopMs } = replicas.seen();
    assert.ok(slowestStopMs >= 40 && slowestStopMs < 2_000, `${slowestStopMs} ms`);
  });

  test('counts what comes before a hang and after it', async (t) => {
    const replicas = await stopSlowly(t, 600);
    await replicas.kill(0, 'SIGTERM', 60_000);
    replicas.hang(0, 100);
    // A second suspension during the first one would hide how the process behaves after the first.
    replicas.hang(0, 60_000);
    await until('it has ended', () => replicas.seen().slowestStopMs > 0);
    assert.ok(replicas.seen().slowestStopMs >= 450, `${replicas.seen().slowestStopMs} ms`);
  });
});
