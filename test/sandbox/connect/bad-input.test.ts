import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { DescribeInstanceCommand } from '@aws-sdk/client-connect';
import type { ConnectSandbox } from '../../../sandbox/connect/server.ts';
import { ask, newUser, production, signed, start } from './sandbox-client.ts';

const users = `/users/${production}`;
const put = (connectSandbox: ConnectSandbox, body: string, headers: Record<string, string> = {}) =>
  ask(connectSandbox, { method: 'PUT', path: users, body, headers });

/** Sends raw bytes and returns the response before the connection ended. */
const sendRaw = (
  connectSandbox: ConnectSandbox,
  text: string,
  { hangUp = false } = {},
): Promise<string> =>
  new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(connectSandbox.port, '127.0.0.1', () => {
      socket.write(text, () => hangUp && socket.destroy());
    });
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => {
      received += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(received));
  });

describe('bad input', () => {
  for (const [name, body, type] of [
    ['text that is no JSON', '{"Username": ', 'SerializationException'],
    ['nothing at all', '', 'InvalidRequestException'],
    ['a list', '[]', 'InvalidRequestException'],
    ['null', 'null', 'InvalidRequestException'],
    ['a string', '"Mary"', 'InvalidRequestException'],
  ] as const) {
    it(`answers ${type} to a body of ${name}`, async (t) => {
      const { connectSandbox } = await start(t);
      const answer = await put(connectSandbox, body);
      assert.equal(answer.status, 400);
      assert.equal(answer.type, type);
    });
  }

  it('survives nesting without end, in values and in search criteria', async (t) => {
    const { connectSandbox } = await start(t);
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    const list = await put(connectSandbox, `{"SecurityProfileIds": ${deep}}`);
    assert.equal(list.status, 400);
    const criteria = '{"OrConditions":['.repeat(5000) + ']}'.repeat(5000);
    const answer = await ask(connectSandbox, {
      method: 'POST',
      path: '/search-users',
      body: `{"InstanceId":"${production}","SearchCriteria":${criteria}}`,
    });
    assert.equal(answer.type, 'InvalidParameterException');
    assert.match(answer.body.Message, /nested too deeply/);
  });

  it('keeps keys such as __proto__ and constructor as plain data', async (t) => {
    const { connectSandbox } = await start(t);
    const body = JSON.stringify(newUser('zoe')).replace(
      '{',
      '{"__proto__":{"Password":"Pass@Word1"},"constructor":1,"Tags":{"__proto__":"x","constructor":"y"},',
    );
    const answer = await put(connectSandbox, body);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    const zoe = connectSandbox.state().users.find(({ username }) => username === 'zoe');
    assert.equal(zoe?.tags.constructor, 'y');
    assert.equal(({} as Record<string, unknown>).Password, undefined);
  });

  it('refuses another content type and a body beyond a mebibyte', async (t) => {
    const { connectSandbox } = await start(t);
    const form = await put(connectSandbox, 'Username=Mary', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    assert.equal(form.status, 415);
    const huge = await put(connectSandbox, JSON.stringify(newUser('x'.repeat(2 * 1024 * 1024))));
    assert.equal(huge.status, 413);
    assert.equal(connectSandbox.calls().at(-1)?.error, 'RequestEntityTooLargeException');
    assert.equal((await put(connectSandbox, JSON.stringify(newUser('zoe')))).status, 200);
  });

  for (const [method, path, status] of [
    ['GET', '/', 404],
    ['GET', '/users', 404],
    ['POST', users, 404],
    ['PUT', `${users}/x/y`, 404],
    ['GET', `//users-summary/${production}`, 404],
    ['GET', `/users-summary/arn:aws:connect:us-west-2:123456789012:instance/${production}`, 404],
    ['GET', '/users-summary/%', 400],
    ['GET', '/users-summary/%FF', 400],
    ['GET', '/users-summary/', 400],
    ['GET', `/users-summary/${production}?maxResults=many`, 400],
    ['GET', `/users-summary/${production}?maxResults=1001`, 400],
    ['GET', '/users-summary/__proto__', 404],
    ['GET', `/users-summary/${production}%2F..%2Fx`, 404],
  ] as const) {
    it(`answers ${status} to ${method} ${path}`, async (t) => {
      const { connectSandbox } = await start(t);
      const answer = await ask(connectSandbox, { method, path });
      assert.equal(answer.status, status, JSON.stringify(answer.body));
      assert.ok(answer.body.Message);
    });
  }

  it('goes on after sockets that send rubbish or leave in the middle', async (t) => {
    const { client, connectSandbox } = await start(t);
    assert.match(await sendRaw(connectSandbox, 'RUBBISH\r\n\r\n'), /^HTTP\/1\.1 400/);
    const headers = Object.entries(signed())
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('');
    const half = `PUT ${users} HTTP/1.1\r\nhost: x\r\n${headers}content-type: application/json\r\ncontent-length: 1000\r\n\r\n{"Username"`;
    await sendRaw(connectSandbox, half, { hangUp: true });
    while (connectSandbox.calls()[0]?.outcome !== 'cut')
      await new Promise((next) => setImmediate(next));
    await sendRaw(connectSandbox, '', { hangUp: true });
    const { Instance } = await client.send(new DescribeInstanceCommand({ InstanceId: production }));
    assert.equal(Instance?.Id, production);
  });
});
