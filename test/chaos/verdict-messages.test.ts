/** The statements of messages and files, compared with the users in Connect. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Evidence } from '../../chaos/evidence.ts';
import { anna, emil, found, good, saying, some, tag, without } from './good-run.ts';

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
      saying(1002, 'receipt', 'emil is ready in production. id-x'),
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
    const messages = good.messages.map((message) =>
      message.key === 'card' && message.request === 1002
        ? { ...message, buttons: ['Pause'] }
        : message,
    );
    some(found({ messages }), /^untrue: CU-1002 its card still has Pause/);
  });

  test('a card with only the Retry button is not a problem', () => {
    const messages = good.messages.map((message) =>
      message.key === 'card' && message.request === 1001
        ? { ...message, buttons: ['Retry 1 failed'] }
        : message,
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

  test('a results file that names a user who does not exist', () => {
    const lines = [{ username: 'anna', status: 'created', userId: 'id-x', problem: '' }];
    some(found({ results: new Map([[1001, lines]]) }), /results file says anna is id-x/);
  });
});
