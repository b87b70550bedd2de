/** Which events count as a message that a person wrote in a thread. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseThreadMessage } from '../../src/evidence/thread-message.ts';

const reply = {
  type: 'message',
  user: 'U0ARI',
  text: 'Is that the night shift?',
  ts: '1700000010.000100',
  thread_ts: '1700000000.000100',
};
const channel = 'C0REQUESTS';

describe('a message in a thread', () => {
  test('is stored unchanged, with the names of its files', () => {
    const files = [{ id: 'F1', name: 'shift.csv' }];
    assert.deepEqual(parseThreadMessage({ ...reply, files, subtype: 'file_share', channel }), {
      channel,
      threadTs: reply.thread_ts,
      ts: reply.ts,
      version: reply.ts,
      kind: 'said',
      person: 'U0ARI',
      text: 'Is that the night shift?\n[file: shift.csv]',
    });
  });

  test('is kept again when its author changes it, and noted when it is deleted', () => {
    const edited = { user: 'U0ARI', ts: '1700000020.000000' };
    const changed = {
      type: 'message',
      subtype: 'message_changed',
      channel,
      message: { ...reply, text: 'No, the day shift', edited },
      previous_message: reply,
    };
    const { kind, version, text, ts } = parseThreadMessage(changed) ?? {};
    assert.deepEqual(
      [kind, version, text, ts],
      ['changed', edited.ts, 'No, the day shift', reply.ts],
    );
    const deleted = {
      type: 'message',
      subtype: 'message_deleted',
      channel,
      ts: '1700000030.000000',
      deleted_ts: reply.ts,
      previous_message: reply,
    };
    const end = parseThreadMessage(deleted);
    assert.deepEqual([end?.kind, end?.version, end?.text], ['deleted', '1700000030.000000', '']);
  });

  test('is not kept when the bot or Slack wrote it, when it is outside of threads, or when it starts the thread', () => {
    const { thread_ts: _thread, ...root } = reply;
    const others = [
      { ...root, channel },
      { ...reply, thread_ts: reply.ts, channel },
      { ...reply, bot_id: 'B0BOT', channel },
      { ...reply, subtype: 'channel_join', channel },
      { ...reply, user: undefined, channel },
      {
        subtype: 'message_changed',
        channel,
        message: { ...reply, edited: { user: 'U0ARI', ts: '1700000020.000000' } },
        previous_message: reply,
      },
      { subtype: 'message_changed', channel, message: reply, previous_message: reply },
      null,
    ];
    for (const event of others)
      assert.equal(parseThreadMessage(event), null, JSON.stringify(event));
  });

  test('is cut when it is very long', () => {
    const text = 'x'.repeat(40_000);
    assert.equal(parseThreadMessage({ ...reply, text, channel })?.text.length, 4_000);
  });
});
