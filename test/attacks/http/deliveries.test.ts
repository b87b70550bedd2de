/** Requests to the bot's server that Slack would not send: slow, huge, outdated, empty, recorded. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { App } from '@slack/bolt';
import { createHttpReceiver } from '../../../src/http/http-receiver.ts';
import { createLog } from '../../../src/operations/log.ts';
import { startScenario } from '../../scenarios/harness.ts';
import { generalChannel } from '../../scenarios/person.ts';
import { eventually } from '../../scenarios/sandbox-calls.ts';
import { log } from '../../services.ts';

const signingSecret = 'an-app-has-one-of-32-characters!';

function headersFor(body: string, timestamp: string, secret = signingSecret) {
  const hmac = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    'content-type': 'application/json',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${hmac}`,
  };
}

const seconds = (offset = 0) => String(Math.floor(Date.now() / 1000) + offset);

describe('the HTTP receiver', () => {
  const received: unknown[] = [];
  let takes: 'all' | 'nothing' = 'all';
  const app = {
    processEvent: async (event: Parameters<App['processEvent']>[0]) => {
      received.push(event.body);
      if (takes === 'all') await event.ack({ text: `number ${received.length}` });
    },
  };
  const receiver = createHttpReceiver({
    signingSecret,
    path: '/slack/events',
    pages: {},
    routes: { '/health': (_request, response) => void response.writeHead(200).end('ok') },
    log,
    now: () => new Date(),
  });
  let port = 0;

  before(async () => {
    // The receiver uses only this function of an app.
    receiver.init(app as unknown as App);
    const server = await receiver.start({ port: 0, host: '127.0.0.1' });
    port = (server as { address(): { port: number } }).address().port;
  });
  after(() => receiver.stop());

  const post = (body: string, headers: Record<string, string>) =>
    fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST', headers, body });

  /** A request that is started manually, so that a test decides how its body arrives. */
  async function begin(length: number, headers: Record<string, string>): Promise<Socket> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const lines = { host: 'bot', 'content-length': String(length), ...headers };
    const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`POST /slack/events HTTP/1.1\r\n${head.join('')}\r\n`);
    return socket;
  }

  async function answerOf(socket: Socket): Promise<string> {
    socket.on('error', () => {});
    const [data] = await once(socket, 'data');
    socket.destroy();
    return String(data).split('\r\n')[0] ?? '';
  }

  test('refuses a body of more than 1 MB at its first byte, signed or not', async () => {
    const claimed = headersFor('', seconds());
    assert.match(await answerOf(await begin(2_000_000, claimed)), / 413 /);
    // The same without a content length.
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const head = Object.entries({ host: 'bot', 'transfer-encoding': 'chunked', ...claimed });
    socket.write(
      `POST /slack/events HTTP/1.1\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
    );
    const status = answerOf(socket);
    const chunk = `${(65_536).toString(16)}\r\n${'x'.repeat(65_536)}\r\n`;
    for (let sent = 0; sent < 20 && socket.writable; sent++) socket.write(chunk);
    assert.match(await status, / 413 /);
  });

  test('warns of requests that are not Slack’s once a minute, and says how many there were', async (t) => {
    const lines: string[] = [];
    let at = Date.now();
    const quiet = createHttpReceiver({
      signingSecret,
      path: '/slack/events',
      pages: {},
      routes: {},
      log: createLog({ level: 'warn' }, { write: (line) => void lines.push(line) }),
      now: () => new Date(at),
    });
    const server = await quiet.start({ port: 0, host: '127.0.0.1' });
    t.after(() => quiet.stop());
    const { port: its } = (server as { address(): { port: number } }).address();
    const ask = async () => {
      const answer = await fetch(`http://127.0.0.1:${its}/slack/events`, { method: 'POST' });
      assert.equal(answer.status, 401);
    };
    for (let times = 0; times < 50; times++) await ask();
    assert.equal(lines.length, 1);
    at += 61_000;
    await ask();
    assert.deepEqual(
      lines.map((line) => JSON.parse(line).unsaid),
      [undefined, 49],
    );
  });

  test('answers a malformed address with 404, as it answers an unknown one', async () => {
    for (const address of ['//', '///', 'http://[', '/%', '*', '\\']) {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write(`POST ${address} HTTP/1.1\r\nhost: bot\r\ncontent-length: 0\r\n\r\n`);
      assert.match(await answerOf(socket), / 40[04] /, address);
    }
  });

  test('does not read the body of a request that claims no signature, or one of another time', async () => {
    const mark = received.length;
    const cases = [
      { 'content-type': 'application/json' },
      headersFor('{}', seconds(-301)),
      headersFor('{}', seconds(301)),
      headersFor('{}', '99999999999'),
      headersFor('{}', 'Infinity'),
      headersFor('{}', '1e99'),
      headersFor('{}', `${seconds()}.5`),
      headersFor('{}', `-${seconds()}`),
    ];
    for (const headers of cases) {
      // The body never arrives, so a server that waits for it would never answer.
      assert.match(await answerOf(await begin(900_000, headers)), / 401 /);
    }
    assert.equal(received.length, mark);
  });

  test('holds at most 32 MB of bodies whose signature is not verified yet', async () => {
    const claimed = headersFor('', seconds());
    const sockets = await Promise.all(Array.from({ length: 40 }, () => begin(1_000_000, claimed)));
    const statuses: string[] = [];
    for (const socket of sockets) {
      socket.on('error', () => {});
      socket.once('data', (data) => statuses.push(String(data).split('\r\n')[0] ?? ''));
      socket.write('x'.repeat(999_999));
    }
    await eventually('some are refused', async () => statuses.length >= 40 - 33);
    assert.ok(statuses.every((status) => / 503 /.test(status)));
    for (const socket of sockets) socket.destroy();
    const body = '{"type":"event_callback"}';
    await eventually('others are answered again', async () => {
      const answer = await post(body, headersFor(body, seconds()));
      return answer.status === 200;
    });
  });

  test('gives a slow body 10 s, however often a byte of it comes', {
    timeout: 20_000,
  }, async () => {
    const socket = await begin(1_000, headersFor('', seconds()));
    const startedAt = performance.now();
    const drip = setInterval(() => socket.write('x'), 200);
    try {
      assert.match(await answerOf(socket), / 408 /);
    } finally {
      clearInterval(drip);
    }
    const tookMs = performance.now() - startedAt;
    assert.ok(tookMs > 8_000 && tookMs < 14_000, `${tookMs} ms`);
  });

  test('answers a body that is not a delivery with 400, also the JSON value null', async () => {
    const noText = '{"type":"url_verification","challenge":{"toString":"x"}}';
    for (const body of ['null', '[]', '3', '"text"', 'true', '{"type":', '', noText]) {
      const answer = await post(body, headersFor(body, seconds()));
      assert.equal(answer.status, 400, body);
    }
    const form = 'payload=null';
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await post(form, { ...headersFor(form, seconds()), ...type });
    assert.equal(answer.status, 400);
  });

  test('accepts a replayed request once, and repeats its first answer', async () => {
    const body = JSON.stringify({ type: 'event_callback', event_id: 'Ev1' });
    const headers = headersFor(body, seconds());
    const mark = received.length;
    const [first, again] = await Promise.all([post(body, headers), post(body, headers)]);
    const later = await post(body, headers);
    assert.equal(received.length, mark + 1);
    const texts = await Promise.all([first.text(), again.text(), later.text()]);
    assert.equal(new Set(texts).size, 1, texts.join());
  });

  test('accepts a request at the second attempt when the first could not be stored', async () => {
    const body = JSON.stringify({ type: 'event_callback', event_id: 'Ev2' });
    const headers = headersFor(body, seconds());
    takes = 'nothing';
    assert.equal((await post(body, headers)).status, 503);
    takes = 'all';
    assert.equal((await post(body, headers)).status, 200);
  });

  test('answers Slack’s checks of the address and of the certificate, and stores nothing for them', async () => {
    const mark = received.length;
    const challenge = JSON.stringify({ type: 'url_verification', challenge: 'c1' });
    const answer = await post(challenge, headersFor(challenge, seconds()));
    assert.deepEqual(await answer.json(), { challenge: 'c1' });
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    assert.equal((await post('ssl_check=1&token=x', form)).status, 200);
    const smuggled = 'ssl_check=1&payload=%7B%22type%22%3A%22event_callback%22%7D';
    assert.equal((await post(smuggled, form)).status, 200);
    assert.equal((await post('command=/connect-add-user', form)).status, 401);
    assert.equal(received.length, mark);
  });
});

test('a recorded command sends the templates once, to one bot and to its replica', async (t) => {
  const { sandbox, sam, tara, requestUrl, startReplica, replicaUrl } = await startScenario(t, {
    transport: 'http',
  });
  await startReplica();
  await tara.command('template');
  await tara.isSent(/Templates for production/);
  const [sent] = (await sandbox.wire('delivery')).filter((entry) =>
    JSON.stringify(entry.request).includes('template'),
  );
  assert.ok(sent);
  const { headers, payload } = sent.request as {
    headers: Record<string, string>;
    payload: Record<string, string>;
  };
  const body = new URLSearchParams(payload).toString();
  for (const url of [requestUrl(), replicaUrl()]) {
    const answer = await fetch(url, { method: 'POST', headers, body });
    assert.equal(answer.status, 200);
  }
  // Another request that takes as long has started and ended by then.
  await sam.command('template');
  await sam.isSent(/Templates for production/);
  const told = await tara.directMessages();
  assert.equal(told.filter((message) => /Templates for production/.test(message.text)).length, 1);
});

test('a recorded command names no deputy again who was dismissed since, at no replica', async (t) => {
  const { sandbox, ari, requestUrl, startReplica, replicaUrl, database } = await startScenario(t, {
    transport: 'http',
  });
  await startReplica();
  await ari.command('deputy U0BEA for 2 days');
  await ari.isTold(/Bea Berg is your deputy/, generalChannel);
  const [sent] = (await sandbox.wire('delivery')).filter((entry) =>
    JSON.stringify(entry.request).includes('U0BEA for 2 days'),
  );
  assert.ok(sent);
  await ari.command('deputy none');
  await ari.isTold(/Bea Berg is your deputy no longer/, generalChannel);
  const { headers, payload } = sent.request as {
    headers: Record<string, string>;
    payload: Record<string, string>;
  };
  const body = new URLSearchParams(payload).toString();
  for (const url of [requestUrl(), replicaUrl()]) {
    assert.equal((await fetch(url, { method: 'POST', headers, body })).status, 200);
  }
  await ari.command('links');
  await ari.isTold(/Nobody is linked/, generalChannel);
  const deputies = await database.query('select 1 from deputies where ended_at is null');
  assert.deepEqual(deputies, []);
});
