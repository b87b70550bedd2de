import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { bot } from '../../../sandbox/seed.ts';
import { createClock } from './clock.ts';
import { type Answer, manifestWith, startTestSandbox, type TestSandbox } from './harness.ts';

const channel = 'C0REQUESTS';
const plain = (text: string) => ({ type: 'plain_text', text });
const modal = { type: 'modal', title: plain('a'), blocks: [{ type: 'divider' }] };

async function withSandbox(
  options: Parameters<typeof startTestSandbox>[0],
  run: (sandbox: TestSandbox) => Promise<void>,
) {
  const sandbox = await startTestSandbox(options);
  try {
    await run(sandbox);
  } finally {
    await sandbox.stop();
  }
}

describe('The Web API', () => {
  let sandbox: TestSandbox;
  before(async () => {
    sandbox = await startTestSandbox({ rateLimits: false });
  });
  after(() => sandbox.stop());

  const error = async (method: string, args: object) =>
    (await sandbox.api(method, { ...args })).error;

  it('refuses calls without a valid token of the right type', async () => {
    const bare = await fetch(`${sandbox.url}/api/auth.test`, { method: 'POST' });
    assert.equal(((await bare.json()) as Answer).error, 'not_authed');
    assert.equal((await sandbox.api('auth.test', {}, 'xoxb-wrong')).error, 'invalid_auth');
    assert.equal(
      (await sandbox.api('auth.test', {}, bot.appToken)).error,
      'not_allowed_token_type',
    );
    assert.equal((await sandbox.api('apps.connections.open')).error, 'not_allowed_token_type');
    const asForm = await fetch(`${sandbox.url}/api/auth.test`, {
      method: 'POST',
      body: new URLSearchParams({ token: bot.botToken }),
    });
    assert.equal(((await asForm.json()) as Answer).user_id, bot.userId);
  });

  it('answers unknown_method to a method that does not exist', async () => {
    assert.deepEqual(await sandbox.api('chat.meow'), {
      ok: false,
      error: 'unknown_method',
      req_method: 'chat.meow',
    });
    assert.equal((await sandbox.api('toString')).error, 'unknown_method');
  });

  it('names the scope that is missing and those that are there', async () => {
    await withSandbox(
      { manifest: manifestWith({ scopes: ['commands', 'im:read'] }) },
      async (bare) => {
        const posted = await bare.api('chat.postMessage', { channel, text: 'a' });
        assert.deepEqual(
          [posted.error, posted.needed, posted.provided],
          ['missing_scope', 'chat:write', 'commands,im:read'],
        );
        const needs: [string, object, string][] = [
          ['users.info', { user: 'U0TARA' }, 'users:read'],
          ['users.lookupByEmail', { email: 'bea@harbour.example' }, 'users:read.email'],
          ['usergroups.users.list', { usergroup: 'S0LEADS' }, 'usergroups:read'],
          ['files.info', { file: 'F1' }, 'files:read'],
          ['files.getUploadURLExternal', { filename: 'a', length: 1 }, 'files:write'],
          ['conversations.history', { channel }, 'channels:history'],
          ['conversations.info', { channel }, 'channels:read'],
          ['conversations.list', { types: 'private_channel' }, 'groups:read'],
          ['conversations.join', { channel }, 'channels:join'],
          ['reactions.add', { channel, timestamp: '1.000001', name: 'eyes' }, 'reactions:write'],
        ];
        for (const [method, args, needed] of needs) {
          const answer = await bare.api(method, { ...args });
          assert.deepEqual(
            [method, answer.error, answer.needed],
            [method, 'missing_scope', needed],
          );
        }
      },
    );
  });

  it('checks that arguments are there and of their type, and names the place', async () => {
    const none = await sandbox.api('chat.postMessage', { text: 'a' });
    assert.equal(none.error, 'invalid_arguments');
    assert.deepEqual(none.response_metadata.messages, [
      '[ERROR] missing required field: channel [json-pointer:/channel]',
    ]);
    const wrong = await sandbox.api('conversations.history', { channel: ['C'], limit: 'many' });
    assert.deepEqual(wrong.response_metadata.messages, [
      '[ERROR] must provide a string [json-pointer:/channel]',
      '[ERROR] must provide an integer [json-pointer:/limit]',
    ]);
    assert.equal(
      await error('chat.postMessage', { channel, blocks: '[not json' }),
      'invalid_blocks_format',
    );
    assert.equal(
      await error('views.open', { trigger_id: 'a', view: 'not json' }),
      'invalid_arguments',
    );
    assert.equal(
      await error('chat.postMessage', { channel, text: 'a', metadata: '{' }),
      'invalid_metadata_format',
    );
  });

  it('takes nested values as JSON in a form, as the SDK sends them', async () => {
    const body = new URLSearchParams({
      channel,
      blocks: JSON.stringify([{ type: 'section', text: plain('in a form') }]),
      unfurl_links: 'false',
    });
    const response = await fetch(`${sandbox.url}/api/chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bot.botToken}` },
      body,
    });
    const answer = (await response.json()) as Answer;
    assert.equal(answer.message.blocks[0].text.text, 'in a form');
    assert.ok(answer.message.blocks[0].block_id);
  });

  it('names the block that is wrong', async () => {
    const blocks = [{ type: 'divider' }, { type: 'section', text: plain('x'.repeat(3001)) }];
    const answer = await sandbox.api('chat.postMessage', { channel, text: 'a', blocks });
    assert.equal(answer.error, 'invalid_blocks');
    assert.ok(
      answer.response_metadata.messages.includes(
        '[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]',
      ),
    );
    const view = { ...modal, title: plain('x'.repeat(25)) };
    const opened = await sandbox.api('views.open', { trigger_id: 'a', view });
    assert.deepEqual(
      opened.response_metadata.messages.at(-1),
      '[ERROR] must be less than 25 characters [json-pointer:/view/title/text]',
    );
  });

  it('lets the bot write only in channels that it belongs to', async () => {
    const post = (target: string) => error('chat.postMessage', { channel: target, text: 'a' });
    assert.equal(await post('C0GENERAL'), 'not_in_channel');
    assert.equal(await post('G0OPS'), 'channel_not_found');
    assert.equal(await post('C0NOWHERE'), 'channel_not_found');
    assert.equal(await post('U0OLD'), 'channel_not_found');
    assert.equal(await error('chat.postMessage', { channel, text: ' ' }), 'no_text');
    await sandbox.call('POST', '/channels', { channel: 'C0FLOOR', action: 'archive' });
    assert.equal(await post('C0FLOOR'), 'is_archived');
    const direct = await sandbox.api('chat.postMessage', { channel: 'U0TARA', text: 'hi' });
    assert.match(direct.channel, /^D/);
  });

  it('lets the bot change and delete only what it wrote', async () => {
    const { message } = await sandbox.call('POST', '/messages', {
      user: 'U0TARA',
      channel,
      text: 'mine',
    });
    const theirs = { channel, ts: message.ts };
    assert.equal(await error('chat.update', { ...theirs, text: 'a' }), 'cant_update_message');
    assert.equal(await error('chat.delete', theirs), 'cant_delete_message');
    const none = { channel, ts: '1.000001' };
    assert.equal(await error('chat.update', { ...none, text: 'a' }), 'message_not_found');
    const own = await sandbox.api('chat.postMessage', { channel, text: 'mine' });
    assert.equal(await error('chat.update', { channel, ts: own.ts }), 'no_text');
    assert.equal(await error('chat.delete', { channel, ts: own.ts }), undefined);
    assert.equal(await error('chat.delete', { channel, ts: own.ts }), 'message_not_found');
  });

  it('keeps the blocks that an update leaves out, and drops them for an empty list', async () => {
    const blocks = [{ type: 'section', text: plain('a') }];
    const { ts } = await sandbox.api('chat.postMessage', { channel, text: 'a', blocks });
    const kept = await sandbox.api('chat.update', { channel, ts, text: 'b' });
    assert.equal(kept.message.blocks.length, 1);
    const dropped = await sandbox.api('chat.update', { channel, ts, text: 'c', blocks: [] });
    assert.equal(dropped.message.blocks, undefined);
    assert.ok(dropped.message.edited);
  });

  it('shows an ephemeral message to one person who is there, and never again', async () => {
    const sendEphemeral = (user: string) =>
      sandbox.api('chat.postEphemeral', { channel, user, text: 'psst' });
    assert.equal((await sendEphemeral('U0OLD')).error, 'user_not_in_channel');
    const { message_ts: ts } = await sendEphemeral('U0GUS');
    assert.equal(await error('chat.update', { channel, ts, text: 'b' }), 'message_not_found');
    const history = await sandbox.api('conversations.history', { channel });
    assert.ok(!history.messages.some((message: Answer) => message.ts === ts));
  });

  it('pages through history from the newest and through replies from the oldest', async () => {
    const root = await sandbox.api('chat.postMessage', { channel, text: 'root' });
    for (const text of ['1', '2', '3']) {
      await sandbox.api('chat.postMessage', { channel, text, thread_ts: root.ts });
    }
    const read = (args: object) =>
      sandbox.api('conversations.replies', { channel, ts: root.ts, limit: 2, ...args });
    const first = await read({});
    assert.deepEqual(texts(first), ['root', '1']);
    const second = await read({ cursor: first.response_metadata.next_cursor });
    assert.deepEqual([texts(second), second.has_more], [['2', '3'], false]);
    assert.equal((await read({ cursor: 'bad' })).error, 'invalid_cursor');

    const history = await sandbox.api('conversations.history', { channel, limit: 1 });
    assert.equal(history.messages[0].text, 'root');
    assert.deepEqual(
      [history.messages[0].reply_count, history.messages[0].thread_ts],
      [3, root.ts],
    );
    const later = await sandbox.api('conversations.history', { channel, oldest: root.ts });
    assert.deepEqual(later.messages, []);
    const same = await sandbox.api('conversations.history', {
      channel,
      oldest: root.ts,
      inclusive: true,
    });
    assert.equal(same.messages.length, 1);

    function texts(answer: Answer): string[] {
      return answer.messages.map(({ text }: Answer) => text);
    }
  });

  it('returns metadata to callers that set include_all_metadata', async () => {
    const metadata = { event_type: 'card', event_payload: { request: 7 } };
    await sandbox.api('chat.postMessage', { channel, text: 'a', metadata });
    const without = await sandbox.api('conversations.history', { channel, limit: 1 });
    assert.equal(without.messages[0].metadata, undefined);
    const all = { channel, limit: 1, include_all_metadata: true };
    const { messages } = await sandbox.api('conversations.history', all);
    assert.deepEqual(messages[0].metadata, metadata);
  });

  it('distinguishes guests, strangers, deactivated people and itself', async () => {
    const user = async (id: string) => (await sandbox.api('users.info', { user: id })).user;
    const [tara, gus, eve, old, self] = await Promise.all(
      ['U0TARA', 'U0GUS', 'U0EVE', 'U0OLD', bot.userId].map(user),
    );
    assert.equal(tara.profile.email, 'tara.lead@harbour.example');
    assert.deepEqual([gus.is_restricted, gus.is_ultra_restricted], [true, true]);
    assert.deepEqual([eve.is_stranger, eve.profile.email], [true, undefined]);
    assert.notEqual(eve.team_id, tara.team_id);
    assert.deepEqual([old.deleted, self.is_bot], [true, true]);
    assert.equal(await error('users.info', { user: 'U0NOBODY' }), 'user_not_found');
    const lookup = (email: string) => error('users.lookupByEmail', { email });
    assert.equal(await lookup('TARA.lead@harbour.example'), undefined);
    assert.equal(await lookup('olga@harbour.example'), 'users_not_found');
    assert.equal(await lookup('ari.admin@elsewhere.example'), 'users_not_found');
    await sandbox.call('POST', '/people', { id: 'U0NOA', deleted: true });
    assert.equal((await user('U0NOA')).deleted, true);
  });

  it('finds a view by its hash or external id, and only while it is open', async () => {
    const trigger = () => sandbox.slack.triggers.issue({ user: 'U0TARA' });
    const view = { ...modal, external_id: 'one' };
    const opened = (await sandbox.api('views.open', { trigger_id: trigger(), view })).view;
    const update = (args: object) => sandbox.api('views.update', { view: modal, ...args });
    assert.equal((await update({ view_id: opened.id, hash: 'old' })).error, 'hash_conflict');
    const second = await sandbox.api('views.open', { trigger_id: trigger(), view });
    assert.equal(second.error, 'duplicate_external_id');
    const updated = await update({ external_id: 'one', hash: opened.hash });
    assert.equal(updated.view.id, opened.id);
    assert.notEqual(updated.view.hash, opened.hash);
    await sandbox.call('POST', `/views/${opened.id}/close`, { user: 'U0TARA' });
    assert.equal((await update({ view_id: opened.id })).error, 'not_found');
    assert.equal((await update({ external_id: 'one' })).error, 'not_found');
    assert.equal((await update({})).error, 'invalid_arguments');
  });

  it('opens direct messages and lists what the bot may see', async () => {
    const opened = await sandbox.api('conversations.open', { users: 'U0BEA', return_im: true });
    assert.deepEqual([opened.channel.is_im, opened.channel.user], [true, 'U0BEA']);
    assert.equal(await error('conversations.open', { users: 'U0OLD' }), 'user_disabled');
    assert.equal(await error('conversations.open', { users: 'U0TARA,U0BEA' }), 'missing_scope');
    const types = 'public_channel,private_channel';
    const { channels } = await sandbox.api('conversations.list', { types });
    const names = channels.map(({ name }: Answer) => name);
    assert.ok(names.includes('general') && !names.includes('ops-private'));
    assert.equal(await error('conversations.info', { channel: 'G0OPS' }), 'channel_not_found');
    assert.equal(await error('conversations.history', { channel: 'C0GENERAL' }), 'not_in_channel');
    await sandbox.api('conversations.join', { channel: 'C0GENERAL' });
    assert.equal(await error('conversations.history', { channel: 'C0GENERAL' }), undefined);
    const members = await sandbox.api('conversations.members', { channel, limit: 2 });
    assert.equal(members.members.length, 2);
    assert.ok(members.response_metadata.next_cursor);
  });

  it('records whom a message of the bot mentions, and masks tokens', async () => {
    await sandbox.call('DELETE', '/wire');
    const blocks = [
      { type: 'section', text: { type: 'mrkdwn', text: 'hey <!channel> &lt;!here&gt;' } },
    ];
    await sandbox.api('chat.postMessage', { channel, text: '<@U0TARA>', blocks });
    await sandbox.api('chat.postMessage', { channel, text: 'to <@U0TARA> and <!subteam^S0LEADS>' });
    await sandbox.api('chat.postMessage', {
      channel,
      blocks: [{ type: 'section', text: plain('<!channel>') }],
    });
    await sandbox.api('chat.postMessage', { channel, text: `mind ${bot.botToken}` });
    const { entries } = await sandbox.call('GET', '/wire?kind=web-api');
    assert.deepEqual(
      entries.map(({ mentions }: Answer) => mentions ?? []),
      [['U0TARA', '!channel'], ['U0TARA', 'S0LEADS'], [], []],
    );
    assert.ok(!JSON.stringify(entries).includes(bot.botToken));
    const state = await sandbox.call('GET', '/state?user=U0BEA');
    assert.ok(state.channels.find(({ id }: Answer) => id === channel).mentioned);
  });
});

describe('Rate limits', () => {
  it('let a short burst into a channel and then one message a second', async () => {
    const clock = createClock();
    await withSandbox({ now: clock.now }, async (sandbox) => {
      const post = (target: string) =>
        fetch(`${sandbox.url}/api/chat.postMessage`, {
          method: 'POST',
          headers: { authorization: `Bearer ${bot.botToken}` },
          body: new URLSearchParams({ channel: target, text: 'a' }),
        });
      for (let count = 0; count < 5; count += 1) assert.equal((await post(channel)).status, 200);
      const limited = await post(channel);
      assert.deepEqual([limited.status, limited.headers.get('retry-after')], [429, '1']);
      assert.deepEqual(await limited.json(), { ok: false, error: 'ratelimited' });
      assert.equal((await post('U0TARA')).status, 200, 'another channel has its own');
      clock.forward(1000);
      assert.equal((await post(channel)).status, 200);
      assert.equal((await post(channel)).status, 429);
    });
  });

  for (const [method, args, perMinute] of [
    ['chat.update', { channel, ts: '1.000001', text: 'a' }, 50],
    ['users.list', {}, 20],
    ['users.info', { user: 'U0TARA' }, 100],
  ] as const) {
    it(`let ${method} through ${perMinute} times a minute`, async () => {
      const clock = createClock();
      await withSandbox({ now: clock.now }, async (sandbox) => {
        const errors = [];
        for (let count = 0; count <= perMinute; count += 1) {
          errors.push((await sandbox.api(method, { ...args })).error);
        }
        assert.equal(errors.indexOf('ratelimited'), perMinute);
        clock.forward(60_000 / perMinute);
        assert.notEqual((await sandbox.api(method, { ...args })).error, 'ratelimited');
      });
    });
  }
});

describe('A fault of a method', () => {
  let sandbox: TestSandbox;
  before(async () => {
    sandbox = await startTestSandbox();
  });
  after(() => sandbox.stop());

  const raw = (signal?: AbortSignal) =>
    fetch(`${sandbox.url}/api/chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bot.botToken}` },
      body: new URLSearchParams({ channel, text: 'a' }),
      ...(signal ? { signal } : {}),
    });
  const fault = (spec: object) => sandbox.call('POST', '/faults', { on: 'slack', ...spec });
  const failing = (error: string, more: object = {}) =>
    fault({ kind: 'method', match: 'chat.*', error, ...more });
  const posted = async () =>
    (await sandbox.call('GET', `/messages?user=U0TARA&channel=${channel}`)).messages.length;

  it('answers with the chosen code for the configured number of times', async () => {
    await failing('internal_error', { times: 2 });
    const errors = [];
    for (let count = 0; count < 3; count += 1) {
      errors.push(((await (await raw()).json()) as Answer).error);
    }
    assert.deepEqual(errors, ['internal_error', 'internal_error', undefined]);
  });

  it('answers 429, 500 or a page, or nothing', async () => {
    const before = await posted();
    await failing('ratelimited', { retryAfterSeconds: 7 });
    assert.equal((await raw()).headers.get('retry-after'), '7');
    await failing('http_500');
    assert.equal((await raw()).status, 500);
    await failing('html');
    const page = await raw();
    assert.deepEqual([page.status, page.headers.get('content-type')], [502, 'text/html']);
    await failing('reset');
    await assert.rejects(raw());
    await failing('hang');
    await assert.rejects(raw(AbortSignal.timeout(50)));
    assert.equal(await posted(), before, 'nothing was posted');
  });

  it('lose-answer: the message is posted, and its answer is lost', async () => {
    const before = await posted();
    await fault({ kind: 'lose-answer', match: 'chat.postMessage' });
    await assert.rejects(raw());
    assert.equal(await posted(), before + 1);
  });
});
