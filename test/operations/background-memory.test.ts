import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { PerformanceObserver } from 'node:perf_hooks';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { getHeapSpaceStatistics } from 'node:v8';
import { createBackground } from '../../src/operations/background-memory.ts';

const megabytes = () =>
  (getHeapSpaceStatistics().find((space) => space.space_name === 'old_space')?.space_used_size ??
    0) / 1e6;

/** Repeatedly keeps objects just long enough for V8 to promote them, and returns the largest heap size measured. */
async function busy(rounds: number): Promise<number> {
  let kept: object[] = [];
  const before = megabytes();
  let most = 0;
  for (let round = 0; round < rounds; round++) {
    for (let made = 0; made < 20_000; made++) kept.push({ made });
    if (round % 15 === 14) kept = [];
    most = Math.max(most, megabytes() - before);
    await nextTurn();
  }
  return most;
}

test('collects the old generation early while work in the background goes on', async () => {
  const most = await createBackground()(() => busy(300));
  // 15 rounds are alive at once, which is 12 MB. Garbage adds its 16 MB, and the allocations before V8 reports the
  // collection.
  assert.ok(most < 60, `${most} MB`);
});

test('does not take memory that was released meanwhile as room for garbage', async (t) => {
  const collect = globalThis.gc;
  assert.ok(collect);
  const early = t.mock.fn();
  globalThis.gc = early as unknown as typeof collect;
  t.after(() => {
    globalThis.gc = collect;
  });
  /** Collects, and waits until every observer was informed of it. */
  const collected = async () => {
    const { promise: seen, resolve } = Promise.withResolvers<void>();
    const observer = new PerformanceObserver(() => resolve());
    observer.observe({ entryTypes: ['gc'] });
    collect();
    await seen;
    observer.disconnect();
    await nextTurn();
  };
  let file = new ArrayBuffer(200e6);
  await createBackground()(async () => {
    file = file.transfer(0);
    await collected();
    assert.equal(early.mock.callCount(), 0);
    file = new ArrayBuffer(20e6);
    await collected();
    assert.equal(early.mock.callCount(), 1);
  });
  assert.equal(file.byteLength, 20e6);
});

test('gives the answer of the work, and its error', async () => {
  const background = createBackground();
  assert.equal(await background(async () => 3), 3);
  await assert.rejects(
    background(() => Promise.reject(new Error('no'))),
    /no/,
  );
});

test('npm start gives V8 its flags, because they must not change while the process runs', async () => {
  const manifest = JSON.parse(await readFile('package.json', 'utf8')) as {
    scripts: { start: string };
  };
  const { start } = manifest.scripts;
  assert.match(start, /--expose-gc\b.* src\/main\.ts$/);
  // V8 rounds other sizes up to a power of two. It applies to the thread that reads files as well, and each of both
  // takes twice as much.
  assert.match(start, /--max-semi-space-size=8 .*src\/main\.ts$/);
});
