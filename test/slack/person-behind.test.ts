import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { waitingPerson } from '../../src/slack/waiting-person.ts';

describe('who is waiting, when something unexpected happened', () => {
  test('is the person who typed a command, in its channel', () => {
    const body = { command: '/connect-add-user', user_id: 'U1', channel_id: 'C1', text: '' };
    assert.deepEqual(waitingPerson(body), { channel: 'C1', person: 'U1' });
  });

  test('is the person who pressed a button on a message, in its channel', () => {
    const body = { type: 'block_actions', user: { id: 'U1', name: 'tara' }, channel: { id: 'C1' } };
    assert.deepEqual(waitingPerson(body), { channel: 'C1', person: 'U1' });
  });

  test('is the person who sent a form, without a channel', () => {
    const body = { type: 'view_submission', user: { id: 'U1' }, view: { id: 'V1' } };
    assert.deepEqual(waitingPerson(body), { channel: 'U1', person: 'U1' });
  });

  test('is nobody for a keystroke in a search or for an event', () => {
    assert.equal(waitingPerson({ type: 'block_suggestion', user: { id: 'U1' } }), null);
    assert.equal(waitingPerson({ type: 'event_callback', event: { user: 'U1' } }), null);
    for (const odd of [null, undefined, 'x', 7, [], { type: 'block_actions' }]) {
      assert.equal(waitingPerson(odd), null);
    }
  });
});
