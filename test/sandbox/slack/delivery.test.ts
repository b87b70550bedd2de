import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { bot } from '../../../sandbox/seed.ts';
import { until } from '../../until.ts';
import { type Answer, startTestSandbox, type TestSandbox } from './harness.ts';
import { connectSocket, type Reply, type SocketClient } from './socket-client.ts';

const channel = 'C0REQUESTS';
const say = (text: string) => ({ user: 'U0TARA', channel, text });
const ask = { user: 'U0TARA', channel, command: '/ask', text: 'x' };

let sandbox: TestSandbox;
const clients: SocketClient[] = [];

beforeEach(async () => {
  sandbox = await startTestSandbox({ ackTimeoutMs: 800, retryDelaysMs: [0, 10, 20] });
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  await sandbox.stop();
});

async function connect(reply?: Reply): Promise<SocketClient> {
  const client = await connectSocket(sandbox, reply);
  clients.push(client);
  return client;
}

const fault = (spec: Record<string, unknown>) =>
  sandbox.call('POST', '/faults', { on: 'slack', ...spec });

describe('Socket Mode', () => {
  it('says hello, delivers in envelopes, and takes the answer of a command', async () => {
    const client = await connect(({ type }) =>
      type === 'slash_commands' ? { payload: { text: 'Only you see this' } } : {},
    );
    const result = await sandbox.call('POST', '/commands', ask);
    assert.deepEqual([result.outcome, result.text], ['ok', 'Only you see this']);
    const [envelope] = client.envelopes('slash_commands');
    assert.equal(envelope.accepts_response_payload, true);
    assert.equal(envelope.payload.is_enterprise_install, 'false');
    assert.match(envelope.payload.response_url, /\/response\//);
    const { messages } = await sandbox.call('GET', `/messages?user=U0TARA&channel=${channel}`);
    assert.equal(messages[0].ephemeral, true);
  });

  it('gives each delivery to one of the open sockets only', async () => {
    const [one, two] = [await connect(), await connect()];
    for (let count = 0; count < 4; count += 1) await sandbox.call('POST', '/messages', say('hi'));
    await until('all four are there', () => counts().reduce((sum, n) => sum + n) === 4);
    assert.deepEqual(counts(), [2, 2]);

    function counts() {
      return [one, two].map((client) => client.envelopes('message').length);
    }
  });

  it('pings, so that a client that waits for pings stays', async () => {
    await sandbox.stop();
    sandbox = await startTestSandbox({ pingMs: 10 });
    const client = await connect();
    await once(client.socket, 'ping');
    await once(client.socket, 'ping');
  });

  it('says so when the app is not running', async () => {
    const result = await sandbox.call('POST', '/commands', ask);
    assert.equal(result.outcome, 'error');
    assert.match(result.detail, /not running/);
    const { bot: state } = await sandbox.call('GET', '/state?user=U0TARA');
    assert.deepEqual([state.connected, state.sockets], [false, 0]);
  });

  it('ignores messages that are not acknowledgements', async () => {
    const client = await connect();
    client.socket.send('not json');
    client.socket.send('{"envelope_id":"unknown"}');
    client.socket.send('[]');
    await until('all are in the recorder', async () => {
      const { entries } = await sandbox.call('GET', '/wire?kind=socket');
      return entries.filter(({ ok }: Answer) => !ok).length === 3;
    });
    await sandbox.call('POST', '/messages', say('still here'));
    await client.wait('message');
  });
});

describe('An event', () => {
  it('is sent three more times, marked as retries, when it is not acknowledged', async () => {
    const client = await connect(() => undefined);
    await sandbox.call('POST', '/messages', say('hello'));
    const sent = await client.wait('message', 4);
    assert.deepEqual(
      sent.map(({ retry_attempt, retry_reason }) => [retry_attempt, retry_reason]),
      [
        [0, ''],
        [1, 'timeout'],
        [2, 'timeout'],
        [3, 'timeout'],
      ],
    );
    const ids = new Set(sent.map(({ payload }) => payload.event_id));
    assert.equal(ids.size, 1, 'a retry is the same event');
    const { entries } = await sandbox.call('GET', '/wire?kind=delivery');
    assert.equal(entries[0].status, 'timeout');
  });

  it('arrives by a retry when no connection was open', async () => {
    await sandbox.stop();
    sandbox = await startTestSandbox({ retryDelaysMs: [0, 30, 60, 200, 500] });
    await sandbox.call('POST', '/messages', say('early'));
    const client = await connect();
    const [envelope] = await client.wait('message');
    assert.ok(envelope.retry_attempt >= 1);
  });
});

describe('A delivery fault', () => {
  it('duplicate: the same envelope and the same event come twice, not marked as a retry', async () => {
    const client = await connect();
    await fault({ kind: 'duplicate', match: 'message' });
    await sandbox.call('POST', '/messages', say('twice'));
    const [first, second] = await client.wait('message', 2);
    assert.equal(first.envelope_id, second.envelope_id);
    assert.equal(first.payload.event_id, second.payload.event_id);
    assert.deepEqual([first.retry_attempt, second.retry_attempt], [0, 0]);
    assert.deepEqual((await sandbox.call('GET', '/faults')).faults, []);
  });

  it('duplicate with retryAttempt: the second is marked', async () => {
    const client = await connect();
    await fault({ kind: 'duplicate', match: '*', retryAttempt: 1 });
    await sandbox.call('POST', '/messages', say('twice'));
    const sent = await client.wait('message', 2);
    assert.deepEqual(
      sent.map((envelope) => envelope.retry_attempt),
      [0, 1],
    );
  });

  it('late: the bot gets the delivery after the person has given up', async () => {
    const client = await connect();
    // So much later than the person's time limit that a busy machine makes no difference.
    await fault({ kind: 'late', match: 'slash_commands', delayMs: 1_000 });
    assert.equal((await sandbox.call('POST', '/commands', ask)).outcome, 'timeout');
    assert.equal(client.envelopes('slash_commands').length, 0);
    await client.wait('slash_commands');
  });

  it('reorder: what came first arrives second', async () => {
    const client = await connect();
    await fault({ kind: 'reorder', match: 'message' });
    await sandbox.call('POST', '/messages', say('first'));
    await sandbox.call('POST', '/messages', say('second'));
    const sent = await client.wait('message', 2);
    assert.deepEqual(
      sent.map(({ payload }) => payload.event.text),
      ['second', 'first'],
    );
  });

  it('lose-ack: the bot acknowledged, Slack sends again', async () => {
    const client = await connect();
    await fault({ kind: 'lose-ack', match: 'message' });
    await sandbox.call('POST', '/messages', say('once more'));
    const sent = await client.wait('message', 2);
    assert.equal(sent[1].retry_attempt, 1);
    const { entries } = await sandbox.call('GET', '/wire?kind=delivery');
    assert.equal(entries[0].status, 'ack lost');
  });

  it('drop-socket announced: a disconnect message, and no more deliveries there', async () => {
    const [one, two] = [await connect(), await connect()];
    await fault({ kind: 'drop-socket', announce: true });
    const [message] = await one.wait('disconnect');
    assert.equal(message.reason, 'warning');
    await sandbox.call('POST', '/messages', say('a'));
    await sandbox.call('POST', '/messages', say('b'));
    await two.wait('message', 2);
    assert.equal(one.envelopes('message').length, 0);
  });

  it('drop-socket without announcement: the connection closes', async () => {
    const client = await connect();
    const closed = once(client.socket, 'close');
    await fault({ kind: 'drop-socket', announce: false });
    const [code] = await closed;
    assert.equal(code, 1006);
    assert.equal(client.envelopes('disconnect').length, 0);
  });

  it('drop-socket waits for a connection when none is open', async () => {
    await fault({ kind: 'drop-socket', announce: true });
    const client = await connect();
    await client.wait('disconnect');
  });

  it('expired-trigger: the trigger is spent when it arrives', async () => {
    const client = await connect();
    await fault({ kind: 'expired-trigger' });
    await sandbox.call('POST', '/commands', ask);
    const [envelope] = await client.wait('slash_commands');
    const view = {
      type: 'modal',
      title: { type: 'plain_text', text: 'a' },
      blocks: [{ type: 'divider' }],
    };
    const opened = await sandbox.api('views.open', {
      trigger_id: envelope.payload.trigger_id,
      view,
    });
    assert.equal(opened.error, 'expired_trigger_id');
  });

  it('is refused when it makes no sense, and can be taken back', async () => {
    const wrong = [
      { on: 'slack', kind: 'nonsense' },
      { on: 'slack', kind: 'late', match: '*' },
      { on: 'slack', kind: 'duplicate', match: '*', times: 0 },
      { on: 'moon', kind: 'late' },
    ];
    for (const body of wrong) {
      assert.equal((await sandbox.attempt('POST', '/faults', body)).status, 400);
    }
    const { id } = await fault({ kind: 'reorder', match: '*', times: 3 });
    assert.equal((await sandbox.call('GET', '/faults')).faults.length, 1);
    await sandbox.call('DELETE', `/faults/${id}`);
    assert.equal((await sandbox.call('GET', '/faults')).faults.length, 0);
    assert.equal((await sandbox.attempt('DELETE', '/faults/none')).status, 404);
  });
});

type Hit = { headers: IncomingHttpHeaders; body: string };
type Reaction = { status?: number; headers?: Record<string, string>; body?: string };

describe('Signed HTTP', () => {
  let hits: Hit[];
  let react: (hit: Hit) => Reaction | undefined;
  let url: string;
  let close: () => Promise<void>;

  beforeEach(async () => {
    hits = [];
    react = (hit) => {
      const body = hit.body.startsWith('{') ? JSON.parse(hit.body) : {};
      return body.type === 'url_verification' ? { body: body.challenge } : {};
    };
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const hit = { headers: request.headers, body };
      hits.push(hit);
      const reaction = react(hit);
      if (!reaction) return;
      response.writeHead(reaction.status ?? 200, reaction.headers).end(reaction.body);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
    close = async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    };
  });
  afterEach(() => close());

  const toHttp = () => sandbox.call('POST', '/bot', { transport: 'http', requestUrl: url });

  it('verifies the request URL with a challenge before it uses it', async () => {
    await toHttp();
    const verification = JSON.parse(hits[0]?.body ?? '{}');
    assert.equal(verification.type, 'url_verification');
    react = () => ({ body: 'something else' });
    const refused = await sandbox.attempt('POST', '/bot', { transport: 'http', requestUrl: url });
    assert.deepEqual([refused.status, refused.body.error], [422, 'request_url_not_verified']);
  });

  it('signs the raw body, with the content types Slack uses', async () => {
    await toHttp();
    await sandbox.call('POST', '/commands', ask);
    await sandbox.call('POST', '/messages', say('hi'));
    await sandbox.call('POST', '/shortcuts', { user: 'U0TARA', callbackId: 'anywhere' });
    await until('all have arrived', () => hits.length === 4);
    for (const { headers, body } of hits) {
      const timestamp = headers['x-slack-request-timestamp'];
      const signature = createHmac('sha256', bot.signingSecret)
        .update(`v0:${timestamp}:${body}`)
        .digest('hex');
      assert.equal(headers['x-slack-signature'], `v0=${signature}`);
    }
    const types = hits.slice(1).map(({ headers }) => headers['content-type']);
    assert.equal(types.filter((type) => type === 'application/json').length, 1);
    assert.equal(types.filter((type) => type === 'application/x-www-form-urlencoded').length, 2);
    const command = hits.find(({ body }) => body.includes('command=%2Fask'));
    assert.equal(new URLSearchParams(command?.body).get('user_id'), 'U0TARA');
    const shortcut = hits.find(({ body }) => body.startsWith('payload='));
    const payload = JSON.parse(new URLSearchParams(shortcut?.body).get('payload') ?? '{}');
    assert.equal(payload.callback_id, 'anywhere');
  });

  it('takes a text or a message in the answer to a command', async () => {
    await toHttp();
    react = () => ({ headers: { 'content-type': 'text/plain' }, body: 'Just text' });
    assert.equal((await sandbox.call('POST', '/commands', ask)).text, 'Just text');
    const message = { response_type: 'in_channel', text: 'For all' };
    react = () => ({
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
    });
    await sandbox.call('POST', '/commands', ask);
    const { messages } = await sandbox.call('GET', `/messages?user=U0BEA&channel=${channel}`);
    assert.deepEqual([messages.at(-1).text, messages.at(-1).ephemeral], ['For all', false]);
  });

  it('marks the retries of an event with number and reason', async () => {
    await toHttp();
    react = () => ({ status: 500, body: 'no' });
    await sandbox.call('POST', '/messages', say('hi'));
    await until('the last retry', () => hits.length === 5);
    const marks = hits.slice(1).map(({ headers }) => headers['x-slack-retry-num']);
    assert.deepEqual(marks, [undefined, '1', '2', '3']);
    assert.equal(hits[4]?.headers['x-slack-retry-reason'], 'http_error');
  });

  it('makes one attempt when the app sends the header that stops retries', async () => {
    await toHttp();
    react = () => ({ status: 500, headers: { 'x-slack-no-retry': '1' } });
    await sandbox.call('POST', '/messages', say('hi'));
    await until('it was answered', async () => {
      const { entries } = await sandbox.call('GET', '/wire?kind=delivery');
      return entries.some(({ status }: Answer) => status === 500);
    });
    react = () => ({});
    await sandbox.call('POST', '/messages', say('next'));
    await until('the next one', () => hits.some(({ body }) => body.includes('next')));
    assert.equal(hits.filter(({ body }) => body.includes('"hi"')).length, 1);
  });

  it('shows the person an error, a timeout, or that nobody is there', async () => {
    await toHttp();
    react = () => ({ status: 404 });
    assert.equal((await sandbox.call('POST', '/commands', ask)).outcome, 'error');
    react = () => undefined;
    assert.equal((await sandbox.call('POST', '/commands', ask)).outcome, 'timeout');
    await close();
    assert.equal((await sandbox.call('POST', '/commands', ask)).outcome, 'error');
    const { bot: state } = await sandbox.call('GET', '/state?user=U0TARA');
    assert.deepEqual([state.transport, state.connected], ['http', false]);
    close = async () => {};
  });
});
