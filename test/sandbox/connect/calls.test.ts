import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CreateUserCommand, DescribeInstanceCommand } from '@aws-sdk/client-connect';
import type { RecordedCall } from '../../../sandbox/connect/calls.ts';
import { ask, newUser, production, start } from './sandbox-client.ts';

const secret = 'Xq7-Very-Secret-Word';

describe('the recorder', () => {
  it('has the calls and their answers in order, and returns each call once', async (t) => {
    const told: RecordedCall[] = [];
    const { client, connectSandbox } = await start(t, { onCall: (call) => told.push(call) });
    await client.send(new DescribeInstanceCommand({ InstanceId: production }));
    await client.send(new CreateUserCommand(newUser('zoe')));
    await assert.rejects(client.send(new CreateUserCommand(newUser('zoe'))));
    const calls = connectSandbox.calls();
    assert.deepEqual(
      calls.map(({ operation, status, error, about }) => [operation, status, error, about]),
      [
        ['DescribeInstance', 200, undefined, undefined],
        ['CreateUser', 200, undefined, 'zoe'],
        ['CreateUser', 409, 'DuplicateResourceException', 'zoe'],
      ],
    );
    assert.ok(calls.every(({ instance }) => instance === production));
    assert.deepEqual(told, calls);
  });

  it('records only that a password was sent and its length', async (t) => {
    const { client, connectSandbox } = await start(t);
    await client.send(new CreateUserCommand(newUser('zoe', { Password: secret })));
    await client.send(new DescribeInstanceCommand({ InstanceId: production }));
    const [created, other] = connectSandbox.calls();
    assert.equal(created?.passwordLength, secret.length);
    assert.equal(other?.passwordLength, undefined);
    const body = created?.request.body as { Password: string };
    assert.equal(body.Password, '[password]');
    assert.doesNotMatch(
      JSON.stringify([connectSandbox.calls(), connectSandbox.state()]),
      new RegExp(secret),
    );
  });

  it('keeps no password of a call that was refused, misspelled, hidden deeper, or not JSON', async (t) => {
    const { connectSandbox } = await start(t);
    const put = (body: string, path = `/users/${production}`) =>
      ask(connectSandbox, { method: 'PUT', path, body });
    const weak = await put(JSON.stringify({ ...newUser('zoe'), Password: 'weak-secret' }));
    assert.equal(weak.status, 400);
    assert.doesNotMatch(weak.body.Message, /weak-secret/);
    await put(JSON.stringify({ user: [{ PASSWORD: secret }], password: { value: secret } }));
    await put(`{"Password": "${secret}"`);
    await put('{}', `/users/${production}?Password=${secret}`);
    const kept = JSON.stringify(connectSandbox.calls());
    assert.doesNotMatch(kept, new RegExp(`${secret}|weak-secret`));
    assert.equal(connectSandbox.calls().length, 4);
  });
});
