/** The evidence of a request as somebody reads it who was not there. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Evidence, evidenceJson, evidencePage } from '../../src/evidence/evidence.ts';

const evidence: Evidence = {
  request: 'CU-1001',
  instance: 'production',
  requester: { id: 'U0TARA', name: 'Tara \u202Edael' },
  reason: null,
  askedAt: '2026-11-28T04:00:00.000Z',
  endedAt: null,
  outcome: 'denied',
  rule: null,
  policyHash: null,
  decision: null,
  binding: null,
  rows: [],
  thread: [
    {
      at: '2026-11-28T04:01:00.000Z',
      kind: 'said',
      by: { id: 'U0NOA', name: 'Noa Lead' },
      text: 'I agree \u2067ton od',
    },
  ],
  events: [],
};

test('nothing that people wrote turns the direction of a line of the evidence', () => {
  const page = evidencePage(evidence);
  const json = evidenceJson(evidence);
  for (const text of [page, json])
    assert.doesNotMatch(text, /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/);
  assert.match(page, /Tara \\u\{202e\}dael/);
  assert.match(page, /I agree \\u\{2067\}ton od/);
  assert.deepEqual(JSON.parse(json), evidence, 'the data is the same');
});
