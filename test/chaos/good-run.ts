/** A run in which everything is correct, for tests that change one fact. */
import assert from 'node:assert/strict';
import type { Evidence, MessageFact, RequestFact, UserFact } from '../../chaos/evidence.ts';
import { judge } from '../../chaos/verdict.ts';

export const uid = '11111111-2222-3333-4444-555555555555';
export const tag = (request: number, row: number) => `CU-${request}/${row}/${uid}`;

const file: RequestFact = {
  id: 1001,
  uid,
  source: 'file',
  state: 'done',
  approved: true,
  rows: [
    { position: 1, state: 'created', username: 'anna', userId: 'id-anna' },
    { position: 2, state: 'wrong', username: 'ben', userId: null },
    { position: 3, state: 'failed', username: 'cleo', userId: null },
    { position: 4, state: 'cancelled', username: 'dora', userId: null },
  ],
};

export const form: RequestFact = {
  id: 1002,
  uid,
  source: 'form',
  state: 'done',
  approved: true,
  rows: [{ position: 1, state: 'created', username: 'emil', userId: 'id-emil' }],
};

const denied: RequestFact = {
  id: 1003,
  uid,
  source: 'form',
  state: 'denied',
  approved: false,
  rows: [{ position: 1, state: 'cancelled', username: 'fay', userId: null }],
};

export const anna: UserFact = { id: 'id-anna', username: 'anna', tag: tag(1001, 1) };
export const emil: UserFact = { id: 'id-emil', username: 'emil', tag: tag(1002, 1) };

let count = 0;
function said(request: number | null, key: string | null, text: string): MessageFact {
  count += 1;
  const place = { channel: 'C0REQUESTS', ts: `1.${count}`, threadTs: null };
  return { ...place, request, key, text, buttons: [], files: [] };
}

export const results: MessageFact = {
  ...said(null, null, 'What became of every row'),
  threadTs: '1.1',
  files: ['CU-1001-results.csv'],
};

/** One item of each kind, all of them correct. */
export const good: Evidence = {
  requests: [file, form, denied],
  users: [anna, emil],
  creates: [anna, emil].map(({ username, tag }) => ({ username, tag })),
  messages: [
    said(1001, 'card', '⚠ 1 created, 1 failed, 1 cancelled · approved by Ari Admin · took 2 s'),
    said(1001, 'receipt', '1 of 3 users are in production now.'),
    said(1001, 'dm-ended', 'CU-1001 (november.csv, 3 users): 1 created, 1 failed.'),
    results,
    said(1002, 'card', '✅ 1 created · approved by Ari Admin'),
    said(1002, 'receipt', '✅ emil (emil) is ready in production.\nUser ID id-emil'),
    said(1002, 'dm-ended', 'CU-1002\n✅ emil (emil) is ready in production.'),
    said(1003, 'card', '🚫 Denied by Ari Admin: no'),
  ],
  results: new Map([
    [
      1001,
      [
        { username: 'anna', status: 'created', userId: 'id-anna', problem: '' },
        { username: 'ben', status: 'invalid', userId: '', problem: 'what it is' },
        { username: 'cleo', status: 'failed', userId: '', problem: 'somebody else has it' },
        { username: 'dora', status: 'not created', userId: '', problem: '' },
      ],
    ],
  ]),
  acknowledged: ['emil', 'fay'],
  unanswered: [],
};

/** The findings after this change, one line each. */
export function found(change: Partial<Evidence>): string[] {
  return judge({ ...good, ...change }).map(
    ({ kind, where, detail }) => `${kind}: ${where} ${detail}`,
  );
}

export function withRequest(changed: RequestFact): Pick<Evidence, 'requests'> {
  return {
    requests: good.requests.map((request) => (request.id === changed.id ? changed : request)),
  };
}

export function without(key: string, request = 1001): Pick<Evidence, 'messages'> {
  return {
    messages: good.messages.filter(
      (message) => !(message.key === key && message.request === request),
    ),
  };
}

export function saying(request: number, key: string, text: string): Pick<Evidence, 'messages'> {
  return {
    messages: good.messages.map((message) =>
      message.request === request && message.key === key ? { ...message, text } : message,
    ),
  };
}

/** Fails unless one of the findings contains this text. */
export function some(findings: readonly string[], words: RegExp): void {
  assert.ok(
    findings.some((finding) => words.test(finding)),
    `${words} in:\n${findings.join('\n')}`,
  );
}
