import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { type ConnectSandbox, startConnect } from '../../sandbox/connect/server.ts';
import { instances } from '../../sandbox/seed.ts';
import { readExistingUsers } from '../../src/connect/existing-users.ts';
import type { ConnectReadError } from '../../src/connect/gateway.ts';
import type { NewUser } from '../../src/users/new-user.ts';
import { answerJson, gatewayTo, mary, shortTimeouts, startStub } from './stub.ts';

const [production, sso, branch] = instances;

async function startConnectSandbox(t: TestContext): Promise<ConnectSandbox> {
  const connectSandbox = await startConnect({
    port: 0,
    settings: { ratePerSecond: 1_000, burst: 1_000, searchLagMs: 0 },
  });
  t.after(() => connectSandbox.stop());
  return connectSandbox;
}

describe('reading an instance', () => {
  it('tells its identity mode and where its people sign in', async (t) => {
    const connectSandbox = await startConnectSandbox(t);
    for (const { id, identity } of [production, sso, branch]) {
      const facts = await gatewayTo(t, connectSandbox.url, { instanceId: id }).instance();
      assert.equal(facts.id, id);
      assert.equal(facts.identityMode, identity);
      assert.match(facts.arn, new RegExp(`instance/${id}$`));
      assert.match(facts.accessUrl ?? '', /^https:/);
    }
  });

  it('names every profile, group and user that Connect holds', async (t) => {
    const connectSandbox = await startConnectSandbox(t);
    const gateway = gatewayTo(t, connectSandbox.url);
    const state = connectSandbox.state(production.id);
    const byId = (left: { id: string }, right: { id: string }) => (left.id < right.id ? -1 : 1);
    assert.deepEqual(
      (await gateway.routingProfiles()).sort(byId),
      [...state.routingProfiles].sort(byId),
    );
    assert.deepEqual(
      (await gateway.securityProfiles()).sort(byId),
      state.securityProfiles.map(({ id, name }) => ({ id, name })).sort(byId),
    );
    assert.deepEqual(
      (await gateway.hierarchyGroups()).map(({ id, path }) => ({ id, path })).sort(byId),
      [...state.hierarchyGroups].sort(byId),
    );
    assert.deepEqual(
      (await gateway.users()).map((user) => user.username).sort(),
      state.users.map((user) => user.username).sort(),
    );
    const admin = state.securityProfiles.find((profile) => profile.name === 'Admin');
    const { permissions } = await gateway.securityProfile(admin?.id ?? '');
    assert.deepEqual([...permissions].sort(), [...(admin?.permissions ?? [])].sort());
    const admins = await gateway.usersWithProfile(admin?.id ?? '');
    assert.deepEqual(
      admins.map(({ username }) => username).sort(),
      state.users
        .filter(({ securityProfiles }) => securityProfiles.includes('Admin'))
        .map(({ username }) => username)
        .sort(),
    );
    assert.ok(admins.length > 0);
  });

  it('reports whether it was throttled or not answered until its deadline', async (t) => {
    const timeouts = { ...shortTimeouts, readDeadlineMs: 300 };
    const busy = await startStub(t, (response) =>
      answerJson(response, 400, { Message: 'Rate exceeded' }, 'ThrottlingException'),
    );
    await assert.rejects(gatewayTo(t, busy.url, { timeouts }).users(), {
      kind: 'throttled',
      message: 'ListUsers: Too Many Requests, for 0.3 s',
    });
    const silent = await startStub(t, () => {});
    await assert.rejects(gatewayTo(t, silent.url, { timeouts }).users(), {
      kind: 'unavailable',
      message: 'ListUsers: no answer within 0.3 s',
    });
  });

  it('tells what a security profile gives beside permissions, and what it limits', async (t) => {
    const connectSandbox = await startConnectSandbox(t);
    const gateway = gatewayTo(t, connectSandbox.url);
    const { securityProfiles, hierarchyGroups } = connectSandbox.state(production.id);
    const read = (name: string) =>
      gateway.securityProfile(
        securityProfiles.find((securityProfile) => securityProfile.name === name)?.id ?? '',
      );
    const bristol = hierarchyGroups.find(({ path }) => path.join() === 'Bristol');

    assert.equal((await read('Agent')).restriction, null);
    assert.deepEqual((await read('Berlin User Manager')).restriction, {
      tags: { Country: 'DE' },
      tagRestricted: ['User'],
      hierarchyGroupId: null,
      hierarchyRestricted: [],
    });
    assert.deepEqual((await read('Bristol User Manager')).restriction, {
      tags: {},
      tagRestricted: [],
      hierarchyGroupId: bristol?.id,
      hierarchyRestricted: ['User'],
    });
    const { grants, isGranular } = await read('Claims Desk');
    assert.equal(isGranular, false);
    assert.deepEqual(
      grants.map(({ kind, id }) => (kind === 'application' ? `${kind} ${id}` : kind)),
      [
        'application claims.harbour.example ACCESS',
        'application mcp.harbour.example readClaim',
        'ai-agent',
        'flow-module',
      ],
    );
  });

  it('describes a user, and returns nothing for an unknown id', async (t) => {
    const connectSandbox = await startConnectSandbox(t);
    const gateway = gatewayTo(t, connectSandbox.url);
    const bea = connectSandbox.state().users.find((user) => user.username === 'bea');
    const found = await gateway.describeUser(bea?.id ?? '');
    assert.equal(found?.username, 'bea');
    assert.equal(found?.lastName, 'Berg');
    assert.equal(found?.securityProfileIds.length, 1);
    assert.equal(await gateway.describeUser('99999999-9999-9999-9999-999999999999'), null);
  });

  it('shows everybody with names and profiles, page by page', async (t) => {
    const connectSandbox = await startConnectSandbox(t);
    const gateway = gatewayTo(t, connectSandbox.url);
    const { users } = connectSandbox.state(production.id);
    const taken = users.slice(0, 8).map(({ username }) => username);
    const read = await readExistingUsers(gateway, [...taken, 'nobody']);
    assert.deepEqual([...read.keys()].sort(), taken.toSorted());
    assert.equal(read.get('bea')?.lastName, taken.includes('bea') ? 'Berg' : undefined);
    assert.deepEqual([...(await readExistingUsers(gateway, ['sam', 'SAM'])).keys()], ['sam']);
  });

  it('gives proficiencies, and again only those that are missing', async (t) => {
    const connectSandbox = await startConnectSandbox(t);
    const gateway = gatewayTo(t, connectSandbox.url);
    const known = await gateway.predefinedAttributes();
    assert.ok(known.get('Language')?.includes('German'));
    const sam = connectSandbox.state().users.find(({ username }) => username === 'sam');
    const id = sam?.id ?? '';
    const german = { attribute: 'Language', value: 'German', level: 4 };
    const french = { attribute: 'Language', value: 'French', level: 2 };
    const held = () =>
      connectSandbox
        .state()
        .users.find((user) => user.id === id)
        ?.proficiencies.map(({ AttributeValue }) => AttributeValue);
    await gateway.addProficiencies(id, [german]);
    await gateway.addProficiencies(id, [german, french]);
    await gateway.addProficiencies(id, [german, french]);
    assert.deepEqual(held(), ['German', 'French']);
    await assert.rejects(gateway.addProficiencies(id, [{ ...german, value: 'Klingon' }]), {
      kind: 'invalid',
    });
  });

  it('finds a user by exactly that username', async (t) => {
    const gateway = gatewayTo(t, (await startConnectSandbox(t)).url);
    assert.equal((await gateway.findUser('bea'))?.username, 'bea');
    assert.equal(await gateway.findUser('BEA'), null);
    assert.equal(await gateway.findUser('be'), null);
  });
});

describe('creating users', () => {
  it("creates AWS's own example with exactly its values", async (t) => {
    const connectSandbox = await startConnectSandbox(t);
    const gateway = gatewayTo(t, connectSandbox.url);
    const outcome = await gateway.createUser({ user: mary, password: 'Pass@Word1', tags: {} });
    assert.equal(outcome.kind, 'created', JSON.stringify(outcome));
    const user = connectSandbox.state().users.find((user) => user.username === 'Mary');
    assert.equal(outcome.kind === 'created' && outcome.userArn, user?.arn);
    assert.deepEqual(user?.settings.PhoneConfig, {
      PhoneType: 'DESK_PHONE',
      AutoAccept: true,
      AfterContactWorkTimeLimit: 60,
      DeskPhoneNumber: '+15555551212',
    });
    const again = await gateway.createUser({ user: mary, password: 'Pass@Word1', tags: {} });
    assert.partialDeepStrictEqual(again, { kind: 'refused', reason: 'duplicate' });
  });

  it('creates a user with every setting there is', async (t) => {
    const connectSandbox = await startConnectSandbox(t);
    const gateway = gatewayTo(t, connectSandbox.url);
    const [group] = await gateway.hierarchyGroups();
    const everything: NewUser = {
      ...mary,
      username: 'everything',
      email: 'mary@example.com',
      secondaryEmail: 'mary@example.org',
      mobile: '+447400123456',
      ...(group && { hierarchyGroup: group }),
      phone: { type: 'soft', autoAccept: false, persistentConnection: true },
      voiceEnhancement: 'VOICE_ISOLATION',
      channels: {
        VOICE: { agentFirstCallbackAutoAccept: true, agentFirstCallbackAfterContactWorkSeconds: 5 },
        CHAT: { autoAccept: true, afterContactWorkSeconds: 0 },
      },
      tags: { team: 'Wrens' },
    };
    const outcome = await gateway.createUser({
      user: everything,
      password: 'Pass@Word1',
      tags: { 'created-by': 'connect-add-user' },
    });
    assert.equal(outcome.kind, 'created', JSON.stringify(outcome));
    const found = await gateway.findUser('everything');
    assert.deepEqual(found?.tags, { team: 'Wrens', 'created-by': 'connect-add-user' });
    assert.equal(found?.hierarchyGroupId, group?.id);
    const { settings } =
      connectSandbox.state().users.find((user) => user.username === 'everything') ?? {};
    assert.equal(settings?.PhoneConfig, undefined);
  });

  it('creates users without a password where the company signs them in', async (t) => {
    const connectSandbox = await startConnectSandbox(t);
    for (const { id } of [sso, branch]) {
      const gateway = gatewayTo(t, connectSandbox.url, { instanceId: id });
      const [routingProfile] = await gateway.routingProfiles();
      const [profile] = await gateway.securityProfiles();
      assert.ok(routingProfile && profile);
      const user = { ...mary, routingProfile, securityProfiles: [profile] };
      const outcome = await gateway.createUser({ user, tags: {} });
      assert.equal(outcome.kind, 'created', JSON.stringify(outcome));
    }
  });

  it('is unclear when the answer is lost after the user was created (H1)', async (t) => {
    const connectSandbox = await startConnectSandbox(t);
    connectSandbox.addFault({ on: 'connect', kind: 'lose-answer', operation: 'CreateUser' });
    const gateway = gatewayTo(t, connectSandbox.url);
    const outcome = await gateway.createUser({ user: mary, password: 'Pass@Word1', tags: {} });
    assert.equal(outcome.kind, 'unclear');
    assert.equal(connectSandbox.state().users.filter((user) => user.username === 'Mary').length, 1);
  });
});

describe('a Connect that does not behave', () => {
  it('is called again when it is throttled, fails, or answers with a page of HTML', async (t) => {
    const connectSandbox = await startConnectSandbox(t);
    const operation = 'ListRoutingProfiles';
    connectSandbox.addFault({
      on: 'connect',
      kind: 'error',
      operation,
      error: 'ThrottlingException',
    });
    connectSandbox.addFault({
      on: 'connect',
      kind: 'error',
      operation,
      error: 'InternalServiceException',
    });
    connectSandbox.addFault({ on: 'connect', kind: 'html-502', operation });
    connectSandbox.addFault({ on: 'connect', kind: 'reset', operation });
    const profiles = await gatewayTo(t, connectSandbox.url).routingProfiles();
    assert.equal(profiles.length, connectSandbox.state().routingProfiles.length);
  });

  it('is read from the first page again when a page token has expired', async (t) => {
    const answers = [
      { Permissions: ['A'], NextToken: 'one' },
      'expired',
      { Permissions: ['A', 'B'], NextToken: 'two' },
      { Permissions: ['C'] },
    ];
    const stub = await startStub(t, (response, { path }) => {
      if (!path.startsWith('/security-profiles-permissions/')) return answerJson(response, 200, {});
      const answer = answers.shift();
      if (answer === 'expired') {
        answerJson(response, 400, { Message: 'token' }, 'InvalidParameterException');
      } else {
        answerJson(response, 200, answer);
      }
    });
    const { permissions } = await gatewayTo(t, stub.url).securityProfile('p');
    assert.deepEqual(permissions, ['A', 'B', 'C']);
    assert.equal(answers.length, 0);
  });

  const failures = [
    [403, 'AccessDeniedException', 'denied'],
    [404, 'ResourceNotFoundException', 'not-found'],
    [400, 'InvalidRequestException', 'invalid'],
  ] as const;
  for (const [status, name, kind] of failures) {
    it(`ends a read that meets ${name} as ${kind}`, async (t) => {
      const stub = await startStub(t, (response) =>
        answerJson(response, status, { Message: 'why' }, name),
      );
      await assert.rejects(gatewayTo(t, stub.url).users(), (error: ConnectReadError) => {
        assert.equal(error.kind, kind);
        assert.equal(error.message, 'ListUsers: why');
        return true;
      });
      assert.equal(stub.seen.length, 1);
    });
  }

  it('makes a read fail as unavailable within a known time when it does not answer', async (t) => {
    const stub = await startStub(t, () => {});
    const gateway = gatewayTo(t, stub.url, { timeouts: shortTimeouts });
    await assert.rejects(gateway.users(), { name: 'ConnectReadError', kind: 'unavailable' });
  });

  it('does not return an incomplete instance', async (t) => {
    const stub = await startStub(t, (response) => answerJson(response, 200, {}));
    await assert.rejects(gatewayTo(t, stub.url).instance(), { kind: 'unavailable' });
  });
});
