import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { getHeapSpaceStatistics } from 'node:v8';
import { createBackground } from '../../src/operations/background.ts';

const megabytes = () =>
  (getHeapSpaceStatistics().find((it) => it.space_name === 'new_space')?.space_size ?? 0) / 1e6;

/** Keeps a while what it makes, which is what makes V8 grow the young generation. */
async function busy(rounds: number): Promise<number> {
  let kept: object[] = [];
  let most = 0;
  for (let round = 0; round < rounds; round++) {
    for (let made = 0; made < 20_000; made++) kept.push({ made });
    if (round % 15 === 14) kept = [];
    most = Math.max(most, megabytes());
    await turn();
  }
  return most;
}

test('work in the background does not make the young generation large, and what comes after it may', async () => {
  const background = createBackground();
  const most = await background(() => background(() => busy(300)));
  assert.ok(most < 50, `${most} MB`);
  const after = await busy(300);
  assert.ok(after > 50, `${after} MB: it never grows here, so the test above proves nothing`);
});

test('work in the background gives its answer, and its error', async () => {
  const background = createBackground();
  assert.equal(await background(async () => 3), 3);
  await assert.rejects(
    background(() => Promise.reject(new Error('no'))),
    /no/,
  );
});
