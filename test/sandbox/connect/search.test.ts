import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type ConnectClient,
  CreateUserCommand,
  SearchRoutingProfilesCommand,
  SearchSecurityProfilesCommand,
  SearchUserHierarchyGroupsCommand,
  SearchUsersCommand,
  type SearchUsersCommandInput,
  type UserSearchCriteria,
} from '@aws-sdk/client-connect';
import { agentProfile, newUser, production, refusedWith, start } from './sandbox-client.ts';

const invalid = refusedWith('InvalidParameterException', 400);

const string = (FieldName: string, Value: string, ComparisonType = 'EXACT') =>
  ({ StringCondition: { FieldName, Value, ComparisonType } }) as UserSearchCriteria;

const search = (client: ConnectClient, rest: Partial<SearchUsersCommandInput> = {}) =>
  client.send(new SearchUsersCommand({ InstanceId: production, MaxResults: 500, ...rest }));

const usernames = async (client: ConnectClient, rest: Partial<SearchUsersCommandInput>) =>
  (await search(client, rest)).Users?.map(({ Username }) => Username).sort();

describe('SearchUsers', () => {
  it('answers with tags and the total, in milliseconds, and never with an email', async (t) => {
    const { client } = await start(t);
    await client.send(
      new CreateUserCommand(
        newUser('zoe', {
          IdentityInfo: { FirstName: 'Zoë', LastName: 'Bright', Email: 'zoe@harbour.example' },
          PhoneConfig: { PhoneType: 'SOFT_PHONE', AfterContactWorkTimeLimit: 60 },
          Tags: { Country: 'UK' },
        }),
      ),
    );
    const found = await search(client, { SearchCriteria: string('Username', 'zoe') });
    assert.equal(found.ApproximateTotalCount, 1);
    const [user] = found.Users ?? [];
    assert.deepEqual(user?.IdentityInfo, { FirstName: 'Zoë', LastName: 'Bright' });
    assert.equal(user?.PhoneConfig?.AfterContactWorkTimeLimit, 60_000);
    assert.deepEqual(user?.Tags, { Country: 'UK' });
    assert.doesNotMatch(JSON.stringify(found), /harbour\.example/);
  });

  it('lags behind creation by as long as the setting says', async (t) => {
    let now = new Date();
    const { client } = await start(t, { now: () => now, settings: { searchLagMs: 2000 } });
    await client.send(new CreateUserCommand(newUser('late')));
    const criteria = { SearchCriteria: string('Username', 'late') };
    now = new Date(now.getTime() + 1999);
    assert.deepEqual(await usernames(client, criteria), []);
    now = new Date(now.getTime() + 1);
    assert.deepEqual(await usernames(client, criteria), ['late']);
  });

  it('compares exactly, from the start, or anywhere, whatever the case', async (t) => {
    const { client } = await start(t);
    const by = (value: string, how: string) =>
      usernames(client, { SearchCriteria: string('Username', value, how) });
    assert.deepEqual(await by('ARI.ADMIN', 'EXACT'), ['ari.admin']);
    assert.deepEqual(await by('ari', 'EXACT'), []);
    assert.deepEqual(await by('ari', 'STARTS_WITH'), ['ari.admin']);
    assert.deepEqual(await by('ri.ad', 'CONTAINS'), ['ari.admin']);
  });

  it('knows every documented field and no email', async (t) => {
    const { client, connectSandbox } = await start(t);
    const jane = connectSandbox.state().users.find(({ username }) => username === 'jdoe');
    for (const [field, value] of [
      ['FirstName', 'Jane'],
      ['LastName', 'Doe'],
      ['resourceId', jane?.id ?? ''],
    ] as const) {
      const found = await usernames(client, { SearchCriteria: string(field, value) });
      assert.deepEqual(found, ['jdoe'], field);
    }
    const agents = await usernames(client, {
      SearchCriteria: string('SecurityProfileId', agentProfile),
    });
    assert.ok(agents?.includes('jdoe') && !agents.includes('ari.admin'));
    await assert.rejects(search(client, { SearchCriteria: string('Email', 'x') }), invalid);
  });

  it('combines conditions with or and and, in each other', async (t) => {
    const { client } = await start(t);
    const either = { OrConditions: [string('Username', 'bea'), string('Username', 'sam')] };
    assert.deepEqual(await usernames(client, { SearchCriteria: either }), ['bea', 'sam']);
    const both = { AndConditions: [either, string('LastName', 'Berg')] };
    assert.deepEqual(await usernames(client, { SearchCriteria: both }), ['bea']);
    const twoAtOnce = { ...either, ...string('LastName', 'Berg') };
    await assert.rejects(search(client, { SearchCriteria: twoAtOnce }), invalid);
  });

  it('finds by group, with or without the groups below', async (t) => {
    const { client, connectSandbox } = await start(t);
    const { hierarchyGroups, users } = connectSandbox.state();
    const berlin = hierarchyGroups.find(({ path }) => path.join('/') === 'Berlin');
    const by = (HierarchyGroupMatchType: 'EXACT' | 'WITH_CHILD_GROUPS') =>
      usernames(client, {
        SearchCriteria: {
          HierarchyGroupCondition: { Value: berlin?.id, HierarchyGroupMatchType },
        },
      });
    const below = users.filter(({ hierarchyGroup }) => hierarchyGroup?.[0] === 'Berlin');
    assert.deepEqual(await by('EXACT'), []);
    assert.deepEqual(await by('WITH_CHILD_GROUPS'), below.map(({ username }) => username).sort());
    assert.ok(below.length > 5);
  });

  it('filters by tags, and by tags within groups', async (t) => {
    const { client, connectSandbox } = await start(t);
    const { hierarchyGroups, users } = connectSandbox.state();
    const german = { TagKey: 'Country', TagValue: 'DE' };
    const count = (test: (user: (typeof users)[number]) => boolean) => users.filter(test).length;
    const total = async (SearchFilter: SearchUsersCommandInput['SearchFilter']) =>
      (await search(client, { SearchFilter })).ApproximateTotalCount;
    const inGermany = count(({ tags }) => tags.Country === 'DE');
    assert.ok(inGermany > 0);
    assert.equal(await total({ TagFilter: { TagCondition: german } }), inGermany);
    const center = { TagKey: 'CostCentre', TagValue: '4100' };
    assert.equal(
      await total({ TagFilter: { OrConditions: [[german, center], [{ TagKey: 'Nothing' }]] } }),
      count(({ tags }) => tags.Country === 'DE' && tags.CostCentre === '4100'),
    );
    const berlin = hierarchyGroups.find(({ path }) => path.join('/') === 'Berlin');
    assert.equal(
      await total({
        UserAttributeFilter: {
          AndCondition: {
            TagConditions: [center],
            HierarchyGroupCondition: {
              Value: berlin?.id,
              HierarchyGroupMatchType: 'WITH_CHILD_GROUPS',
            },
          },
        },
      }),
      count(({ tags }) => tags.Country === 'DE' && tags.CostCentre === '4100'),
    );
    await assert.rejects(
      total({ TagFilter: { TagCondition: german }, UserAttributeFilter: { TagCondition: german } }),
      refusedWith('AccessDeniedException', 403),
    );
  });

  it('finds nobody by proficiency, since nobody here has one', async (t) => {
    const { client } = await start(t);
    const SearchCriteria: UserSearchCriteria = {
      ListCondition: { TargetListType: 'PROFICIENCIES', Conditions: [] },
    };
    assert.deepEqual(await usernames(client, { SearchCriteria }), []);
  });

  it('has pages whose tokens belong to their criteria', async (t) => {
    const { client } = await start(t);
    const SearchCriteria = string('SecurityProfileId', agentProfile);
    const first = await search(client, { SearchCriteria, MaxResults: 3 });
    const { NextToken } = first;
    const second = await search(client, { SearchCriteria, MaxResults: 3, NextToken });
    const ids = [...(first.Users ?? []), ...(second.Users ?? [])].map(({ Id }) => Id);
    assert.equal(new Set(ids).size, 6);
    await assert.rejects(search(client, { NextToken }), invalid);
  });
});

describe('the other searches', () => {
  it('find routing profiles by name, and refuse CONTAINS with 1 or 26 characters', async (t) => {
    const { client } = await start(t);
    const find = (Value: string) =>
      client.send(
        new SearchRoutingProfilesCommand({
          InstanceId: production,
          SearchCriteria: {
            StringCondition: { FieldName: 'name', Value, ComparisonType: 'CONTAINS' },
          },
        }),
      );
    const found = await find('german');
    assert.ok((found.RoutingProfiles?.length ?? 0) > 10);
    assert.ok(found.RoutingProfiles?.every(({ Name }) => Name?.endsWith('German')));
    await assert.rejects(find('g'), invalid);
    await assert.rejects(find('g'.repeat(26)), invalid);
  });

  it('find security profiles by a permission', async (t) => {
    const { client } = await start(t);
    const { SecurityProfiles } = await client.send(
      new SearchSecurityProfilesCommand({
        InstanceId: production,
        SearchCriteria: {
          StringCondition: {
            FieldName: 'permissions',
            Value: 'Users.Create',
            ComparisonType: 'EXACT',
          },
        },
      }),
    );
    assert.deepEqual(
      SecurityProfiles?.map(({ SecurityProfileName }) => SecurityProfileName).sort(),
      ['Admin', 'Berlin User Manager', 'Bristol User Manager', 'User Manager'],
    );
  });

  it('find groups, among them the one of level 0 that nobody can be put into', async (t) => {
    const { client, connectSandbox } = await start(t);
    const find = (FieldName: string, Value: string) =>
      client.send(
        new SearchUserHierarchyGroupsCommand({
          InstanceId: production,
          SearchCriteria: { StringCondition: { FieldName, Value, ComparisonType: 'EXACT' } },
        }),
      );
    const night = await find('name', 'Night Team');
    assert.equal(night.UserHierarchyGroups?.length, 2);
    const bristol = connectSandbox
      .state()
      .hierarchyGroups.find(({ path }) => path.join() === 'Bristol');
    const departments = await find('parentId', bristol?.id ?? '');
    assert.deepEqual(
      departments.UserHierarchyGroups?.map(({ LevelId }) => LevelId),
      ['2', '2', '2'],
    );
    const root = (await find('levelId', '0')).UserHierarchyGroups?.[0];
    await assert.rejects(
      client.send(new CreateUserCommand(newUser('zoe', { HierarchyGroupId: root?.Id }))),
      refusedWith('ResourceNotFoundException', 404),
    );
  });
});
