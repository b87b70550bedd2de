import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { describe, type TestContext, test } from 'node:test';
import { WebAPIPlatformError } from '@slack/web-api';
import { keepConnected, standardSocketTiming } from '../../src/slack/sockets/keep-connected.ts';
import { log } from '../services.ts';
import { until } from '../until.ts';

const quick = {
  ...standardSocketTiming,
  longestWaitMs: 20,
  openWithinMs: 50,
  staggerMs: 100_000,
  unhealthyAfterMs: 80,
  endAfterMs: 200,
};

/** A connection that opens, or fails as `answer` specifies. */
class FakeSocket extends EventEmitter {
  opens = 0;
  answer: () => Promise<unknown> = async () => {};
  async start() {
    this.opens += 1;
    return this.answer();
  }
  async disconnect() {
    this.drop();
  }
  drop() {
    this.emit('disconnected');
  }
}

const refused = (code: string) => async () => {
  throw new WebAPIPlatformError({ ok: false, error: code });
};

function start(t: TestContext, timing = quick) {
  const sockets = [new FakeSocket(), new FakeSocket()] as const;
  const deaf: string[] = [];
  const connections = keepConnected(sockets, {
    log,
    timing,
    onDeaf: (reason) => void deaf.push(reason),
  });
  t.after(() => connections.stop());
  return { sockets, connections, deaf };
}

describe('connections to Slack', () => {
  test('are opened again at once, and neither takes the other down', async (t) => {
    const { sockets, connections } = start(t);
    await connections.start();
    await until('both are open', () => connections.health().open === 2);
    sockets[0].drop();
    await until(
      'it is open again',
      () => sockets[0].opens === 2 && connections.health().open === 2,
    );
    assert.equal(sockets[1].opens, 1);
  });

  test('come back after codes at which the SDK gives up for good', async (t) => {
    const { sockets, connections } = start(t, { ...quick, unhealthyAfterMs: 60_000 });
    await connections.start();
    for (const code of ['invalid_auth', 'account_inactive', 'team_disabled']) {
      for (const socket of sockets) socket.answer = refused(code);
      for (const socket of sockets) socket.drop();
      await until(`nothing is open: ${code}`, () => connections.health().reason === code);
      for (const socket of sockets) socket.answer = async () => {};
      await until('both are back', () => connections.health().open === 2);
      assert.equal(connections.health().reason, null);
    }
  });

  test('wait no longer than the bound, however long it takes', async (t) => {
    const { sockets, connections } = start(t, { ...quick, endAfterMs: 60_000 });
    await connections.start();
    for (const socket of sockets) socket.answer = refused('internal_error');
    for (const socket of sockets) socket.drop();
    const before = sockets[0].opens;
    await until('many tries', () => sockets[0].opens > before + 10);
  });

  test('make the bot unhealthy when they stay closed, and then end it with the reason', async (t) => {
    const { sockets, connections, deaf } = start(t);
    await connections.start();
    assert.equal(connections.health().healthy, true);
    for (const socket of sockets) socket.answer = refused('account_inactive');
    for (const socket of sockets) socket.drop();
    await until('it is unhealthy', () => !connections.health().healthy);
    await until('it ends', () => deaf.length > 0);
    assert.deepEqual(deaf, ['account_inactive']);
  });

  test('are given up and opened again when Slack never sends hello', async (t) => {
    const { sockets, connections } = start(t);
    sockets[0].answer = () => new Promise(() => {});
    await connections.start();
    await until('it is tried again', () => sockets[0].opens > 2);
  });

  test('are of different ages, so that Slack does not renew both at once', async (t) => {
    const { sockets, connections } = start(t, { ...quick, staggerMs: 30 });
    await connections.start();
    await until('the second is renewed', () => sockets[1].opens === 2);
    await until('both are open', () => connections.health().open === 2);
    assert.equal(sockets[0].opens, 1);
  });

  test('make the start fail when Slack refuses the token', async (t) => {
    const { sockets, connections } = start(t);
    for (const socket of sockets) socket.answer = refused('invalid_auth');
    await assert.rejects(connections.start(), /invalid_auth/);
  });
});
