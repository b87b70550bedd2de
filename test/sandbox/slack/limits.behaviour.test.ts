/** Limits that concern more than the shape of blocks: each is tested at its limit and one beyond it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bot } from '../../../sandbox/seed.ts';
import { limits } from '../../../sandbox/slack/limits.ts';
import type { Behaviour } from './blocks/limits.test.ts';
import { createClock } from './clock.ts';
import { type Answer, startTestSandbox, type TestSandbox } from './harness.ts';
import { connectSocket } from './socket-client.ts';

const x = (length: number) => 'x'.repeat(length);
const plain = (text: string) => ({ type: 'plain_text', text });
const channel = 'C0REQUESTS';
const modal = (more: Record<string, unknown> = {}) => ({
  type: 'modal',
  title: plain('a'),
  submit: plain('a'),
  blocks: [{ type: 'divider' }],
  ...more,
});
const sections = (texts: number, length: number) =>
  Array.from({ length: texts }, () => ({ type: 'section', text: plain(x(length)) }));

type World = { sandbox: TestSandbox; clock: ReturnType<typeof createClock> };

function trigger({ sandbox }: World): string {
  return sandbox.slack.triggers.issue({ user: 'U0TARA' });
}

async function error(answer: Promise<Answer>): Promise<string | undefined> {
  return (await answer).error;
}

/** A view whose JSON has exactly this length. */
function viewOf(bytes: number) {
  const filled = sections(90, 2700);
  const length = (blocks: unknown[]) => JSON.stringify(modal({ blocks })).length;
  const rest = bytes - length([...filled, { type: 'section', text: plain('') }]);
  const blocks = [...filled, { type: 'section', text: plain(x(rest)) }];
  assert.equal(length(blocks), bytes);
  return modal({ blocks });
}

const checks: Record<Behaviour, (world: World) => Promise<void>> = {
  async viewBytes(world) {
    const open = (view: unknown) =>
      error(world.sandbox.api('views.open', { trigger_id: trigger(world), view }));
    assert.equal(await open(viewOf(limits.viewBytes.max)), undefined);
    assert.equal(await open(viewOf(limits.viewBytes.max + 1)), 'view_too_large');
  },
  async notificationText({ sandbox }) {
    const most = limits.notificationText.max;
    const heard = async (text: string) => {
      await sandbox.api('chat.postMessage', { channel, text });
      const shown = await sandbox.call('GET', `/messages?user=U0TARA&channel=${channel}&limit=1`);
      return shown.messages[0].heard.notification;
    };
    assert.equal(await heard(x(most)), x(most));
    assert.equal(await heard(x(most + 1)), `${x(most - 1)}…`);
  },
  async viewStackDepth(world) {
    const { sandbox } = world;
    const opened = await sandbox.api('views.open', { trigger_id: trigger(world), view: modal() });
    const push = () => {
      const id = sandbox.slack.triggers.issue({ user: 'U0TARA', viewId: opened.view.id });
      return error(sandbox.api('views.push', { trigger_id: id, view: modal() }));
    };
    assert.deepEqual(
      [await push(), await push(), await push()],
      [undefined, undefined, 'push_limit_reached'],
    );
  },
  async messageText({ sandbox }) {
    const text = x(limits.messageText.max + 1);
    const posted = await sandbox.api('chat.postMessage', { channel, text });
    assert.equal(posted.message.text.length, limits.messageText.max);
  },
  async updateText({ sandbox }) {
    const { ts } = await sandbox.api('chat.postMessage', { channel, text: 'a' });
    const update = (length: number) =>
      error(sandbox.api('chat.update', { channel, ts, text: x(length) }));
    assert.equal(await update(limits.updateText.max), undefined);
    assert.equal(await update(limits.updateText.max + 1), 'msg_too_long');
  },
  async messageBlocksText({ sandbox }) {
    const post = (length: number) =>
      error(
        sandbox.api('chat.postMessage', {
          channel,
          blocks: [...sections(4, 3000), ...sections(1, length - 12_000)],
        }),
      );
    assert.equal(await post(limits.messageBlocksText.max), undefined);
    assert.equal(await post(limits.messageBlocksText.max + 1), 'msg_blocks_too_long');
  },
  async metadataBytes({ sandbox }) {
    const post = (bytes: number) => {
      const payload = { a: x(bytes - JSON.stringify({ a: '' }).length) };
      const metadata = { event_type: 'a', event_payload: payload };
      return error(sandbox.api('chat.postMessage', { channel, text: 'a', metadata }));
    };
    assert.equal(await post(limits.metadataBytes.max), undefined);
    assert.equal(await post(limits.metadataBytes.max + 1), 'metadata_too_large');
  },
  async tablesPerMessage({ sandbox }) {
    const table = { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] };
    const post = (blocks: unknown[]) => error(sandbox.api('chat.postMessage', { channel, blocks }));
    assert.equal(await post([table]), undefined);
    assert.equal(await post([table, table]), 'invalid_attachments');
  },
  async suggestions(world) {
    const { sandbox } = world;
    const options = (count: number) =>
      Array.from({ length: count }, (_, at) => ({ text: plain('a'), value: `v${at}` }));
    const client = await connectSocket(sandbox, ({ payload }) => ({
      payload: { options: options(Number(payload.value)) },
    }));
    const element = { type: 'external_select', action_id: 'pick' };
    const blocks = [{ type: 'input', block_id: 'b', label: plain('a'), element }];
    const view = modal({ blocks });
    const opened = await sandbox.api('views.open', { trigger_id: trigger(world), view });
    const ask = async (count: number) => {
      const field = { viewId: opened.view.id, blockId: 'b', actionId: 'pick' };
      const query = { user: 'U0TARA', ...field, value: String(count) };
      return (await sandbox.call('POST', '/suggestions', query)).outcome;
    };
    assert.equal(await ask(limits.suggestions.max), 'ok');
    assert.equal(await ask(limits.suggestions.max + 1), 'error');
    await client.close();
  },
  async fileInputBytes(world) {
    const { sandbox } = world;
    const element = { type: 'file_input', action_id: 'file' };
    const blocks = [{ type: 'input', block_id: 'b', label: plain('a'), element }];
    const client = await connectSocket(sandbox);
    const send = async (size: number) => {
      const view = modal({ blocks });
      const opened = await sandbox.api('views.open', { trigger_id: trigger(world), view });
      const contentBase64 = Buffer.alloc(size, 'x').toString('base64');
      const file = { user: 'U0TARA', name: 'a.csv', contentBase64 };
      const { id } = (await sandbox.call('POST', '/files', file)).file;
      const values = { b: { file: { file_ids: [id] } } };
      const submit = { user: 'U0TARA', values };
      return (await sandbox.call('POST', `/views/${opened.view.id}/submit`, submit)).outcome;
    };
    assert.equal(await send(limits.fileInputBytes.max), 'closed');
    assert.equal(await send(limits.fileInputBytes.max + 1), 'invalid');
    await client.close();
  },
  async triggerMs(world) {
    const open = (id: string) =>
      error(world.sandbox.api('views.open', { trigger_id: id, view: modal() }));
    const inTime = trigger(world);
    world.clock.forward(limits.triggerMs.max);
    assert.equal(await open(inTime), undefined);
    assert.equal(await open(inTime), 'exchanged_trigger_id');
    const late = trigger(world);
    world.clock.forward(limits.triggerMs.max + 1);
    assert.equal(await open(late), 'expired_trigger_id');
    assert.equal(await open('1.2.never'), 'invalid_trigger_id');
  },
  async ackMs({ sandbox }) {
    // This test's sandbox waits a tenth of Slack's time; the product's tests wait the full time.
    const client = await connectSocket(sandbox, ({ type }) =>
      type === 'slash_commands' ? undefined : {},
    );
    const command = { user: 'U0TARA', channel, command: '/ask', text: '' };
    const result = await sandbox.call('POST', '/commands', command);
    assert.equal(result.outcome, 'timeout');
    assert.ok(result.ackMs >= limits.ackMs.max / 10 - 5, String(result.ackMs));
    await client.close();
  },
  async responseUrlUses({ sandbox }) {
    const ticket = sandbox.slack.responseUrls.issue({ user: 'U0TARA', channel });
    for (let use = 1; use <= limits.responseUrlUses.max; use += 1) {
      assert.equal((await respond(sandbox, ticket)).status, 200);
    }
    assert.deepEqual(await respond(sandbox, ticket), { status: 404, error: 'used_url' });
    assert.deepEqual(await respond(sandbox, 'nobody'), { status: 404, error: 'no_service' });
  },
  async responseUrlMs({ sandbox, clock }) {
    const ticket = sandbox.slack.responseUrls.issue({ user: 'U0TARA', channel });
    clock.forward(limits.responseUrlMs.max);
    assert.equal((await respond(sandbox, ticket)).status, 200);
    clock.forward(1);
    assert.deepEqual(await respond(sandbox, ticket), { status: 404, error: 'expired_url' });
  },
  async sockets({ sandbox }) {
    const clients = [];
    for (let count = 1; count <= limits.sockets.max; count += 1) {
      clients.push(await connectSocket(sandbox));
    }
    assert.equal(clients.at(-1)?.heard[0].num_connections, limits.sockets.max);
    const { url } = await sandbox.api('apps.connections.open', {}, bot.appToken);
    const refused = await new Promise<Answer>((resolve) => {
      const extra = new WebSocket(url);
      extra.addEventListener('message', ({ data }) => resolve(JSON.parse(String(data))));
    });
    assert.deepEqual([refused.type, refused.reason], ['disconnect', 'too_many_websockets']);
    for (const client of clients) await client.close();
  },
  async socketUrlMs({ sandbox, clock }) {
    const { url } = await sandbox.api('apps.connections.open', {}, bot.appToken);
    clock.forward(limits.socketUrlMs.max + 1);
    assert.equal(await opens(url), false);
    const fresh = await sandbox.api('apps.connections.open', {}, bot.appToken);
    clock.forward(limits.socketUrlMs.max);
    assert.equal(await opens(fresh.url), true);
    assert.equal(await opens(fresh.url), false, 'an address is good for one connection');
  },
  async commandText({ sandbox }) {
    const client = await connectSocket(sandbox);
    const run = async (length: number) => {
      const command = { user: 'U0TARA', channel, command: '/ask', text: x(length) };
      return (await sandbox.attempt('POST', '/commands', command)).status;
    };
    assert.equal(await run(limits.commandText.max), 200);
    assert.equal(await run(limits.commandText.max + 1), 400);
    await client.close();
  },
  async pageSize({ sandbox }) {
    for (let count = 0; count <= limits.pageSize.max; count += 1) {
      sandbox.slack.messages.add({
        ts: sandbox.slack.ids.ts(),
        channel,
        user: 'U0TARA',
        text: 'a',
        blocks: [{ type: 'divider' }],
        files: [],
        mentions: [],
        replies: [],
      });
    }
    const limit = limits.pageSize.max + 1;
    const read = await sandbox.api('conversations.history', { channel, limit });
    assert.deepEqual([read.messages.length, read.has_more], [limits.pageSize.max, true]);
  },
  async uploadBytes({ sandbox }) {
    const reserve = (length: number) =>
      error(sandbox.api('files.getUploadURLExternal', { filename: 'a', length }));
    assert.equal(await reserve(limits.uploadBytes.max), undefined);
    assert.equal(await reserve(limits.uploadBytes.max + 1), 'file_upload_size_restricted');
  },
};

async function respond(sandbox: TestSandbox, ticket: string) {
  const response = await fetch(`${sandbox.url}/response/${ticket}`, {
    method: 'POST',
    body: JSON.stringify({ text: 'a' }),
  });
  const text = await response.text();
  return text === 'ok'
    ? { status: response.status }
    : { status: response.status, error: JSON.parse(text).error };
}

function opens(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url);
    socket.addEventListener('open', () => {
      socket.close();
      resolve(true);
    });
    socket.addEventListener('error', () => resolve(false));
  });
}

describe('The limits of behavior', () => {
  for (const [name, check] of Object.entries(checks)) {
    it(`${name}: holds at its edge`, async () => {
      const clock = createClock();
      const ackTimeoutMs = limits.ackMs.max / 10;
      const sandbox = await startTestSandbox({ now: clock.now, rateLimits: false, ackTimeoutMs });
      try {
        await check({ sandbox, clock });
      } finally {
        await sandbox.stop();
      }
    });
  }
});
