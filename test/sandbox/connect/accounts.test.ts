/** Instances in several accounts, Regions and partitions, and the roles that give access to them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  AssociateTrafficDistributionGroupUserCommand,
  AssociateUserProficienciesCommand,
  DescribeInstanceCommand,
  ListInstancesCommand,
  ListTrafficDistributionGroupsCommand,
  ListTrafficDistributionGroupUsersCommand,
  ListUserProficienciesCommand,
  ListUsersCommand,
  SearchUsersCommand,
} from '@aws-sdk/client-connect';
import type { ConnectSandbox } from '../../../sandbox/connect/server.ts';
import { connectTo, production, refusedWith, signed, start } from './sandbox-client.ts';

const partnerRole = 'arn:aws:iam::210987654321:role/connect-add-user';

const arnsOf = async (...connection: Parameters<typeof connectTo>) => {
  const client = connectTo(...connection);
  const { InstanceSummaryList = [] } = await client.send(new ListInstancesCommand({}));
  client.destroy();
  return InstanceSummaryList.map(({ Arn }) => Arn);
};

const key = (accessKeyId: string) => ({
  credentials: { accessKeyId, secretAccessKey: 'y' },
});

describe('an instance', () => {
  it('is seen from its own Region and account alone', async (t) => {
    const { connectSandbox } = await start(t);
    assert.equal((await arnsOf(connectSandbox)).length, 3);
    assert.deepEqual(await arnsOf(connectSandbox, { region: 'eu-central-1' }), [
      'arn:aws:connect:eu-central-1:123456789012:instance/d4e5f6a7-8901-4bcd-8ef0-123456789abc',
    ]);
    assert.deepEqual(await arnsOf(connectSandbox, key('AKIAPARTNEREXAMPLE00')), [
      'arn:aws:connect:us-west-2:210987654321:instance/f6a7b8c9-0123-4def-a012-3456789abcde',
    ]);
    const gov = { region: 'us-gov-west-1', ...key('AKIAGOVEXAMPLE000000') };
    assert.deepEqual(await arnsOf(connectSandbox, gov), [
      'arn:aws-us-gov:connect:us-gov-west-1:345678901234:instance/a7b8c9d0-1234-4ef0-b123-456789abcdef',
    ]);
  });

  it('is not found in another Region, and another partition does not accept the same credentials', async (t) => {
    const { client, connectSandbox } = await start(t);
    const berlin = new ListUsersCommand({ InstanceId: 'd4e5f6a7-8901-4bcd-8ef0-123456789abc' });
    await assert.rejects(client.send(berlin), refusedWith('ResourceNotFoundException', 404));
    await assert.rejects(
      arnsOf(connectSandbox, { region: 'us-gov-west-1' }),
      refusedWith('UnrecognizedClientException', 403),
    );
  });

  it('has buckets that it shares with its account and Region alone', async (t) => {
    const now = new Date();
    const { client, connectSandbox } = await start(t, {
      now: () => now,
      settings: { ratePerSecond: 1, burst: 1 },
    });
    await client.send(new DescribeInstanceCommand({ InstanceId: production }));
    assert.equal((await arnsOf(connectSandbox, { region: 'eu-central-1' })).length, 1);
    assert.equal((await arnsOf(connectSandbox, key('AKIAPARTNEREXAMPLE00'))).length, 1);
    assert.equal((await arnsOf(connectSandbox)).length, 3);
    await assert.rejects(arnsOf(connectSandbox), refusedWith('ThrottlingException', 429));
  });

  it('reports the global sign-in address and has traffic distribution groups with global resiliency', async (t) => {
    const { connectSandbox } = await start(t);
    const client = connectTo(connectSandbox, { region: 'us-east-1' });
    t.after(() => client.destroy());
    const [id, UserId] = [
      connectSandbox.state('global').instance.id,
      connectSandbox.state('global').users[0]?.id,
    ];
    const { ReplicationConfiguration } = await client.send(
      new DescribeInstanceCommand({ InstanceId: id }),
    );
    assert.match(String(ReplicationConfiguration?.GlobalSignInEndpoint), /^https:/);
    const { TrafficDistributionGroupSummaryList: groups = [] } = await client.send(
      new ListTrafficDistributionGroupsCommand({ InstanceId: id }),
    );
    const TrafficDistributionGroupId = groups[1]?.Id;
    await client.send(
      new AssociateTrafficDistributionGroupUserCommand({
        TrafficDistributionGroupId,
        InstanceId: id,
        UserId,
      }),
    );
    const members = await client.send(
      new ListTrafficDistributionGroupUsersCommand({ TrafficDistributionGroupId }),
    );
    assert.deepEqual(members.TrafficDistributionGroupUserSummaryList, [{ UserId }]);
  });
});

describe('STS', () => {
  const ask = (connectSandbox: ConnectSandbox, form: Record<string, string>) =>
    fetch(`${connectSandbox.url}/`, {
      method: 'POST',
      headers: {
        ...signed(new Date(), 'us-west-2', 'sts'),
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ Version: '2011-06-15', ...form }),
    });
  const assume = { Action: 'AssumeRole', RoleArn: partnerRole, RoleSessionName: 'bot' };

  it('gives a role to trusted callers with its external id and a valid signature', async (t) => {
    const { connectSandbox } = await start(t);
    const refused = await ask(connectSandbox, assume);
    assert.equal(refused.status, 403);
    assert.match(await refused.text(), /<Code>AccessDenied<\/Code>.*sts:AssumeRole/);

    const answer = await (
      await ask(connectSandbox, { ...assume, ExternalId: 'harbour-7391' })
    ).text();
    const read = (name: string) => new RegExp(`<${name}>(.*?)</${name}>`).exec(answer)?.[1] ?? '';
    const credentials = {
      accessKeyId: read('AccessKeyId'),
      secretAccessKey: read('SecretAccessKey'),
      sessionToken: read('SessionToken'),
    };
    assert.deepEqual(await arnsOf(connectSandbox, { credentials }), [
      'arn:aws:connect:us-west-2:210987654321:instance/f6a7b8c9-0123-4def-a012-3456789abcde',
    ]);
    await assert.rejects(
      arnsOf(connectSandbox, { credentials: { ...credentials, secretAccessKey: 'another' } }),
      refusedWith('InvalidSignatureException', 403),
    );
    await assert.rejects(
      arnsOf(connectSandbox, { credentials: { ...credentials, sessionToken: 'another' } }),
      refusedWith('UnrecognizedClientException', 403),
    );
    connectSandbox.expireSessions();
    await assert.rejects(
      arnsOf(connectSandbox, { credentials }),
      refusedWith('ExpiredTokenException', 403),
    );
    // The recorder contains neither the external id nor the issued credentials.
    const recorded = JSON.stringify(connectSandbox.calls());
    assert.doesNotMatch(recorded, /harbour-7391/);
    assert.ok(!recorded.includes(credentials.secretAccessKey));
    assert.ok(!recorded.includes(credentials.sessionToken));
  });

  it('says whose credentials these are', async (t) => {
    const { connectSandbox } = await start(t);
    const answer = await ask(connectSandbox, { Action: 'GetCallerIdentity' });
    assert.match(await answer.text(), /<Account>123456789012<\/Account>/);
  });
});

describe('proficiencies', () => {
  it('are associated once, of what the instance has, and can be searched for', async (t) => {
    const { client, connectSandbox } = await start(t);
    const [user] = connectSandbox.state().users;
    const of = { InstanceId: production, UserId: user?.id };
    const german = { AttributeName: 'Language', AttributeValue: 'German', Level: 4 };
    const associate = (proficiency: typeof german) =>
      client.send(
        new AssociateUserProficienciesCommand({ ...of, UserProficiencies: [proficiency] }),
      );
    await associate(german);
    await assert.rejects(associate(german), refusedWith('InvalidParameterException', 400));
    await assert.rejects(
      associate({ ...german, AttributeName: 'Height' }),
      refusedWith('ResourceNotFoundException', 404),
    );
    const listed = await client.send(new ListUserProficienciesCommand(of));
    assert.deepEqual(listed.UserProficiencyList, [german]);
    const atLeast = async (MinValue: number) => {
      const { Users = [] } = await client.send(
        new SearchUsersCommand({
          InstanceId: production,
          SearchCriteria: {
            ListCondition: {
              TargetListType: 'PROFICIENCIES',
              Conditions: [
                {
                  StringCondition: {
                    FieldName: 'AttributeValue',
                    Value: 'German',
                    ComparisonType: 'EXACT',
                  },
                  NumberCondition: {
                    FieldName: 'Level',
                    MinValue,
                    ComparisonType: 'GREATER_OR_EQUAL',
                  },
                },
              ],
            },
          },
        }),
      );
      return Users.map(({ Id }) => Id);
    };
    assert.deepEqual(await atLeast(4), [user?.id]);
    assert.deepEqual(await atLeast(5), []);
  });
});
