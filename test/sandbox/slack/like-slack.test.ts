/** Details in which the real Slack differs from expectations, each with its source. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { WireEntry } from '../../../sandbox/api/wire.ts';
import { openRecordFile } from '../../../sandbox/record-file.ts';
import { bot } from '../../../sandbox/seed.ts';
import { type Answer, startTestSandbox, type TestSandbox } from './harness.ts';
import { connectSocket } from './socket-client.ts';

const channel = 'C0REQUESTS';
const plain = (text: string) => ({ type: 'plain_text', text });
const button = {
  type: 'actions',
  elements: [{ type: 'button', action_id: 'go', text: plain('Go') }],
};
const aCsv = { name: 'a.csv', contentBase64: Buffer.from('a,b\n').toString('base64') };

describe('Like Slack', () => {
  let sandbox: TestSandbox;
  let client: Awaited<ReturnType<typeof connectSocket>>;
  before(async () => {
    sandbox = await startTestSandbox({ rateLimits: false });
    client = await connectSocket(sandbox);
  });
  after(async () => {
    await client.close();
    await sandbox.stop();
  });

  const deliveries = async (name: string): Promise<Answer[]> => {
    const { entries } = await sandbox.call('GET', '/wire?kind=delivery');
    return entries.filter((entry: WireEntry) => entry.name === name);
  };
  const lastPayload = async (name: string): Promise<Answer> =>
    (await deliveries(name)).at(-1)?.request.payload;
  const posted = async (text: string, more: object = {}): Promise<Answer> =>
    (await sandbox.call('POST', '/messages', { user: 'U0TARA', channel, text, ...more })).message;
  const shown = async (query: string): Promise<Answer[]> =>
    (await sandbox.call('GET', `/messages?user=U0TARA&channel=${channel}&${query}`)).messages;

  it('a click and a submission carry no action_ts beside their actions; a shortcut does', async () => {
    const { ts } = await sandbox.api('chat.postMessage', { channel, text: 'a', blocks: [button] });
    await sandbox.call('POST', '/actions', {
      user: 'U0TARA',
      channel,
      messageTs: ts,
      actionId: 'go',
    });
    const click = await lastPayload('block_actions');
    assert.equal('action_ts' in click, false);
    assert.match(click.actions[0].action_ts, /^\d+\.\d{6}$/);
    const trigger_id = sandbox.slack.triggers.issue({ user: 'U0TARA' });
    const view = {
      type: 'modal',
      title: plain('a'),
      submit: plain('a'),
      blocks: [{ type: 'divider' }],
    };
    const opened = await sandbox.api('views.open', { trigger_id, view });
    await sandbox.call('POST', `/views/${opened.view.id}/submit`, { user: 'U0TARA' });
    assert.equal('action_ts' in (await lastPayload('view_submission')), false);
    await sandbox.call('POST', '/shortcuts', {
      user: 'U0TARA',
      callbackId: 'use_file',
      channel,
      messageTs: ts,
    });
    assert.match((await lastPayload('message_action')).action_ts, /^\d+\.\d{6}$/);
  });

  it('a view that is closed comes without what was typed, a global shortcut without a name', async () => {
    const trigger_id = sandbox.slack.triggers.issue({ user: 'U0TARA' });
    const input = {
      type: 'input',
      block_id: 'b',
      label: plain('a'),
      element: { type: 'plain_text_input', action_id: 'a', initial_value: 'typed' },
    };
    const titles = { title: plain('a'), submit: plain('a') };
    const view = { type: 'modal', ...titles, blocks: [input], notify_on_close: true };
    const opened = await sandbox.api('views.open', { trigger_id, view });
    await sandbox.call('POST', `/views/${opened.view.id}/close`, { user: 'U0TARA' });
    const closed = await lastPayload('view_closed');
    assert.deepEqual([closed.view.id, closed.view.state], [opened.view.id, { values: {} }]);
    await sandbox.call('POST', '/shortcuts', { user: 'U0TARA', callbackId: 'anywhere' });
    const { user } = await lastPayload('shortcut');
    assert.deepEqual(Object.keys(user).sort(), ['id', 'team_id', 'username']);
  });

  it('a video needs a scope of its own, in a message and in a view', async () => {
    const video = {
      type: 'video',
      alt_text: 'a',
      title: plain('a'),
      thumbnail_url: 'https://a.example/a.png',
      video_url: 'https://a.example/a',
    };
    const message = await sandbox.api('chat.postMessage', { channel, text: 'a', blocks: [video] });
    assert.deepEqual([message.error, message.needed], ['missing_scope', 'links.embed:write']);
    const view = { type: 'modal', title: plain('a'), blocks: [video] };
    const trigger_id = sandbox.slack.triggers.issue({ user: 'U0TARA' });
    const opened = await sandbox.api('views.open', { trigger_id, view });
    assert.deepEqual([opened.error, opened.needed], ['missing_scope', 'links.embed:write']);
  });

  it('a file in a public channel is public, a step’s parameters have the manifest’s titles', async () => {
    const { files } = await posted('look', { files: [aCsv] });
    assert.equal((await sandbox.api('files.info', { file: files[0].id })).file.is_public, true);
    await sandbox.call('POST', '/workflows', {
      user: 'U0TARA',
      callbackId: 'ask_somebody',
      inputs: { question: 'why?' },
    });
    const { event } = await lastPayload('function_executed');
    const [question] = event.function.input_parameters;
    assert.deepEqual([question.name, question.title], ['question', 'What to ask']);
  });

  it('chat.update answers with a message that lacks its timestamp and thread members', async () => {
    const root = await sandbox.api('chat.postMessage', { channel, text: 'root' });
    await sandbox.api('chat.postMessage', { channel, text: 'reply', thread_ts: root.ts });
    const { message, ts } = await sandbox.api('chat.update', { channel, ts: root.ts, text: 'new' });
    assert.equal(ts, root.ts);
    assert.equal(message.text, 'new');
    const standing = ['ts', 'thread_ts', 'reply_count', 'reply_users', 'latest_reply'];
    assert.deepEqual(
      standing.filter((name) => name in message),
      [],
    );
  });

  it('files.info distinguishes a deleted file from an unknown one', async () => {
    const upload = await sandbox.api('files.getUploadURLExternal', { filename: 'a', length: 1 });
    await fetch(upload.upload_url, { method: 'POST', body: 'x' });
    await sandbox.api('files.completeUploadExternal', { files: [{ id: upload.file_id }] });
    await sandbox.api('files.delete', { file: upload.file_id });
    const info = async (file: string) => (await sandbox.api('files.info', { file })).error;
    assert.equal(await info(upload.file_id), 'file_deleted');
    assert.equal(await info('F0NOTHING'), 'file_not_found');
  });

  it('a reply that is also sent to the channel is a thread_broadcast, with its files', async () => {
    const root = await posted('root');
    const reply = await posted('see', { threadTs: root.ts, broadcast: true, files: [aCsv] });
    const { event } = await lastPayload('message');
    assert.equal(event.subtype, 'thread_broadcast');
    assert.equal(event.thread_ts, root.ts);
    assert.equal(event.files[0].name, 'a.csv');
    assert.equal((await shown('limit=1'))[0].ts, reply.ts);
  });

  it('an archived channel refuses an edit as is_inactive and a post as is_archived', async () => {
    const place = 'C0GENERAL';
    await sandbox.call('POST', '/channels', { channel: place, action: 'join', user: bot.userId });
    const { ts } = await sandbox.api('chat.postMessage', { channel: place, text: 'a' });
    await sandbox.call('POST', '/channels', { channel: place, action: 'archive' });
    const update = await sandbox.api('chat.update', { channel: place, ts, text: 'b' });
    const post = await sandbox.api('chat.postMessage', { channel: place, text: 'b' });
    assert.deepEqual([update.error, post.error], ['is_inactive', 'is_archived']);
    await sandbox.call('POST', '/channels', { channel: place, action: 'unarchive' });
  });

  it('a channel limits what apps may post, each limit with a code of its own', async () => {
    const { ts } = await sandbox.api('chat.postMessage', { channel, text: 'root' });
    const inChannel = { channel, text: 'a' };
    const inThread = { ...inChannel, thread_ts: ts };
    const expected = [
      ['read-only', inChannel, 'restricted_action_read_only_channel'],
      ['thread-only', inChannel, 'restricted_action_thread_only_channel'],
      ['thread-only', inThread, undefined],
      ['no-threads', inThread, 'restricted_action_non_threadable_channel'],
      ['threads-locked', inThread, 'restricted_action_thread_locked'],
      ['threads-locked', inChannel, undefined],
      ['anything', inThread, undefined],
    ] as const;
    for (const [posting, args, code] of expected) {
      await sandbox.call('POST', '/channels', { channel, action: 'posting', posting });
      assert.equal((await sandbox.api('chat.postMessage', args)).error, code, posting);
    }
  });

  it('sharing a file has refusals of its own', async () => {
    const upload = await sandbox.api('files.getUploadURLExternal', { filename: 'a', length: 1 });
    await fetch(upload.upload_url, { method: 'POST', body: 'x' });
    const files = [{ id: upload.file_id }];
    const share = async (channel_id: string) =>
      (await sandbox.api('files.completeUploadExternal', { files, channel_id })).error;
    assert.equal(await share('nowhere'), 'invalid_channel');
    await sandbox.call('POST', '/channels', { channel, action: 'posting', posting: 'read-only' });
    assert.equal(await share(channel), 'posting_to_channel_denied');
    await sandbox.call('POST', '/channels', { channel, action: 'posting', posting: 'anything' });
    assert.equal(await share(channel), undefined);
  });

  it('nothing can reply to an ephemeral message', async () => {
    const { message_ts } = await sandbox.api('chat.postEphemeral', {
      channel,
      user: 'U0TARA',
      text: 'a',
    });
    const reply = { channel, text: 'b', thread_ts: message_ts };
    assert.equal((await sandbox.api('chat.postMessage', reply)).error, 'cannot_reply_to_message');
  });

  it('a response_url works where the bot is no member, and after it has left', async () => {
    for (const place of ['G0OPS', channel]) {
      const user = 'U0ARI';
      const said = await sandbox.call('POST', '/messages', { user, channel: place, text: 'hello' });
      const messageTs = said.message.ts;
      const run = { user, callbackId: 'use_file', channel: place, messageTs };
      await sandbox.call('POST', '/shortcuts', run);
      if (place === channel) {
        await sandbox.call('POST', '/channels', { channel, action: 'leave', user: bot.userId });
      }
      const { response_url } = await lastPayload('message_action');
      const answer = await fetch(response_url, {
        method: 'POST',
        body: JSON.stringify({ text: 'only you' }),
      });
      assert.equal(answer.status, 200);
      const seen = await sandbox.call('GET', `/messages?user=${user}&channel=${place}&limit=1`);
      assert.deepEqual([seen.messages[0].text, seen.messages[0].ephemeral], ['only you', true]);
    }
    await sandbox.call('POST', '/channels', { channel, action: 'join', user: bot.userId });
  });

  it('a second click before the first update carries the old hash, and its update conflicts', async () => {
    const trigger_id = sandbox.slack.triggers.issue({ user: 'U0TARA' });
    const view = { type: 'modal', title: plain('a'), blocks: [button] };
    const { view: opened } = await sandbox.api('views.open', { trigger_id, view });
    const click = { user: 'U0TARA', viewId: opened.id, actionId: 'go' };
    await Promise.all([
      sandbox.call('POST', '/actions', click),
      sandbox.call('POST', '/actions', click),
    ]);
    const [first, second] = (await deliveries('block_actions')).slice(-2);
    const update = async (hash: string) =>
      (await sandbox.api('views.update', { view_id: opened.id, view, hash })).error;
    assert.equal(first.request.payload.view.hash, second.request.payload.view.hash);
    assert.equal(await update(first.request.payload.view.hash), undefined);
    assert.equal(await update(second.request.payload.view.hash), 'hash_conflict');
  });

  it('a screen reader reads the text and not the blocks, and the blocks where there is no text', async () => {
    const blocks = [
      { type: 'header', text: plain('Card') },
      { type: 'section', text: { type: 'mrkdwn', text: '*who* is <@U0ARI>' } },
      { type: 'rich_text', elements: [section({ type: 'text', text: 'rich' })] },
    ];
    await sandbox.api('chat.postMessage', {
      channel,
      text: '*3 users* by <@U0TARA> &amp; <!date^0^{date}|1970>, see <https://a.example|the list> :tada:',
      blocks,
    });
    const [withText] = await shown('limit=1');
    const words = '3 users by @Tara Lead & 1970, see the list tada';
    assert.deepEqual(withText.heard, { screenReader: words, notification: words });
    await sandbox.api('chat.postMessage', { channel, blocks });
    const [without] = await shown('limit=1');
    assert.equal(without.heard.screenReader, 'Card\nwho is @Ari Admin\nrich');
    assert.equal(without.heard.notification, "This content can't be displayed.");
  });
});

function section(...elements: object[]) {
  return { type: 'rich_text_section', elements };
}

describe('The record of the wire', () => {
  it('has one line of JSON for each call, including calls that were never answered', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'record-')), 'wire.jsonl');
    const record = openRecordFile(path);
    const sandbox = await startTestSandbox({ record: record.write });
    await sandbox.api('chat.postMessage', { channel, text: 'hello' });
    await sandbox.call('POST', '/faults', {
      on: 'slack',
      kind: 'method',
      match: 'auth.test',
      error: 'reset',
    });
    await sandbox.api('auth.test').catch(() => {});
    sandbox.slack.recorder.begin({ kind: 'web-api', name: 'hanging', request: {} });
    record.close(sandbox.slack.recorder.underWay());
    await sandbox.stop();
    const lines: WireEntry[] = readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const calls = lines.filter(({ kind }) => kind === 'web-api');
    assert.deepEqual(
      calls.map(({ name, status }) => [name, status]),
      [
        ['chat.postMessage', 200],
        ['auth.test', 'reset'],
        ['hanging', null],
      ],
    );
    assert.deepEqual(calls[0]?.request, { channel, text: 'hello' });
  });
});
