/** Which edits of a message count as if the message had been posted in its new form. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { asNewMessage } from '../../src/events/edited-message.ts';

const now = new Date('2026-11-20T12:00:00Z');
const secondsAgo = (seconds: number) => `${now.getTime() / 1000 - seconds}.000100`;

function changed(message: object = {}, previous: object = {}) {
  const ts = secondsAgo(60);
  const base = { type: 'message', user: 'U0TARA', text: '', ts, files: [{ id: 'F0A' }] };
  return {
    type: 'message',
    subtype: 'message_changed',
    hidden: true,
    channel: 'C0REQUESTS',
    channel_type: 'group',
    ts: secondsAgo(0),
    message: {
      ...base,
      text: '<@U0BOT> please',
      edited: { user: 'U0TARA', ts: secondsAgo(0) },
      ...message,
    },
    previous_message: { ...base, ...previous },
  };
}

describe('an edit', () => {
  test('counts as a new message in the same place when it changes the text', () => {
    const { message } = changed();
    assert.deepEqual(asNewMessage(changed(), now), {
      ...message,
      channel: 'C0REQUESTS',
      channel_type: 'group',
    });
  });

  test('counts when it adds or removes a file', () => {
    const text = '<@U0BOT>';
    const files = [{ id: 'F0A' }, { id: 'F0B' }];
    assert.ok(asNewMessage(changed({ text, files }, { text }), now));
    assert.ok(asNewMessage(changed({ text }, { text, files }), now));
  });

  test('is ignored when neither the text nor the files changed', () => {
    assert.equal(asNewMessage(changed({ text: '' }), now), null);
  });

  test('is ignored when Slack or a different person made it', () => {
    assert.equal(asNewMessage(changed({ edited: undefined }), now), null, 'a link preview');
    assert.equal(asNewMessage(changed({ edited: { user: 'U0OTHER' } }), now), null);
    assert.equal(asNewMessage(changed({ user: undefined }), now), null, 'a bot’s message');
  });

  test('is ignored when the message is older than the remembered deliveries', () => {
    const day = 24 * 60 * 60;
    assert.ok(asNewMessage(changed({ ts: secondsAgo(7 * day - 60) }), now));
    assert.equal(asNewMessage(changed({ ts: secondsAgo(7 * day + 60) }), now), null);
    assert.equal(asNewMessage(changed({ ts: 'soon' }), now), null);
  });

  test('is recognized, and every other event is left unchanged', () => {
    const deleted = { type: 'message', subtype: 'message_deleted', channel: 'C0REQUESTS' };
    const posted = { type: 'message', user: 'U0TARA', text: 'hi', channel: 'C0REQUESTS' };
    assert.equal(asNewMessage(deleted, now), deleted);
    assert.equal(asNewMessage(posted, now), posted);
    assert.equal(asNewMessage({ subtype: 'message_changed' }, now), null);
  });
});
