import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { bot } from '../../../sandbox/seed.ts';
import { until } from '../../until.ts';
import { type Answer, manifestWith, startTestSandbox, type TestSandbox } from './harness.ts';
import { connectSocket, type Reply, type SocketClient } from './socket-client.ts';

const channel = 'C0REQUESTS';
const plain = (text: string) => ({ type: 'plain_text', text });
const csv = (text: string) => Buffer.from(text).toString('base64');

let sandbox: TestSandbox;
let client: SocketClient;
let reply: Reply;

beforeEach(async () => {
  reply = () => ({});
  sandbox = await startTestSandbox({ rateLimits: false });
  client = await connectSocket(sandbox, (envelope) => reply(envelope));
});
afterEach(async () => {
  await client.close();
  await sandbox.stop();
});

async function open(blocks: unknown[], more: object = {}): Promise<Answer> {
  const trigger_id = sandbox.slack.triggers.issue({ user: 'U0TARA' });
  const view = { type: 'modal', title: plain('a'), submit: plain('Go'), blocks, ...more };
  const answer = await sandbox.api('views.open', { trigger_id, view });
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.view;
}
const input = (id: string, element: object, more: object = {}) => ({
  type: 'input',
  block_id: id,
  label: plain(id),
  element: { action_id: 'a', ...element },
  ...more,
});
const submit = (view: Answer, values: Record<string, unknown>) => {
  const entries = Object.entries(values).map(([id, value]) => [id, { a: value }]);
  const body = { user: 'U0TARA', values: Object.fromEntries(entries) };
  return sandbox.attempt('POST', `/views/${view.id}/submit`, body);
};
const payload = (name: string, at = 0) => client.envelopes(name)[at]?.payload;

describe('Events', () => {
  it('include a message, and additionally its mention', async () => {
    await sandbox.call('POST', '/messages', {
      user: 'U0TARA',
      channel,
      text: `<@${bot.userId}> help me & <!channel>`,
    });
    await client.wait('app_mention');
    const { event, authorizations } = payload('message');
    assert.equal(event.text, `<@${bot.userId}> help me &amp; &lt;!channel&gt;`);
    assert.deepEqual([event.channel_type, event.user], ['channel', 'U0TARA']);
    assert.equal(event.blocks[0].elements[0].elements[0].user_id, bot.userId);
    assert.equal(authorizations[0].user_id, bot.userId);
    assert.equal(payload('message').is_ext_shared_channel, false);
    assert.notEqual(payload('app_mention').event_id, payload('message').event_id);
  });

  it('turn what the composer offers into ids', async () => {
    const text = 'ask @tara or @team-leads in #general, @channel (not a@b.example)';
    const { message } = await sandbox.call('POST', '/messages', { user: 'U0BEA', channel, text });
    assert.equal(
      message.text,
      'ask <@U0TARA> or <!subteam^S0LEADS> in <#C0GENERAL|general>, <!channel> (not a@b.example)',
    );
  });

  it('include a file twice: with its message and with its id', async () => {
    await sandbox.call('POST', '/messages', {
      user: 'U0TARA',
      channel: bot.userId,
      text: `<@${bot.userId}>`,
      files: [{ name: 'new.csv', contentBase64: csv('a,b') }],
    });
    await client.wait('file_shared');
    assert.equal(
      client.envelopes('app_mention').length,
      0,
      'nobody is mentioned in a direct message',
    );
    const { event } = payload('message');
    assert.deepEqual([event.subtype, event.channel_type], ['file_share', 'im']);
    assert.equal(event.files[0].mimetype, 'text/csv');
    assert.equal(payload('file_shared').event.file_id, event.files[0].id);
  });

  it('include the bot’s own messages and edits', async () => {
    const { ts } = await sandbox.api('chat.postMessage', { channel, text: 'a' });
    await sandbox.api('chat.update', { channel, ts, text: 'b' });
    await sandbox.api('chat.delete', { channel, ts });
    const [posted, changed, deleted] = await client.wait('message', 3);
    assert.equal(posted.payload.event.bot_id, bot.botId);
    assert.equal(changed.payload.event.subtype, 'message_changed');
    assert.equal(changed.payload.event.previous_message.text, 'a');
    assert.equal(deleted.payload.event.subtype, 'message_deleted');
  });

  it('include edits, replies, and people who join', async () => {
    const mine = { user: 'U0TARA', channel };
    const { message } = await sandbox.call('POST', '/messages', { ...mine, text: 'a' });
    await sandbox.call('POST', '/messages', { ...mine, text: 'b', threadTs: message.ts });
    await sandbox.call('POST', '/messages/edit', { ...mine, ts: message.ts, text: 'c' });
    await sandbox.call('POST', '/channels', { channel, action: 'join', user: 'U0BEA' });
    await sandbox.call('POST', '/channels', { channel, action: 'leave', user: 'U0BEA' });
    await sandbox.call('POST', '/channels', { channel, action: 'join', user: 'U0BEA' });
    await client.wait('member_joined_channel');
    const events = client.envelopes('message').map((envelope) => envelope.payload.event);
    assert.deepEqual([events[1].thread_ts, events[1].parent_user_id], [message.ts, 'U0TARA']);
    assert.equal(events[2].message.text, 'c');
    assert.equal(client.envelopes('member_joined_channel').length, 1);
  });

  it('are not sent where the bot is not a member, not subscribed, or may not read', async () => {
    await sandbox.call('POST', '/messages', { user: 'U0ARI', channel: 'G0OPS', text: 'secret' });
    await sandbox.call('POST', '/messages', { user: 'U0TARA', channel: 'C0GENERAL', text: 'x' });
    await sandbox.call('POST', '/messages', { user: 'U0TARA', channel, text: 'seen' });
    await client.wait('message');
    assert.deepEqual(
      client.envelopes('message').map((envelope) => envelope.payload.event.text),
      ['seen'],
    );
    for (const manifest of [
      manifestWith({ events: ['message.im'] }),
      manifestWith({ scopes: ['commands', 'im:history'] }),
    ]) {
      const deaf = await startTestSandbox({ manifest });
      const ear = await connectSocket(deaf);
      await deaf.call('POST', '/messages', { user: 'U0TARA', channel, text: 'unheard' });
      await deaf.call('POST', '/messages', { user: 'U0TARA', channel: bot.userId, text: 'heard' });
      await ear.wait('message');
      assert.deepEqual(
        ear.envelopes('message').map((envelope) => envelope.payload.event.text),
        ['heard'],
      );
      await ear.close();
      await deaf.stop();
    }
  });

  it('mark a person and a file of another company', async () => {
    await sandbox.call('POST', '/channels', { channel, action: 'join', user: 'U0EVE' });
    await sandbox.call('POST', '/messages', {
      user: 'U0EVE',
      channel,
      text: 'from afar',
      files: [{ name: 'a.csv', contentBase64: csv('a') }],
    });
    await client.wait('message');
    const { event } = payload('message');
    assert.equal(event.user_team, 'T0ELSEWHERE');
    assert.equal(event.files[0].file_access, 'check_file_info');
    const { file } = await sandbox.api('files.info', { file: event.files[0].id });
    assert.deepEqual([file.file_access, file.name], ['visible', 'a.csv']);
  });
});

describe('A submission', () => {
  const checks: [string, object, object, object][] = [
    ['a required field', { type: 'plain_text_input' }, { value: null }, { value: 'x' }],
    [
      'a least length',
      { type: 'plain_text_input', min_length: 3 },
      { value: 'xx' },
      { value: 'xxx' },
    ],
    [
      'a greatest length',
      { type: 'plain_text_input', max_length: 3 },
      { value: 'xxxx' },
      { value: 'xxx' },
    ],
    [
      'a whole number',
      { type: 'number_input', is_decimal_allowed: false },
      { value: '1.5' },
      { value: '15' },
    ],
    [
      'the bounds of a number',
      { type: 'number_input', is_decimal_allowed: true, min_value: '0', max_value: '2' },
      { value: '2.1' },
      { value: '2.0' },
    ],
    ['an email address', { type: 'email_text_input' }, { value: 'a@b' }, { value: 'a@b.example' }],
    [
      'an address',
      { type: 'url_text_input' },
      { value: 'example' },
      { value: 'https://a.example' },
    ],
  ];
  for (const [what, element, bad, good] of checks) {
    it(`is stopped by Slack itself for ${what}, without a delivery to the bot`, async () => {
      const view = await open([input('field', element)]);
      const stopped = await submit(view, { field: bad });
      assert.equal(stopped.body.outcome, 'invalid');
      assert.ok(stopped.body.errors.field);
      assert.equal(client.envelopes('view_submission').length, 0);
      assert.equal((await submit(view, { field: good })).body.outcome, 'closed');
    });
  }

  it('carries the state of inputs, selects and files, with null for what is empty', async () => {
    const options = [{ text: plain('One'), value: '1' }];
    const view = await open(
      [
        input('name', { type: 'plain_text_input' }),
        input('none', { type: 'plain_text_input' }, { optional: true }),
        input('one', { type: 'static_select', options }),
        input('boxes', { type: 'checkboxes', options }, { optional: true }),
        input('file', { type: 'file_input', max_files: 1, filetypes: ['csv'] }),
      ],
      { private_metadata: 'kept', callback_id: 'form' },
    );
    const upload = (name: string) =>
      sandbox.call('POST', '/files', { user: 'U0TARA', name, contentBase64: csv('a,b') });
    const { file } = await upload('new.csv');
    const picture = (await upload('a.png')).file;
    const oneSelected = { selected_option: options[0] };
    const values = {
      name: { value: '<b> & co' },
      one: oneSelected,
      file: { file_ids: [picture.id] },
    };
    assert.equal((await submit(view, values)).body.outcome, 'invalid');
    await submit(view, { ...values, file: { file_ids: [file.id] } });
    const sent = payload('view_submission').view;
    assert.deepEqual([sent.private_metadata, sent.callback_id], ['kept', 'form']);
    const state = sent.state.values;
    assert.equal(state.name.a.value, '<b> & co');
    assert.equal(state.none.a.value, null);
    assert.equal(state.one.a.selected_option.value, '1');
    assert.deepEqual(state.boxes.a.selected_options, []);
    assert.equal(state.file.a.files[0].name, 'new.csv');
    const download = await fetch(state.file.a.files[0].url_private_download, {
      headers: { authorization: `Bearer ${bot.botToken}` },
    });
    assert.equal(await download.text(), 'a,b');
  });

  it('picks only what is offered, searching an external select as a person would', async () => {
    reply = ({ payload: sent }) =>
      sent.type === 'block_suggestion'
        ? { payload: { options: [{ text: plain('Basic'), value: 'b1' }] } }
        : {};
    const options = [{ text: plain('One'), value: '1' }];
    const view = await open([
      input('one', { type: 'static_select', options }, { optional: true }),
      input('far', { type: 'external_select', min_query_length: 1 }, { optional: true }),
    ]);
    const pick = (value: string) => ({ selected_option: { text: plain('Basic'), value } });
    assert.equal((await submit(view, { one: pick('2') })).body.error, 'option_not_offered');
    assert.equal((await submit(view, { far: pick('b2') })).body.error, 'option_not_offered');
    assert.equal((await submit(view, { far: pick('b1') })).body.outcome, 'closed');
    assert.equal(payload('block_suggestion').value, 'Basic');
    assert.deepEqual(payload('block_suggestion').view.state.values, {});
  });

  it('shows an error for an answer Slack would not take', async () => {
    const view = await open([input('name', { type: 'plain_text_input' })]);
    const answers = [
      { response_action: 'errors', errors: { nowhere: 'x' } },
      { response_action: 'errors', errors: {} },
      { response_action: 'update', view: { type: 'modal' } },
      { response_action: 'sing' },
    ];
    for (const answer of answers) {
      reply = () => ({ payload: answer });
      const { body } = await submit(view, { name: { value: 'x' } });
      assert.deepEqual([body.outcome, body.views.length], ['error', 1], JSON.stringify(answer));
    }
  });

  it('may come twice, whose second answer finds the view gone', async () => {
    const view = await open([input('name', { type: 'plain_text_input' })]);
    const values = { name: { value: 'x' } };
    const both = await Promise.all([submit(view, values), submit(view, values)]);
    assert.deepEqual(
      both.map(({ body }) => body.outcome),
      ['closed', 'closed'],
    );
    assert.equal(client.envelopes('view_submission').length, 2);
    assert.equal((await submit(view, values)).status, 404);
  });

  it('replaces the view by an update and goes back after a pushed one', async () => {
    const next = {
      type: 'modal',
      title: plain('Next'),
      submit: plain('Go'),
      blocks: [{ type: 'divider' }],
    };
    const view = await open([input('name', { type: 'plain_text_input' }, { optional: true })]);
    reply = () => ({ payload: { response_action: 'update', view: next } });
    const updated = await submit(view, {});
    assert.deepEqual([updated.body.outcome, updated.body.views[0].title], ['updated', 'Next']);
    reply = () => ({ payload: { response_action: 'push', view: next } });
    const pushed = await submit(view, {});
    assert.equal(pushed.body.views[1].previousViewId, view.id);
    reply = () => ({});
    const closed = await submit(pushed.body.views[1], {});
    assert.deepEqual(
      closed.body.views.map(({ id }: Answer) => id),
      [view.id],
    );
  });
});

describe('Closing', () => {
  it('notifies only a bot that set notify_on_close', async () => {
    const silent = await open([{ type: 'divider' }]);
    await sandbox.call('POST', `/views/${silent.id}/close`, { user: 'U0TARA' });
    const view = await open([{ type: 'divider' }], {
      notify_on_close: true,
      private_metadata: 'm',
    });
    await sandbox.call('POST', `/views/${view.id}/close`, { user: 'U0TARA' });
    const [closed] = await client.wait('view_closed');
    assert.deepEqual([closed.payload.view.id, closed.payload.is_cleared], [view.id, false]);
    assert.equal(closed.payload.view.private_metadata, 'm');
    assert.equal((await submit(view, {})).status, 404);
  });
});

describe('Elements outside forms', () => {
  it('send block_actions with what was picked, and keep it with the message', async () => {
    const options = [
      { text: plain('One'), value: '1' },
      { text: plain('Two'), value: '2' },
    ];
    const { ts } = await sandbox.api('chat.postMessage', {
      channel,
      text: 'pick',
      blocks: [
        {
          type: 'actions',
          block_id: 'b',
          elements: [
            { type: 'static_select', action_id: 'select', options },
            { type: 'overflow', action_id: 'more', options },
            { type: 'button', action_id: 'go', text: plain('Go'), value: 'v' },
          ],
        },
      ],
    });
    const act = (actionId: string, value?: object) =>
      sandbox.attempt('POST', '/actions', {
        user: 'U0ARI',
        channel,
        messageTs: ts,
        actionId,
        value,
      });
    await act('select', { selected_option: options[1] });
    await act('more', { selected_option: options[0] });
    await act('go');
    const [select, more, go] = client.envelopes('block_actions').map(({ payload: sent }) => sent);
    assert.equal(select.actions[0].selected_option.value, '2');
    assert.equal(more.actions[0].selected_option.value, '1');
    assert.deepEqual([go.actions[0].value, go.message.ts], ['v', ts]);
    assert.equal(go.state.values.b.select.selected_option.value, '2');
    assert.deepEqual(go.container.channel_id, channel);
    assert.equal((await act('nothing')).status, 404);
  });

  it('can search an external select in a message too', async () => {
    reply = ({ payload: sent }) =>
      sent.type === 'block_suggestion'
        ? { payload: { options: [{ text: plain('Basic'), value: 'b1' }] } }
        : {};
    const element = { type: 'external_select', action_id: 'far', min_query_length: 2 };
    const blocks = [{ type: 'actions', block_id: 'b', elements: [element] }];
    const { ts } = await sandbox.api('chat.postMessage', { channel, text: 'pick', blocks });
    const where = { user: 'U0ARI', channel, messageTs: ts, blockId: 'b', actionId: 'far' };
    const short = await sandbox.call('POST', '/suggestions', { ...where, value: 'B' });
    assert.deepEqual([short.options, client.envelopes('block_suggestion').length], [[], 0]);
    const found = await sandbox.call('POST', '/suggestions', { ...where, value: 'Ba' });
    assert.equal(found.options[0].value, 'b1');
    const value = { selected_option: found.options[0] };
    assert.equal((await sandbox.call('POST', '/actions', { ...where, value })).outcome, 'ok');
    assert.equal(payload('block_actions').actions[0].selected_option.value, 'b1');
  });

  it('do nothing when the manifest does not enable interactivity', async () => {
    const { interactivity: _interactivity, ...settings } = manifestWith({}).settings;
    const manifest = { ...manifestWith({}), settings };
    const dead = await startTestSandbox({ manifest });
    const press = { user: 'U0TARA', callbackId: 'anywhere' };
    const answer = await dead.attempt('POST', '/shortcuts', press);
    assert.equal(answer.body.error, 'interactivity_disabled');
    await dead.stop();
  });

  it('send no message when they are in an ephemeral message', async () => {
    const blocks = [
      { type: 'actions', elements: [{ type: 'button', action_id: 'go', text: plain('Go') }] },
    ];
    const { message_ts: messageTs } = await sandbox.api('chat.postEphemeral', {
      channel,
      user: 'U0ARI',
      text: 'a',
      blocks,
    });
    const press = (user: string) =>
      sandbox.attempt('POST', '/actions', { user, channel, messageTs, actionId: 'go' });
    assert.equal((await press('U0BEA')).status, 404);
    assert.equal((await press('U0ARI')).status, 200);
    assert.deepEqual(
      [payload('block_actions').container.is_ephemeral, payload('block_actions').message],
      [true, undefined],
    );
    const replaced = await fetch(payload('block_actions').response_url, {
      method: 'POST',
      body: JSON.stringify({ replace_original: true, text: 'done' }),
    });
    assert.equal(replaced.status, 200);
    const { messages } = await sandbox.call('GET', `/messages?user=U0ARI&channel=${channel}`);
    assert.equal(messages.at(-1).text, 'done');
  });
});

describe('Shortcuts and the Home tab', () => {
  it('deliver a message with its files', async () => {
    const { message } = await sandbox.call('POST', '/messages', {
      user: 'U0ARI',
      channel: 'G0OPS',
      text: 'this one',
      files: [{ name: 'a.csv', contentBase64: csv('a') }],
    });
    await sandbox.call('POST', '/shortcuts', {
      user: 'U0ARI',
      callbackId: 'use_file',
      channel: 'G0OPS',
      messageTs: message.ts,
    });
    const sent = payload('message_action');
    assert.equal(sent.message.files[0].name, 'a.csv');
    assert.equal(sent.callback_id, 'use_file');
    const refused = await fetch(sent.message.files[0].url_private_download, {
      headers: { authorization: `Bearer ${bot.botToken}` },
    });
    assert.match(refused.headers.get('content-type') ?? '', /text\/html/);
    const view = { type: 'modal', title: plain('a'), blocks: [{ type: 'divider' }] };
    assert.ok((await sandbox.api('views.open', { trigger_id: sent.trigger_id, view })).ok);
  });

  it('publish a Home tab for one person, who can use it', async () => {
    const blocks = [
      { type: 'actions', elements: [{ type: 'button', action_id: 'go', text: plain('Go') }] },
    ];
    reply = ({ payload: sent }) => {
      if (sent.event?.type === 'app_home_opened') {
        void sandbox.api('views.publish', { user_id: 'U0TARA', view: { type: 'home', blocks } });
      }
      return {};
    };
    const { view } = await sandbox.call('POST', '/home', { user: 'U0TARA' });
    assert.equal(view.type, 'home');
    await sandbox.call('POST', '/actions', { user: 'U0TARA', viewId: view.id, actionId: 'go' });
    assert.equal(payload('block_actions').view.type, 'home');
    assert.equal((await sandbox.call('GET', '/home?user=U0BEA')).view, null);
    const again = await sandbox.call('POST', '/home', { user: 'U0TARA' });
    assert.equal(again.view.id, view.id);
  });
});

describe('People', () => {
  it('see only what they may', async () => {
    const names = async (user: string) => {
      const { channels } = await sandbox.call('GET', `/state?user=${user}`);
      return channels.filter(({ kind }: Answer) => kind !== 'im').map(({ name }: Answer) => name);
    };
    assert.deepEqual(await names('U0GUS'), ['agent-requests']);
    assert.ok((await names('U0ARI')).includes('ops-private'));
    assert.ok(!(await names('U0TARA')).includes('ops-private'));
    const old = await sandbox.attempt('GET', '/state?user=U0OLD');
    assert.deepEqual([old.status, old.body.error], [403, 'account_inactive']);
    const outside = { user: 'U0ARI', channel: 'C0FLOOR', text: 'hi' };
    assert.equal(
      (await sandbox.attempt('POST', '/messages', outside)).body.error,
      'not_in_channel',
    );
  });

  it('have unread marks until they read', async () => {
    const unread = async () => {
      const { channels } = await sandbox.call('GET', '/state?user=U0BEA');
      const { unread: count, mentioned } = channels.find(({ id }: Answer) => id === channel);
      return [count, mentioned];
    };
    await sandbox.call('POST', '/messages', { user: 'U0TARA', channel, text: 'one' });
    const text = 'hello @bea';
    const { message } = await sandbox.call('POST', '/messages', { user: 'U0TARA', channel, text });
    assert.deepEqual(await unread(), [2, true]);
    await sandbox.call('POST', '/read', { user: 'U0BEA', channel, ts: message.ts });
    assert.deepEqual(await unread(), [0, false]);
  });

  it('are notified of changes immediately, each person of their own', async () => {
    const stream = await fetch(`${sandbox.url}/sandbox/events?user=U0TARA`);
    let heard = '';
    const reading = (async () => {
      const decoder = new TextDecoder();
      for await (const chunk of stream.body ?? []) heard += decoder.decode(chunk);
    })().catch(() => {});
    await sandbox.call('POST', '/messages', { user: 'U0ARI', channel: 'G0OPS', text: 'hidden' });
    await sandbox.call('POST', '/messages', { user: 'U0BEA', channel, text: 'shown' });
    await open([{ type: 'divider' }]);
    await until('both are told', () => heard.includes('"views"') && heard.includes(channel));
    assert.ok(!heard.includes('G0OPS'));
    await sandbox.stop();
    await reading;
    sandbox = await startTestSandbox();
  });
});
