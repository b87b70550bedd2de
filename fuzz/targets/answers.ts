/** Malformed answers of Amazon Connect and of Slack. */
import { type Logger, LogLevel } from '@slack/web-api';
import { createAwsGateway } from '../../src/connect/aws/aws-gateway.ts';
import { ConnectReadError } from '../../src/connect/gateway.ts';
import { createSlackClient } from '../../src/slack/client.ts';
import { createPeople } from '../../src/slack/people.ts';
import { slackFailureOf } from '../../src/slack/slack-failure.ts';
import { mutatedValue } from '../odd.ts';
import { oddAnswer, type StandIn, startStandIn } from '../stand-in.ts';
import type { Target } from '../target.ts';

const listed = {
  UserSummaryList: [{ Id: 'u1', Arn: 'arn:aws:connect:x', Username: 'mary' }],
  RoutingProfileSummaryList: [{ Id: 'r1', Name: 'Basic Routing Profile' }],
  SecurityProfileSummaryList: [{ Id: 's1', Name: 'Agent' }],
  Permissions: ['Users.Create'],
  NextToken: '',
};

export async function connectAnswers(): Promise<Target> {
  const server = await startStandIn();
  process.env.AWS_ACCESS_KEY_ID ??= 'AKIDEXAMPLE';
  process.env.AWS_SECRET_ACCESS_KEY ??= 'secret';
  const gateway = createAwsGateway(
    {
      alias: 'production',
      instanceId: '11111111-1111-4111-8111-111111111111',
      region: 'eu-central-1',
      endpoint: server.url,
      requestsChannel: 'C0REQUESTS',
      samlEmail: 'refuse',
      tagUsers: true,
      readPace: { ratePerSecond: 10_000, burst: 10_000 },
      pace: { ratePerSecond: 10_000, burst: 10_000 },
    } as Parameters<typeof createAwsGateway>[0],
    { timeouts: { connectMs: 200, readMs: 300, createMs: 300, readDeadlineMs: 400 } },
  );
  const reads = [
    () => gateway.users(),
    () => gateway.routingProfiles(),
    () => gateway.securityProfiles(),
    () => gateway.hierarchyGroups(),
    () => gateway.describeUser('u1'),
    () => gateway.instance(),
  ];
  return {
    name: 'Connect answers',
    weight: 1,
    // A read is attempted three times, with pauses, within its deadline.
    timeoutMs: 3_000,
    async attempt(chance) {
      server.answer(oddAnswer(chance, mutatedValue(chance, listed, 0.1)));
      try {
        await chance.pick(reads)();
        return null;
      } catch (error) {
        if (error instanceof ConnectReadError) return null;
        return { kind: 'uncatalogued', detail: `${error instanceof Error ? error.stack : error}` };
      }
    },
    close: () => closeBoth(server, () => gateway.close()),
  };
}

const quietLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => LogLevel.ERROR,
};

export async function slackAnswers(): Promise<Target> {
  const server = await startStandIn();
  const client = createSlackClient(
    {
      botToken: 'xoxb-fuzz',
      apiUrl: `${server.url}/api/`,
      transport: { kind: 'socket', appToken: 'xapp-fuzz' },
    },
    400,
    quietLogger,
    LogLevel.ERROR,
  );
  const home = { teamId: 'T1', name: 'Harbour', botUserId: 'U0BOT', url: server.url };
  let time = 0;
  const right = {
    ok: true,
    user: { id: 'U1', team_id: 'T1', name: 'a', profile: {} },
    users: ['U1'],
  };
  return {
    name: 'Slack answers',
    weight: 2,
    // The bot honors Slack's Retry-After header, up to 10 s in all.
    timeoutMs: 12_000,
    async attempt(chance) {
      server.answer(oddAnswer(chance, mutatedValue(chance, right, 0.1)));
      // Made anew each time, because one person is read only so often a minute.
      const people = createPeople(client, home, () => (time += 3_600_000));
      try {
        if (chance.happens(0.6)) await people.person('U1', { fresh: true });
        else await people.usergroupsOf('U1', ['S1']);
        return null;
      } catch (error) {
        if (slackFailureOf(error)) return null;
        return { kind: 'uncatalogued', detail: `${error instanceof Error ? error.stack : error}` };
      }
    },
    close: () => closeBoth(server, () => {}),
  };
}

async function closeBoth(server: StandIn, also: () => void): Promise<void> {
  also();
  await server.stop();
}
