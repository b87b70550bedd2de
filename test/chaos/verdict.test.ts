/** The findings of a chaos run: each fault is found, and a correct run has no findings. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readResults } from '../../chaos/collect.ts';
import { secretsIn } from '../../chaos/secrets.ts';
import { judge } from '../../chaos/verdict.ts';
import { effectOf } from '../../chaos/wire-reader.ts';
import {
  anna,
  emil,
  form,
  found,
  good,
  results,
  saying,
  some,
  tag,
  withRequest,
} from './good-run.ts';

test('no problem is found in a correct run', () => {
  assert.deepEqual(judge(good), []);
});

describe('lost', () => {
  test('an approved row without a user in Connect', () => {
    some(found({ users: [emil] }), /^lost: CU-1001 row 1 \(anna\)/);
  });

  test('a failed row of which nobody was told, in a file and in a form', () => {
    some(found({ results: new Map([[1001, []]]) }), /^lost: CU-1001 row 3 \(cleo\)/);
    const row = { position: 1, state: 'failed', username: 'emil', userId: null };
    const failed = { ...withRequest({ ...form, rows: [row] }), users: [anna] };
    some(found(failed), /^lost: CU-1002 row 1/);
    const told = saying(1002, 'receipt', '❌ emil (emil) was not created. It exists.');
    assert.ok(!found({ ...failed, ...told }).some((result) => result.startsWith('lost')));
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
    const connectSandbox = { ...anna, id: 'id-anna-2', username: 'anna2' };
    some(
      found({ users: [anna, connectSandbox, emil] }),
      /^doubled: CU-1001\/1\/.* 2 users: anna, anna2/,
    );
  });

  test('a CreateUser that took effect twice, though one user is left', () => {
    const creates = [...good.creates, { username: 'anna', tag: anna.tag }];
    some(found({ creates }), /^doubled: CU-1001\/1\/.* took effect 2 times/);
  });
});

test('stuck: a request that has not ended, and a delivery that was never answered', () => {
  const open = { ...form, state: 'approved' };
  assert.deepEqual(found(withRequest(open)), [
    'stuck: CU-1002 still approved at the end: 1 created',
  ]);
  some(found({ unanswered: ['file of ask 3'] }), /^stuck: file of ask 3/);
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

  test('are found in every file, with the line that contains them', () => {
    const text = 'one\n{"err":"…xTy7p-abcdefgx"}\nTy7p-abcdef\nthe end xoxb-sandbox-bot-token';
    assert.deepEqual(
      [...secretsIn(text, secrets)],
      [
        ['a typed password', '{"err":"…xTy7p-abcdefgx"}'],
        ['a token', 'the end xoxb-sandbox-bot-token'],
      ],
    );
  });

  test('are not found in texts that are merely similar', () => {
    assert.equal(secretsIn('Ty7p-abcdef xoxb-sandbox-bot-toke', secrets).size, 0);
  });
});

test('a CreateUser counts as successful when its answer names a user, even if the answer was lost', () => {
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
