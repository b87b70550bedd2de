/** An attacker occupies all connections of the bot's server; Slack's requests still get through. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { App } from '@slack/bolt';
import { createHttpReceiver } from '../../../src/http/http-receiver.ts';
import { eventually } from '../../scenarios/sandbox-calls.ts';
import { log } from '../../services.ts';

const signingSecret = 'an-app-has-one-of-32-characters!';

describe('an address with many open connections of another sender', () => {
  const receiver = createHttpReceiver({
    signingSecret,
    path: '/slack/events',
    routes: {},
    pages: {},
    log,
    now: () => new Date(),
  });
  let port = 0;
  const opened: Socket[] = [];

  before(async () => {
    const app = {
      processEvent: async (event: Parameters<App['processEvent']>[0]) => event.ack({ text: 'ok' }),
    };
    // The receiver uses only this function of an app.
    receiver.init(app as unknown as App);
    const server = await receiver.start({ port: 0, host: '127.0.0.1' });
    port = (server as { address(): { port: number } }).address().port;
  });
  after(() => {
    for (const socket of opened) socket.destroy();
    return receiver.stop();
  });

  async function open(text = ''): Promise<Socket> {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    opened.push(socket);
    await once(socket, 'connect');
    socket.write(text);
    return socket;
  }

  /** A delivery from Slack over a connection of its own. */
  async function deliver(): Promise<number> {
    const body = JSON.stringify({ type: 'event_callback', event_id: `Ev${opened.length}` });
    const timestamp = String(Math.floor(Date.now() / 1000));
    const hmac = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`);
    const headers = {
      'content-type': 'application/json',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${hmac.digest('hex')}`,
      connection: 'close',
    };
    const url = `http://127.0.0.1:${port}/slack/events`;
    return (await fetch(url, { method: 'POST', headers, body })).status;
  }

  test('accepts a delivery while the maximum number of connections is open and silent', async () => {
    await Promise.all(Array.from({ length: 500 }, () => open()));
    assert.equal(await deliver(), 200);
    await Promise.all(Array.from({ length: 500 }, () => open('POST /slack/events HTTP/1.1\r\n')));
    assert.equal(await deliver(), 200);
  });

  test('accepts a delivery while unfinished bodies fill the memory that is reserved for them', async () => {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const head =
      'POST /slack/events HTTP/1.1\r\nhost: bot\r\ncontent-type: application/json\r\n' +
      `x-slack-request-timestamp: ${timestamp}\r\nx-slack-signature: v0=${'0'.repeat(64)}\r\n` +
      'content-length: 1000000\r\n\r\n';
    let refused = 0;
    const sockets = await Promise.all(Array.from({ length: 40 }, () => open(head)));
    for (const socket of sockets) {
      socket.once('data', () => {
        refused += 1;
      });
      socket.write('x'.repeat(999_000));
    }
    await eventually('no more is held', async () => refused >= 40 - 33);
    assert.equal(await deliver(), 200);
  });
});
