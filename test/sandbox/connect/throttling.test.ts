import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type ConnectClient,
  CreateUserCommand,
  DescribeInstanceCommand,
  ListUsersCommand,
} from '@aws-sdk/client-connect';
import { TokenBucket } from '../../../sandbox/connect/bucket.ts';
import { defaultSettings } from '../../../sandbox/connect/settings.ts';
import { newUser, production, refusedWith, sso, start } from './sandbox-client.ts';

const throttled = refusedWith('ThrottlingException', 429);
const describeInstance = (client: ConnectClient, InstanceId = production) =>
  client.send(new DescribeInstanceCommand({ InstanceId }));

describe('throttling', () => {
  it('allows 2 calls a second with a burst of 5 by default', () => {
    assert.equal(defaultSettings.ratePerSecond, 2);
    assert.equal(defaultSettings.burst, 5);
  });

  it('lets the burst through, then the rate, and says "Too Many Requests"', async (t) => {
    let now = new Date();
    const { client } = await start(t, {
      now: () => now,
      settings: { ratePerSecond: 2, burst: 5 },
    });
    for (let call = 0; call < 5; call += 1) await describeInstance(client);
    await assert.rejects(describeInstance(client), throttled);
    await assert.rejects(describeInstance(client), { message: 'Too Many Requests' });
    now = new Date(now.getTime() + 499);
    await assert.rejects(describeInstance(client), throttled);
    now = new Date(now.getTime() + 1);
    await describeInstance(client);
    await assert.rejects(describeInstance(client), throttled);
    now = new Date(now.getTime() + 60_000);
    for (let call = 0; call < 5; call += 1) await describeInstance(client);
    await assert.rejects(describeInstance(client), throttled);
  });

  it('has one bucket an operation, shared by all instances', async (t) => {
    const now = new Date();
    const { client } = await start(t, {
      now: () => now,
      settings: { ratePerSecond: 1, burst: 1 },
    });
    await describeInstance(client, production);
    await assert.rejects(describeInstance(client, sso), throttled);
    await client.send(new ListUsersCommand({ InstanceId: sso }));
  });

  it('refuses a throttled call without effect', async (t) => {
    const now = new Date();
    const { client, connectSandbox } = await start(t, {
      now: () => now,
      settings: { ratePerSecond: 1, burst: 1 },
    });
    await client.send(new CreateUserCommand(newUser('first')));
    await assert.rejects(client.send(new CreateUserCommand(newUser('second'))), throttled);
    assert.ok(!connectSandbox.state().users.some(({ username }) => username === 'second'));
  });

  it('can be set for one operation alone', async (t) => {
    const now = new Date();
    const { client, connectSandbox } = await start(t, {
      now: () => now,
      settings: { ratePerSecond: 1, burst: 1 },
    });
    connectSandbox.configure({ perOperation: { ListUsers: { ratePerSecond: 10, burst: 3 } } });
    for (let call = 0; call < 3; call += 1) {
      await client.send(new ListUsersCommand({ InstanceId: production }));
    }
    await assert.rejects(client.send(new ListUsersCommand({ InstanceId: production })), throttled);
    const level = connectSandbox.state().bucket.find(({ operation }) => operation === 'ListUsers');
    assert.deepEqual(level, { operation: 'ListUsers', level: 0, burst: 3 });
  });

  it('becomes stricter while another application uses the account', async (t) => {
    let now = new Date();
    const { client } = await start(t, {
      now: () => now,
      settings: { ratePerSecond: 2, burst: 5, othersPerSecond: 1 },
    });
    await describeInstance(client);
    let through = 0;
    for (let step = 0; step < 200; step += 1) {
      now = new Date(now.getTime() + 100);
      await describeInstance(client).then(
        () => {
          through += 1;
        },
        () => {},
      );
    }
    // 20 seconds at the remaining rate of 1 per second, after a burst of 5.
    assert.ok(through >= 20 && through <= 25, `${through}`);
  });
});

describe('a token bucket', () => {
  const limits = { ratePerSecond: 2, burst: 5, othersPerSecond: 0 };

  it('is not confused by a clock that goes back', () => {
    const bucket = new TokenBucket(limits, 100_000);
    for (let call = 0; call < 5; call += 1) assert.ok(bucket.take(limits, 100_000));
    assert.ok(!bucket.take(limits, 50_000));
    assert.ok(bucket.take(limits, 50_500));
  });

  it('still has a token sometimes when others call as often as it refills', () => {
    const contested = { ...limits, othersPerSecond: 3 };
    const bucket = new TokenBucket(contested, 0);
    let through = 0;
    for (let at = 0; at < 30_000; at += 10) if (bucket.take(contested, at)) through += 1;
    assert.ok(through > 5 && through < 60, `${through}`);
  });
});
