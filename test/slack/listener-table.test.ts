import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { App, type Receiver } from '@slack/bolt';
import { createListeners } from '../../src/slack/listener-table.ts';

const person = { user: { id: 'U1', team_id: 'T1' }, team: { id: 'T1' } };

/** A Bolt app that gets deliveries as its receiver passes them. */
function start() {
  const receiver: Receiver = { init: () => {}, start: async () => {}, stop: async () => {} };
  const app = new App({
    receiver,
    convoStore: false,
    authorize: () => Promise.resolve({ botToken: 'xoxb', botUserId: 'U0BOT', botId: 'B0' }),
  });
  const heard: string[] = [];
  const failed: string[] = [];
  app.error(async (error) => void failed.push(error.message));
  const listeners = createListeners(app);
  const deliver = (body: Record<string, unknown>) =>
    app.processEvent({ body, ack: async () => void heard.push('ack') });
  return { listeners, heard, failed, deliver };
}

describe('a delivery', () => {
  test('is heard by the listener of its kind and id, and by no other', async () => {
    const { listeners, heard, deliver } = start();
    const note = (what: string) => async () => void heard.push(what);
    listeners.command('/add', note('command'));
    listeners.action(['one', 'two'], note('action'));
    listeners.options('menu', note('options'));
    listeners.view('form', note('view'));
    listeners.messageShortcut('file', note('shortcut'));
    listeners.event('app_home_opened', note('event'));
    await deliver({ command: '/add', user_id: 'U1', team_id: 'T1', channel_id: 'C1' });
    await deliver({ ...person, type: 'block_actions', actions: [{ action_id: 'two' }] });
    await deliver({ ...person, type: 'block_suggestion', action_id: 'menu', name: 'menu' });
    await deliver({ ...person, type: 'view_submission', view: { callback_id: 'form' } });
    await deliver({ ...person, type: 'message_action', callback_id: 'file' });
    await deliver({ team_id: 'T1', event: { type: 'app_home_opened', user: 'U1' } });
    // Bolt itself acknowledges events.
    assert.deepEqual(
      heard.filter((what) => what !== 'ack'),
      ['command', 'action', 'options', 'view', 'shortcut', 'event'],
    );
  });

  test('is ignored when its id or kind is unknown, even when another kind has that id', async () => {
    const { listeners, heard, failed, deliver } = start();
    listeners.action('form', async () => void heard.push('action'));
    await deliver({ ...person, type: 'view_submission', view: { callback_id: 'form' } });
    await deliver({ ...person, type: 'view_closed', view: { callback_id: 'form' } });
    await deliver({ ...person, type: 'block_actions', actions: [{ action_id: 'constructor' }] });
    await deliver({ ...person, type: 'block_actions', actions: [{}] });
    assert.deepEqual([heard, failed], [[], []]);
  });

  test('goes to the app’s error handler when its listener fails', async () => {
    const { listeners, failed, deliver } = start();
    listeners.view('form', () => Promise.reject(new Error('no')));
    await deliver({ ...person, type: 'view_submission', view: { callback_id: 'form' } });
    assert.deepEqual(failed, ['no']);
  });

  test('has one listener, and registering a second one for the same id is an error', () => {
    const { listeners } = start();
    listeners.view('form', async () => {});
    assert.throws(
      () => listeners.view('form', async () => {}),
      /two listeners for view_submission form/,
    );
  });
});
