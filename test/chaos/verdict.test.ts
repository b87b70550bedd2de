/** The verdict of a chaos run: what is wrong is found, and nothing is found where nothing is wrong. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readResults } from '../../chaos/collect.ts';
import type { Evidence, MessageFact, RequestFact, UserFact } from '../../chaos/evidence.ts';
import { secretsIn } from '../../chaos/secrets.ts';
import { judge } from '../../chaos/verdict.ts';
import { effectOf } from '../../chaos/wire-reader.ts';

const uid = '11111111-2222-3333-4444-555555555555';
const tag = (request: number, row: number) => `CU-${request}/${row}/${uid}`;

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

const form: RequestFact = {
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

const anna: UserFact = { id: 'id-anna', username: 'anna', tag: tag(1001, 1) };
const emil: UserFact = { id: 'id-emil', username: 'emil', tag: tag(1002, 1) };

let count = 0;
function said(request: number | null, key: string | null, text: string): MessageFact {
  count += 1;
  const place = { channel: 'C0REQUESTS', ts: `1.${count}`, threadTs: null };
  return { ...place, request, key, text, buttons: [], files: [] };
}

const results: MessageFact = {
  ...said(null, null, 'What became of every row'),
  threadTs: '1.1',
  files: ['CU-1001-results.csv'],
};

/** One of everything, and all of it true. */
const good: Evidence = {
  requests: [file, form, denied],
  users: [anna, emil],
  creates: [anna, emil].map(({ username, tag }) => ({ username, tag })),
  messages: [
    said(1001, 'card', '⚠ 1 created, 1 failed, 1 cancelled · approved by Ari Admin · took 2 s'),
    said(1001, 'receipt', '1 of 3 users are in production now.'),
    said(1001, 'dm-ended', 'CU-1001 (november.csv, 3 users): 1 created, 1 failed.'),
    results,
    said(1002, 'card', '✅ 1 created · approved by Ari Admin'),
    said(1002, 'receipt', '✅ emil (emil) is in production now.\nUser id id-emil'),
    said(1002, 'dm-ended', 'CU-1002\n✅ emil (emil) is in production now.\nUser id id-emil'),
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

function found(change: Partial<Evidence>): string[] {
  return judge({ ...good, ...change }).map(
    ({ kind, where, detail }) => `${kind}: ${where} ${detail}`,
  );
}

function withRequest(changed: RequestFact): Pick<Evidence, 'requests'> {
  return { requests: good.requests.map((it) => (it.id === changed.id ? changed : it)) };
}

function without(key: string, request = 1001): Pick<Evidence, 'messages'> {
  return {
    messages: good.messages.filter((it) => !(it.key === key && it.request === request)),
  };
}

function saying(request: number, key: string, text: string): Pick<Evidence, 'messages'> {
  return {
    messages: good.messages.map((it) =>
      it.request === request && it.key === key ? { ...it, text } : it,
    ),
  };
}

const some = (findings: readonly string[], words: RegExp) =>
  assert.ok(
    findings.some((it) => words.test(it)),
    `${words} in:\n${findings.join('\n')}`,
  );

test('nothing is found where everything is right', () => {
  assert.deepEqual(judge(good), []);
});

describe('lost', () => {
  test('an approved row that is nobody in Connect', () => {
    some(found({ users: [emil] }), /^lost: CU-1001 row 1 \(anna\)/);
  });

  test('a failed row of which nobody was told, in a file and in a form', () => {
    some(found({ results: new Map([[1001, []]]) }), /^lost: CU-1001 row 3 \(cleo\)/);
    const row = { position: 1, state: 'failed', username: 'emil', userId: null };
    const failed = { ...withRequest({ ...form, rows: [row] }), users: [anna] };
    some(found(failed), /^lost: CU-1002 row 1/);
    const told = saying(1002, 'receipt', '❌ emil (emil) was not created. It exists.');
    assert.ok(!found({ ...failed, ...told }).some((it) => it.startsWith('lost')));
  });

  test('a failed row without a reason', () => {
    const lines = good.results.get(1001)?.map((line) => ({ ...line, problem: '' })) ?? [];
    some(found({ results: new Map([[1001, lines]]) }), /^lost: CU-1001 row 3/);
  });

  test('a form that Slack showed as sent and that no request holds', () => {
    some(found({ acknowledged: ['emil', 'gus'] }), /^lost: the form for gus/);
  });
});

describe('doubled', () => {
  test('two users of one row', () => {
    const twin = { ...anna, id: 'id-anna-2', username: 'anna2' };
    some(found({ users: [anna, twin, emil] }), /^doubled: CU-1001\/1\/.* 2 users: anna, anna2/);
  });

  test('a CreateUser that took effect twice, though one user is left', () => {
    const creates = [...good.creates, { username: 'anna', tag: anna.tag }];
    some(found({ creates }), /^doubled: CU-1001\/1\/.* took effect 2 times/);
  });
});

test('stuck: a request that has not ended, and what nobody answered', () => {
  const open = { ...form, state: 'approved' };
  assert.deepEqual(found(withRequest(open)), [
    'stuck: CU-1002 still approved at the end: 1 created',
  ]);
  some(found({ unanswered: ['file of ask 3'] }), /^stuck: file of ask 3/);
});

describe('untrue', () => {
  const untrue: [what: string, change: Partial<Evidence>, words: RegExp][] = [
    [
      'a card that counts wrong',
      saying(1001, 'card', '✅ 2 created, 1 failed'),
      /card says 2 created/,
    ],
    [
      'a card that hides failures',
      saying(1001, 'card', '✅ 1 created'),
      /card says 0 failed, not 1/,
    ],
    [
      'a card that is not of the end',
      saying(1003, 'card', 'Needs 1 approval'),
      /is denied, and its/,
    ],
    ['no card', without('card'), /there is no card/],
    ['no receipt', without('receipt'), /no message “receipt”/],
    ['no direct message', without('dm-ended', 1002), /no message “dm-ended”/],
    [
      'a receipt with another user id',
      saying(1002, 'receipt', 'emil is in production now. id-x'),
      /“receipt”/,
    ],
    [
      'a direct message that counts wrong',
      saying(1001, 'dm-ended', '3 users: 3 created'),
      /“dm-ended” does/,
    ],
    ['no results file', { results: new Map() }, /there is no results file/],
  ];
  for (const [what, change, words] of untrue) {
    test(what, () => some(found(change), new RegExp(`^untrue: .*${words.source}`)));
  }

  test('a card that still has buttons', () => {
    const messages = good.messages.map((it) =>
      it.key === 'card' && it.request === 1002 ? { ...it, buttons: ['Pause'] } : it,
    );
    some(found({ messages }), /^untrue: CU-1002 its card still has Pause/);
  });

  test('but for the button that tries again what failed', () => {
    const messages = good.messages.map((it) =>
      it.key === 'card' && it.request === 1001 ? { ...it, buttons: ['Retry 1 failed'] } : it,
    );
    assert.deepEqual(found({ messages }), []);
  });

  test('a row that counts as failed and is our user in Connect', () => {
    const cleo = { id: 'id-cleo', username: 'cleo', tag: tag(1001, 3) };
    some(found({ users: [anna, emil, cleo] }), /^untrue: .*row 3 \(cleo\) counts as failed/);
  });

  test('a row that counts as created with another user’s id', () => {
    some(
      found({ users: [{ ...anna, id: 'id-other' }, emil] }),
      /^untrue: .*row 1 .* counts as created/,
    );
  });

  test('a results file that names a user who is nobody', () => {
    const lines = [{ username: 'anna', status: 'created', userId: 'id-x', problem: '' }];
    some(found({ results: new Map([[1001, lines]]) }), /results file says anna is id-x/);
  });
});

test('posted twice: the same post of a request, and the same file in one thread', () => {
  const [card] = good.messages;
  assert.ok(card);
  some(
    found({ messages: [...good.messages, { ...card, ts: '9.9' }] }),
    /^posted-twice: CU-1001 card/,
  );
  some(
    found({ messages: [...good.messages, { ...results, ts: '9.9' }] }),
    /^posted-twice: CU-1001-results\.csv under 1\.1/,
  );
});

test('unapproved: a user of a row that was left out, denied, or is in no request', () => {
  for (const strange of [tag(1001, 2), tag(1003, 1), tag(1999, 1)]) {
    const users = [...good.users, { id: 'id-x', username: 'x', tag: strange }];
    some(found({ users }), new RegExp(`^unapproved: ${strange}`));
  }
});

describe('secrets', () => {
  const secrets = new Map([
    ['a typed password', 'Ty7p-abcdefg'],
    ['a token', 'xoxb-sandbox-bot-token'],
  ]);

  test('are found wherever they stand, with the line that has them', () => {
    const text = 'one\n{"err":"…xTy7p-abcdefgx"}\nTy7p-abcdef\nthe end xoxb-sandbox-bot-token';
    assert.deepEqual(
      [...secretsIn(text, secrets)],
      [
        ['a typed password', '{"err":"…xTy7p-abcdefgx"}'],
        ['a token', 'the end xoxb-sandbox-bot-token'],
      ],
    );
  });

  test('are not found in what is only alike', () => {
    assert.equal(secretsIn('Ty7p-abcdef xoxb-sandbox-bot-toke', secrets).size, 0);
  });
});

test('a CreateUser counts as one that took effect when its answer names a user, lost or not', () => {
  const entry = {
    seq: 1,
    at: '',
    kind: 'connect',
    name: 'CreateUser',
    ok: false,
    status: null,
  } as const;
  const request = { body: { Username: 'anna', Tags: { 'connect-add-user:row': anna.tag } } };
  const made = { ...entry, request, response: { UserId: 'id-anna' }, durationMs: 1 };
  assert.deepEqual(effectOf(made), { username: 'anna', tag: anna.tag });
  assert.equal(effectOf({ ...made, response: { Message: 'Too Many Requests' } }), null);
  assert.equal(effectOf({ ...made, response: null }), null);
  assert.equal(effectOf({ ...made, name: 'DescribeUser' }), null);
});

test('a results file is read by its columns, with its mark of UTF-8', () => {
  const text = '\uFEFFuser login,status,user_id,user_arn,problem\r\nanna,created,id-anna,arn,\r\n';
  const line = { username: 'anna', status: 'created', userId: 'id-anna', problem: '' };
  assert.deepEqual(readResults(text), [line]);
});
