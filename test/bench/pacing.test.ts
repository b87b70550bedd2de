/**
 * The benchmark runs, and its measurement is plausible: no rate exceeds the bucket's. The speed itself is not tested.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crowd } from '../../bench/pacing.ts';

test('a short run of `npm run bench -- pacing`', async () => {
  const said: string[] = [];
  const { ratio, throttledShare } = await crowd((line) => said.push(line), {
    bots: 1,
    files: [15, 15],
    account: { ratePerSecond: 20, burst: 5 },
    latencyMs: 10,
  });
  assert.ok(ratio > 0.95, `${ratio}: faster than Amazon Connect allows`);
  assert.ok(throttledShare >= 0 && throttledShare < 0.5, `${throttledShare}`);
  assert.match(said.join(), /30 rows, 1 bot/);
});
