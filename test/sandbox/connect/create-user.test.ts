import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  CreateUserCommand,
  type CreateUserRequest,
  DeleteUserCommand,
  DescribeUserCommand,
} from '@aws-sdk/client-connect';
import {
  createUser,
  newUser,
  production,
  profilesOf,
  refusedWith,
  type Started,
  sso,
  start,
} from './sandbox-client.ts';

const marysPhone = {
  PhoneType: 'DESK_PHONE',
  AutoAccept: true,
  AfterContactWorkTimeLimit: 60,
  DeskPhoneNumber: '+15555551212',
} as const;

describe("AWS's own example", () => {
  it('creates Mary, who has no email, and answers with her id and ARN', async (t) => {
    const { client } = await start(t);
    const made = await client.send(
      new CreateUserCommand(newUser('Mary', { PhoneConfig: marysPhone })),
    );
    assert.match(made.UserId ?? '', /^[0-9a-f-]{36}$/);
    assert.equal(
      made.UserArn,
      `arn:aws:connect:us-west-2:123456789012:instance/${production}/agent/${made.UserId}`,
    );
    const { User } = await client.send(
      new DescribeUserCommand({ InstanceId: production, UserId: made.UserId }),
    );
    assert.equal(User?.Username, 'Mary');
    assert.deepEqual(User?.IdentityInfo, { FirstName: 'Mary', LastName: 'Major' });
    assert.deepEqual(User?.PhoneConfig, marysPhone);
  });

  it('refuses the same username as a duplicate, and accepts one in a different case', async (t) => {
    const { client } = await start(t);
    await client.send(new CreateUserCommand(newUser('Mary')));
    await assert.rejects(
      client.send(new CreateUserCommand(newUser('Mary'))),
      refusedWith('DuplicateResourceException', 409),
    );
    await client.send(new CreateUserCommand(newUser('MARY')));
  });

  it('is possible again once Mary was deleted', async (t) => {
    const { client } = await start(t);
    const { UserId } = await client.send(new CreateUserCommand(newUser('Mary')));
    await client.send(new DeleteUserCommand({ InstanceId: production, UserId }));
    const again = await client.send(new CreateUserCommand(newUser('Mary')));
    assert.notEqual(again.UserId, UserId);
  });

  it('takes the instance as an ARN too', async (t) => {
    const { client } = await start(t);
    const InstanceId = `arn:aws:connect:us-west-2:123456789012:instance/${production}`;
    const made = await client.send(new CreateUserCommand(newUser('Mary', { InstanceId })));
    assert.ok(made.UserId);
  });
});

describe('what a user is made of', () => {
  it('comes back exactly as it was sent, per channel', async (t) => {
    const { client, connectSandbox } = await start(t);
    const group = connectSandbox.state().hierarchyGroups.find(({ path }) => path.length === 3);
    const settings = {
      AutoAcceptConfigs: [
        { Channel: 'VOICE', AutoAccept: true, AgentFirstCallbackAutoAccept: false },
        { Channel: 'CHAT', AutoAccept: false },
      ],
      AfterContactWorkConfigs: [
        { Channel: 'EMAIL', AfterContactWorkConfig: { AfterContactWorkTimeLimit: 2_000_000 } },
      ],
      PhoneNumberConfigs: [{ Channel: 'VOICE', PhoneType: 'SOFT_PHONE' }],
      PersistentConnectionConfigs: [{ Channel: 'VOICE', PersistentConnection: true }],
      VoiceEnhancementConfigs: [{ Channel: 'VOICE', VoiceEnhancementMode: 'VOICE_ISOLATION' }],
      Tags: { Country: 'DE', 'cost center': '' },
      HierarchyGroupId: group?.id,
    };
    const { UserId } = await client.send(
      new CreateUserCommand(newUser('zoe', settings) as CreateUserRequest),
    );
    const { User } = await client.send(new DescribeUserCommand({ InstanceId: production, UserId }));
    for (const [member, value] of Object.entries(settings)) {
      assert.deepEqual(User?.[member as keyof typeof User], value, member);
    }
    const shown = connectSandbox.state().users.find(({ id }) => id === UserId);
    assert.deepEqual(shown?.hierarchyGroup, group?.path);
    assert.equal(shown?.hasPassword, true);
  });

  it('ignores members the service does not know, at any depth', async (t) => {
    const { connectSandbox } = await start(t);
    const answer = await createUser(connectSandbox, {
      ...newUser('zoe'),
      ClientToken: 'unknown',
      PhoneConfig: { PhoneType: 'SOFT_PHONE', Colour: 'red' },
    });
    assert.equal(answer.status, 200);
    const shown = connectSandbox.state().users.find(({ username }) => username === 'zoe');
    assert.deepEqual(shown?.settings, { PhoneConfig: { PhoneType: 'SOFT_PHONE' } });
  });

  it('counts null as absent', async (t) => {
    const { connectSandbox } = await start(t);
    const body = { ...newUser('zoe'), HierarchyGroupId: null, Tags: null, PhoneConfig: null };
    assert.equal((await createUser(connectSandbox, body)).status, 200);
    const missing = await createUser(connectSandbox, { ...newUser('yara'), Password: null });
    assert.equal(missing.body.Message, 'Required parameter missing: Password');
  });
});

const names = { FirstName: 'Mary', LastName: 'Major' };

describe('CreateUser', () => {
  it('refuses the same security profile twice', async (t) => {
    const { connectSandbox } = await start(t);
    const [one] = connectSandbox.state().securityProfiles;
    const answer = await createUser(
      connectSandbox,
      newUser('twice', { SecurityProfileIds: [one?.id, one?.id] }),
    );
    assert.equal(answer.type, 'InvalidParameterException');
  });

  it('supports every interpretation of the email rule for SAML', async (t) => {
    const { connectSandbox } = await start(t);
    const withEmail = { IdentityInfo: { ...names, Email: 'm@harbour.example' } };
    const send = (username: string, change: Record<string, unknown>) =>
      createUser(connectSandbox, {
        ...newUser(username, { Password: undefined }),
        ...profilesOf(connectSandbox, sso),
        ...change,
      });
    connectSandbox.configure({ samlEmail: 'allowed' });
    assert.equal((await send('one', withEmail)).status, 200);
    assert.equal((await send('two', {})).status, 200);
    connectSandbox.configure({ samlEmail: 'required' });
    assert.equal((await send('three', withEmail)).status, 200);
    assert.equal((await send('four', {})).body.Message, 'Required parameter missing: Email');
  });

  it('stops at the quota of users with LimitExceededException, and one deletion makes space again', async (t) => {
    const { client, connectSandbox } = await start(t);
    const { users } = connectSandbox.state();
    connectSandbox.configure({ usersQuota: users.length + 1 });
    await client.send(new CreateUserCommand(newUser('last.one')));
    await assert.rejects(
      client.send(new CreateUserCommand(newUser('too.many'))),
      refusedWith('LimitExceededException', 429),
    );
    await client.send(new DeleteUserCommand({ InstanceId: production, UserId: users[0]?.id }));
    await client.send(new CreateUserCommand(newUser('too.many')));
  });

  it('fails for a profile that was deleted between check and creation', async (t) => {
    const { client, connectSandbox }: Started = await start(t);
    const profile = connectSandbox.state().routingProfiles.find(({ name }) => name === 'Tier 2');
    connectSandbox.changeProfile({
      instance: 'production',
      action: 'delete-routing-profile',
      id: profile?.id ?? '',
    });
    await assert.rejects(
      client.send(new CreateUserCommand(newUser('zoe', { RoutingProfileId: profile?.id }))),
      { name: 'ResourceNotFoundException' },
    );
  });
});
