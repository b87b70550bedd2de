import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  CreateUserCommand,
  DescribeInstanceCommand,
  DescribeSecurityProfileCommand,
  DescribeUserHierarchyGroupCommand,
  DescribeUserHierarchyStructureCommand,
  ListInstancesCommand,
  ListRoutingProfilesCommand,
  ListSecurityProfilePermissionsCommand,
  ListSecurityProfilesCommand,
  ListTagsForResourceCommand,
  ListUserHierarchyGroupsCommand,
  ListUsersCommand,
  paginateListRoutingProfiles,
  paginateListUsers,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-connect';
import { connectUsers } from '../../../sandbox/seed.ts';
import {
  agentProfile,
  basicRouting,
  branch,
  newUser,
  production,
  refusedWith,
  sso,
  start,
} from './sandbox-client.ts';

const invalid = refusedWith('InvalidParameterException', 400);

describe('what is in the instances', () => {
  it('has the profiles that AWS names in its example', async (t) => {
    const { connectSandbox } = await start(t);
    const { routingProfiles, securityProfiles, instance } = connectSandbox.state();
    assert.equal(instance.id, production);
    assert.equal(securityProfiles.find(({ id }) => id === agentProfile)?.name, 'Agent');
    assert.equal(
      routingProfiles.find(({ id }) => id === basicRouting)?.name,
      'Basic Routing Profile',
    );
  });

  it('has more routing profiles than one select or one page shows, and a team name used twice', async (t) => {
    const { connectSandbox } = await start(t);
    const { routingProfiles, hierarchyGroups, users } = connectSandbox.state();
    assert.ok(routingProfiles.length > 100);
    assert.equal(new Set(routingProfiles.map(({ name }) => name)).size, routingProfiles.length);
    const night = hierarchyGroups.filter(({ path }) => path.at(-1) === 'Night Team');
    assert.equal(night.length, 2);
    assert.ok(users.length > 40);
    assert.equal(new Set(users.map(({ username }) => username)).size, users.length);
  });

  it('has the people of the cast under their username in each instance', async (t) => {
    const { connectSandbox } = await start(t);
    const named = (instance: string, username: string) =>
      connectSandbox.state(instance).users.find((user) => user.username === username);
    for (const person of connectUsers) {
      const user = named('production', person.username);
      assert.equal(user?.email, person.email);
      assert.deepEqual(user?.securityProfiles, person.securityProfiles);
    }
    assert.deepEqual(named('sso', 'ari.admin@harbour.example')?.securityProfiles, ['Admin']);
    assert.deepEqual(named('branch', 'ari.admin')?.securityProfiles, ['Admin']);
  });

  it('lets User Managers create users but not listen in, and Supervisors the reverse', async (t) => {
    const { connectSandbox } = await start(t);
    const holds = (name: string, permission: string) =>
      connectSandbox
        .state()
        .securityProfiles.find((profile) => profile.name === name)
        ?.permissions.includes(permission);
    for (const [name, create, listen] of [
      ['Admin', true, true],
      ['User Manager', true, false],
      ['Supervisor', false, true],
      ['Agent', false, false],
    ] as const) {
      assert.equal(holds(name, 'Users.Create'), create, name);
      assert.equal(holds(name, 'ManagerListenIn'), listen, name);
    }
  });

  it('keeps its ids over a restart', async (t) => {
    const [one, two] = [await start(t), await start(t)];
    assert.deepEqual(one.connectSandbox.state(), two.connectSandbox.state());
  });

  it('has three instances, one for each way of managing identities', async (t) => {
    const { client } = await start(t);
    const { InstanceSummaryList = [] } = await client.send(new ListInstancesCommand({}));
    assert.deepEqual(
      new Map(InstanceSummaryList.map((item) => [item.Id, item.IdentityManagementType])),
      new Map([
        [production, 'CONNECT_MANAGED'],
        [sso, 'SAML'],
        [branch, 'EXISTING_DIRECTORY'],
      ]),
    );
    const { Instance } = await client.send(new DescribeInstanceCommand({ InstanceId: sso }));
    assert.equal(Instance?.InstanceAccessUrl, 'https://harbour-sso.my.connect.aws');
    assert.ok(Instance?.CreatedTime instanceof Date);
  });
});

describe('looking things up', () => {
  it('shows a security profile with what restricts its holder', async (t) => {
    const { client } = await start(t);
    const { SecurityProfileSummaryList = [] } = await client.send(
      new ListSecurityProfilesCommand({ InstanceId: production }),
    );
    const berlin = SecurityProfileSummaryList.find(({ Name }) => Name === 'Berlin User Manager');
    const { SecurityProfile } = await client.send(
      new DescribeSecurityProfileCommand({ InstanceId: production, SecurityProfileId: berlin?.Id }),
    );
    assert.deepEqual(SecurityProfile?.AllowedAccessControlTags, { Country: 'DE' });
    assert.deepEqual(SecurityProfile?.TagRestrictedResources, ['User']);
  });

  it('shows a group with the path to it, and the names of the levels', async (t) => {
    const { client, connectSandbox } = await start(t);
    const team = connectSandbox.state().hierarchyGroups.find(({ path }) => path.length === 3);
    const { HierarchyGroup } = await client.send(
      new DescribeUserHierarchyGroupCommand({
        InstanceId: production,
        HierarchyGroupId: team?.id,
      }),
    );
    const path = HierarchyGroup?.HierarchyPath;
    assert.deepEqual(
      [path?.LevelOne?.Name, path?.LevelTwo?.Name, path?.LevelThree?.Name],
      team?.path,
    );
    assert.equal(path?.LevelFour, undefined);
    const { HierarchyStructure } = await client.send(
      new DescribeUserHierarchyStructureCommand({ InstanceId: production }),
    );
    assert.equal(HierarchyStructure?.LevelTwo?.Name, 'Department');
  });

  it('answers 404 for everything that does not exist', async (t) => {
    const { client } = await start(t);
    const missing = refusedWith('ResourceNotFoundException', 404);
    const InstanceId = production;
    for (const command of [
      new DescribeSecurityProfileCommand({ InstanceId, SecurityProfileId: 'no' }),
      new ListSecurityProfilePermissionsCommand({ InstanceId, SecurityProfileId: 'no' }),
      new DescribeUserHierarchyGroupCommand({ InstanceId, HierarchyGroupId: 'no' }),
      new ListUsersCommand({ InstanceId: 'no' }),
      new DescribeInstanceCommand({ InstanceId: 'no' }),
    ]) {
      await assert.rejects(client.send(command as ListUsersCommand), missing);
    }
  });
});

describe('pages', () => {
  it('hold 100 by default, and together everything once', async (t) => {
    const { client, connectSandbox } = await start(t);
    const first = await client.send(new ListRoutingProfilesCommand({ InstanceId: production }));
    assert.equal(first.RoutingProfileSummaryList?.length, 100);
    const seen: string[] = [];
    for await (const page of paginateListRoutingProfiles(
      { client, pageSize: 7 },
      { InstanceId: production },
    )) {
      seen.push(...(page.RoutingProfileSummaryList ?? []).map(({ Id = '' }) => Id));
    }
    const all = connectSandbox.state().routingProfiles.map(({ id }) => id);
    assert.deepEqual([...seen].sort(), [...all].sort());
  });

  it('show nobody twice and leave nobody out when users come and go in between', async (t) => {
    const { client, connectSandbox } = await start(t);
    const before = connectSandbox.state().users;
    const seen: string[] = [];
    for await (const page of paginateListUsers(
      { client, pageSize: 10 },
      { InstanceId: production },
    )) {
      seen.push(...(page.UserSummaryList ?? []).map(({ Id = '' }) => Id));
      await client.send(new CreateUserCommand(newUser(`meanwhile.${seen.length}`)));
      connectSandbox.changeProfile({
        instance: production,
        action: 'delete-user',
        id: seen[0] ?? '',
      });
      seen.shift();
    }
    const left = new Set(connectSandbox.state().users.map(({ id }) => id));
    assert.equal(new Set(seen).size, seen.length);
    for (const { id } of before.filter((user) => left.has(user.id))) assert.ok(seen.includes(id));
  });

  it('have tokens that are good for one operation, one instance and one day', async (t) => {
    let now = new Date();
    const { client } = await start(t, { now: () => now });
    const list = (InstanceId: string, NextToken?: string) =>
      client.send(new ListUsersCommand({ InstanceId, MaxResults: 5, NextToken }));
    const { NextToken = '' } = await list(production);
    await assert.rejects(list(sso, NextToken), invalid);
    await assert.rejects(
      client.send(new ListRoutingProfilesCommand({ InstanceId: production, NextToken })),
      invalid,
    );
    await assert.rejects(list(production, `${NextToken.slice(0, -4)}AAAA`), invalid);
    await assert.rejects(list(production, ''), invalid);
    now = new Date(now.getTime() + 24 * 60 * 60_000);
    assert.equal((await list(production, NextToken)).UserSummaryList?.length, 5);
    now = new Date(now.getTime() + 1);
    await assert.rejects(list(production, NextToken), invalid);
  });

  it("do not hold all of Admin's permissions at once", async (t) => {
    const { client, connectSandbox } = await start(t);
    const admin = connectSandbox.state().securityProfiles.find(({ name }) => name === 'Admin');
    const request = { InstanceId: production, SecurityProfileId: admin?.id };
    const first = await client.send(new ListSecurityProfilePermissionsCommand(request));
    assert.equal(first.Permissions?.length, 100);
    const { NextToken } = first;
    const second = await client.send(
      new ListSecurityProfilePermissionsCommand({ ...request, NextToken }),
    );
    const seen = [...(first.Permissions ?? []), ...(second.Permissions ?? [])];
    assert.deepEqual(seen, [...(admin?.permissions ?? [])].sort());
  });

  it('cut permissions and groups too', async (t) => {
    const { client, connectSandbox } = await start(t);
    const { Permissions, NextToken } = await client.send(
      new ListSecurityProfilePermissionsCommand({
        InstanceId: production,
        SecurityProfileId: agentProfile,
        MaxResults: 2,
      }),
    );
    assert.equal(Permissions?.length, 2);
    assert.ok(NextToken);
    const groups = await client.send(
      new ListUserHierarchyGroupsCommand({ InstanceId: production, MaxResults: 1000 }),
    );
    assert.equal(
      groups.UserHierarchyGroupSummaryList?.length,
      connectSandbox.state().hierarchyGroups.length,
    );
    assert.equal(groups.NextToken, undefined);
  });
});

describe('tags', () => {
  it('can be set, read and taken away, on a user by its ARN', async (t) => {
    const { client } = await start(t);
    const { UserArn: resourceArn } = await client.send(
      new CreateUserCommand(newUser('zoe', { Tags: { Country: 'DE' } })),
    );
    await client.send(new TagResourceCommand({ resourceArn, tags: { 'cost center': '7' } }));
    await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['Country'] }));
    const { tags } = await client.send(new ListTagsForResourceCommand({ resourceArn }));
    assert.deepEqual(tags, { 'cost center': '7' });
  });

  it('are refused for what is no ARN, and unknown for what does not exist', async (t) => {
    const { client } = await start(t);
    const read = (resourceArn: string) =>
      client.send(new ListTagsForResourceCommand({ resourceArn }));
    await assert.rejects(read('zoe'), invalid);
    await assert.rejects(
      read(`arn:aws:connect:us-west-2:123456789012:instance/${production}/agent/nobody`),
      refusedWith('ResourceNotFoundException', 404),
    );
  });

  it('stay 50 at most on one resource', async (t) => {
    const { client, connectSandbox } = await start(t);
    const resourceArn = connectSandbox.state().users[0]?.arn;
    const tags = Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`k${index}`, '']));
    await assert.rejects(client.send(new TagResourceCommand({ resourceArn, tags })), invalid);
  });
});
