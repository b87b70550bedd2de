import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  CreateUserCommand,
  DescribeInstanceCommand,
  ListUsersCommand,
} from '@aws-sdk/client-connect';
import { SandboxProblem } from '../../../sandbox/connect/problem.ts';
import { connectTo, newUser, production, refusedWith, start } from './sandbox-client.ts';

const describeInstance = () => new DescribeInstanceCommand({ InstanceId: production });

describe('a fault', () => {
  for (const [error, status] of [
    ['ThrottlingException', 429],
    ['TooManyRequestsException', 429],
    ['LimitExceededException', 429],
    ['InternalServiceException', 500],
    ['AccessDeniedException', 403],
    ['DuplicateResourceException', 409],
    ['ResourceNotFoundException', 404],
  ] as const) {
    it(`answers ${error} with ${status}, without effect, as often as asked`, async (t) => {
      const { client, connectSandbox } = await start(t);
      connectSandbox.addFault({
        on: 'connect',
        kind: 'error',
        operation: 'CreateUser',
        error,
        times: 2,
      });
      for (let attempt = 0; attempt < 2; attempt += 1) {
        await assert.rejects(
          client.send(new CreateUserCommand(newUser('zoe'))),
          refusedWith(error, status),
        );
      }
      assert.ok(!connectSandbox.state().users.some(({ username }) => username === 'zoe'));
      assert.deepEqual(connectSandbox.faults(), []);
      await client.send(new CreateUserCommand(newUser('zoe')));
    });
  }

  it('affects its own operation only, or every operation', async (t) => {
    const { client, connectSandbox } = await start(t);
    connectSandbox.addFault({
      on: 'connect',
      kind: 'error',
      operation: 'ListUsers',
      error: 'AccessDeniedException',
    });
    await client.send(describeInstance());
    const { id } = connectSandbox.addFault({
      on: 'connect',
      kind: 'error',
      operation: '*',
      error: 'AccessDeniedException',
      message: 'User: arn:aws:iam::123456789012:user/bot is not authorized',
      times: 3,
    });
    await assert.rejects(client.send(describeInstance()), {
      message: 'User: arn:aws:iam::123456789012:user/bot is not authorized',
    });
    assert.equal(connectSandbox.faults().find((fault) => fault.id === id)?.used, 1);
    assert.equal(connectSandbox.removeFault(id), true);
    assert.equal(connectSandbox.removeFault(id), false);
    await client.send(describeInstance());
  });

  it('loses the answer after the user was created', async (t) => {
    const { client, connectSandbox } = await start(t);
    connectSandbox.addFault({ on: 'connect', kind: 'lose-answer', operation: 'CreateUser' });
    await assert.rejects(
      client.send(new CreateUserCommand(newUser('zoe'))),
      /ECONNRESET|socket hang up|aborted/,
    );
    assert.ok(connectSandbox.state().users.some(({ username }) => username === 'zoe'));
    const [call] = connectSandbox.calls();
    assert.equal(call?.outcome, 'lost');
    assert.equal(call?.status, null);
    await assert.rejects(
      client.send(new CreateUserCommand(newUser('zoe'))),
      refusedWith('DuplicateResourceException', 409),
    );
  });

  it("makes the default retry report one's own user as a duplicate", async (t) => {
    const { connectSandbox } = await start(t);
    const retrying = connectTo(connectSandbox, { maxAttempts: 3 });
    t.after(() => retrying.destroy());
    connectSandbox.addFault({ on: 'connect', kind: 'lose-answer', operation: 'CreateUser' });
    await assert.rejects(
      retrying.send(new CreateUserCommand(newUser('zoe'))),
      refusedWith('DuplicateResourceException', 409),
    );
    assert.equal(connectSandbox.calls().length, 2);
  });

  it('resets the connection before anything happened', async (t) => {
    const { client, connectSandbox } = await start(t);
    connectSandbox.addFault({ on: 'connect', kind: 'reset', operation: 'CreateUser' });
    await assert.rejects(
      client.send(new CreateUserCommand(newUser('zoe'))),
      /ECONNRESET|socket hang up|aborted/,
    );
    assert.ok(!connectSandbox.state().users.some(({ username }) => username === 'zoe'));
  });

  it('answers with a page of HTML, which the SDK cannot read', async (t) => {
    const { client, connectSandbox } = await start(t);
    connectSandbox.addFault({ on: 'connect', kind: 'html-502', operation: '*' });
    await assert.rejects(client.send(describeInstance()), { name: 'SyntaxError' });
    assert.equal(connectSandbox.calls()[0]?.status, 502);
  });

  it('delays an answer', async (t) => {
    const { client, connectSandbox } = await start(t);
    connectSandbox.addFault({ on: 'connect', kind: 'slow', operation: '*', delayMs: 60 });
    const before = performance.now();
    await client.send(describeInstance());
    assert.ok(performance.now() - before >= 55);
    assert.ok((connectSandbox.calls()[0]?.durationMs ?? 0) >= 55);
  });

  it('answers after the caller’s timeout, when the user was already created', async (t) => {
    let ended = () => {};
    const end = new Promise<void>((resolve) => {
      ended = resolve;
    });
    const { client, connectSandbox } = await start(t, { onCall: () => ended() });
    connectSandbox.addFault({ on: 'connect', kind: 'slow', operation: 'CreateUser', delayMs: 80 });
    const giveUp = new AbortController();
    const asked = client.send(new CreateUserCommand(newUser('zoe')), {
      abortSignal: giveUp.signal,
    });
    while (connectSandbox.faults().length > 0)
      await new Promise((resolve) => setImmediate(resolve));
    giveUp.abort();
    await assert.rejects(asked, { name: 'AbortError' });
    await end;
    assert.equal(connectSandbox.calls()[0]?.outcome, 'lost');
    assert.ok(connectSandbox.state().users.some(({ username }) => username === 'zoe'));
  });

  it('never answers, and stays under way until the caller gives up', async (t) => {
    let ended = () => {};
    const end = new Promise<void>((resolve) => {
      ended = resolve;
    });
    const { client, connectSandbox } = await start(t, { onCall: () => ended() });
    connectSandbox.addFault({ on: 'connect', kind: 'hang', operation: '*' });
    const giveUp = new AbortController();
    const asked = client.send(describeInstance(), { abortSignal: giveUp.signal });
    while (connectSandbox.faults().length > 0)
      await new Promise((resolve) => setImmediate(resolve));
    assert.equal(connectSandbox.calls()[0]?.outcome, 'under-way');
    giveUp.abort();
    await assert.rejects(asked, { name: 'AbortError' });
    await end;
    assert.equal(connectSandbox.calls()[0]?.outcome, 'cut');
    assert.equal(connectSandbox.calls()[0]?.status, null);
  });

  it('expires the next page token, and waits for a call that has one', async (t) => {
    const { client, connectSandbox } = await start(t);
    connectSandbox.addFault({ on: 'connect', kind: 'expired-token', operation: 'ListUsers' });
    const list = (NextToken?: string) =>
      client.send(new ListUsersCommand({ InstanceId: production, MaxResults: 5, NextToken }));
    const { NextToken } = await list();
    assert.equal(connectSandbox.faults().length, 1);
    await assert.rejects(list(NextToken), refusedWith('InvalidParameterException', 400));
    await list(NextToken);
  });

  it('a fault with a spelling mistake is refused, not ignored', async (t) => {
    const { connectSandbox } = await start(t);
    const wrong: unknown[] = [
      { on: 'connect', kind: 'error', operation: 'CreateUsers', error: 'ThrottlingException' },
      { on: 'connect', kind: 'error', operation: 'CreateUser', error: 'ThrotlingException' },
      { on: 'connect', kind: 'slow', operation: 'CreateUser' },
      { on: 'connect', kind: 'reset', operation: 'CreateUser', times: 0 },
      { on: 'slack', kind: 'duplicate', match: '*' },
    ];
    for (const spec of wrong) {
      assert.throws(
        () => connectSandbox.addFault(spec as Parameters<typeof connectSandbox.addFault>[0]),
        SandboxProblem,
      );
    }
    assert.deepEqual(connectSandbox.faults(), []);
  });
});

describe('an admin on the website meanwhile', () => {
  it('takes a permission away, changes who has what, adds and deletes users', async (t) => {
    const changed: string[] = [];
    const { connectSandbox } = await start(t, { onChange: (instance) => changed.push(instance) });
    const user = (username: string) =>
      connectSandbox.state().users.find((candidate) => candidate.username === username);
    connectSandbox.changeProfile({
      instance: 'production',
      action: 'set-permissions',
      id: 'Admin',
      permissions: ['Users.View'],
    });
    const admin = connectSandbox.state().securityProfiles.find(({ name }) => name === 'Admin');
    assert.deepEqual(admin?.permissions, ['Users.View']);
    connectSandbox.changeProfile({
      instance: production,
      action: 'set-user-profiles',
      user: { username: 'bea', securityProfileIds: ['Agent'] },
    });
    assert.deepEqual(user('bea')?.securityProfiles, ['Agent']);
    connectSandbox.changeProfile({
      instance: production,
      action: 'add-user',
      user: { username: 'newcomer', email: 'n@harbour.example' },
    });
    assert.equal(user('newcomer')?.email, 'n@harbour.example');
    connectSandbox.changeProfile({
      instance: production,
      action: 'delete-user',
      id: user('newcomer')?.id ?? '',
    });
    assert.equal(user('newcomer'), undefined);
    assert.deepEqual(changed, [production, production, production, production]);
  });

  it('gets an error that names what is missing', async (t) => {
    const { connectSandbox } = await start(t);
    const refuse = (change: Parameters<typeof connectSandbox.changeProfile>[0], error: string) =>
      assert.throws(
        () => connectSandbox.changeProfile(change),
        (problem) => problem instanceof SandboxProblem && problem.problem.error === error,
      );
    refuse({ instance: 'nowhere', action: 'delete-user', id: 'x' }, 'no_such_instance');
    refuse({ instance: 'sso', action: 'delete-user' }, 'invalid_change');
    refuse({ instance: 'sso', action: 'delete-security-profile', id: 'Nobody' }, 'no_such_profile');
    refuse(
      { instance: 'sso', action: 'add-user', user: { username: 'ari.admin@harbour.example' } },
      'user_exists',
    );
  });
});

it('a reset brings back users, settings, buckets, and forgets faults and calls', async (t) => {
  const { client, connectSandbox } = await start(t, { settings: { usersQuota: 400 } });
  const before = connectSandbox.state();
  await client.send(new CreateUserCommand(newUser('zoe')));
  connectSandbox.configure({ usersQuota: 1 });
  connectSandbox.addFault({ on: 'connect', kind: 'reset', operation: '*' });
  connectSandbox.reset();
  assert.deepEqual(connectSandbox.state(), before);
  assert.deepEqual(connectSandbox.faults(), []);
  assert.deepEqual(connectSandbox.calls(), []);
});
