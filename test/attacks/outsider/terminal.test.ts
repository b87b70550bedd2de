/** Names that contain line breaks, colors or text direction changes for the terminal of an operator or auditor. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timelineLine } from '../../../src/audit/timeline.ts';
import { textAnswer } from '../../../src/check-file/text-answer.ts';
import { prettyLine } from '../../../src/operations/pretty-log.ts';
import { requestLine } from '../../../src/requests-command/print-requests.ts';

const attack = 'a.csv\n2026-01-31T12:00:00.000Z  approved  by U0ARI\u001b[2K\u009b1A\r\u202Evsc';
const obeyed = /[^\P{C}\n]|[\u2028\u2029]/u;

test('a file name cannot add a line to the printed audit trail of a request', () => {
  const text = timelineLine({
    seq: 12,
    at: '2026-01-31T12:00:00.000Z',
    requestId: 1001,
    kind: 'submitted',
    actor: 'U0TARA',
    details: JSON.stringify({ file: attack, together: [{ [attack]: attack }] }),
    previousHash: '0'.repeat(64),
    hash: 'f'.repeat(64),
    body: '',
  });
  assert.equal(text.trimEnd().split('\n').length, 3);
  assert.doesNotMatch(text, obeyed);
});

test('a file name cannot add a line to the printed list of requests', () => {
  const request = {
    id: 1001,
    state: 'done',
    instance: 'production',
    requester_name: attack,
    created_at: new Date(),
  };
  // Only these members of a request are printed.
  const listed = { request, file: attack, rows: { created: 1 } } as unknown;
  const line = requestLine(listed as Parameters<typeof requestLine>[0]);
  assert.equal(line.split('\n').length, 1);
  assert.doesNotMatch(line, obeyed);
});

test('a file name cannot add a line to the log', () => {
  const line = JSON.stringify({
    level: 'info',
    time: Date.now(),
    msg: attack,
    name: attack.replaceAll(/\s/g, ''),
    list: [attack],
  });
  const text = prettyLine(line, false);
  assert.equal(text.trimEnd().split('\n').length, 1);
  assert.doesNotMatch(text, obeyed);
});

test('a file name cannot add a line to the printed result of npm run check-file', () => {
  const finding = { column: attack, message: attack, suggestion: attack };
  // Only these members of an answer are printed.
  const answer = {
    refusal: null,
    encoding: 'utf-8',
    sheet: attack,
    leftOut: [{ lines: [], message: attack }],
    rows: [{ line: 2, status: 'wrong', findings: [finding] }],
  } as unknown as Parameters<typeof textAnswer>[1];
  const text = textAnswer(attack, answer);
  assert.equal(text.trimEnd().split('\n').length, 3);
  assert.doesNotMatch(text, obeyed);
});
