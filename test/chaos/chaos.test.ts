/** A short run of `npm run chaos`; long runs are started manually. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runChaos } from '../../chaos/run.ts';

/** It takes half a minute, and another minute for each delivery that arrives only with Slack's second attempt. */
const timeout = 300_000;

test('H1, H5, H8: with kills, database outages and wrong answers, nothing is lost, doubled or reported wrongly', {
  timeout,
}, async (t) => {
  const said: string[] = [];
  const report = await runChaos({
    seed: 9,
    kills: 3,
    rows: 20,
    transport: 'socket',
    haste: 0.3,
    signal: t.signal,
    onProgress: (line) => said.push(line),
  });
  assert.deepEqual(report.findings, [], said.join('\n'));
  assert.equal(report.kills, 3);
  assert.ok(report.faults > 0 && report.rows > 0 && report.created > 0, JSON.stringify(report));
});
