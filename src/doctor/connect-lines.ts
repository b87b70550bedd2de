/** Doctor's checks of one Amazon Connect instance: credentials, permissions, identity, quota, approvers, clock. */
import { randomUUID } from 'node:crypto';
import type { InstanceConfig } from '../config/config.ts';
import { callerArn } from '../connect/aws/caller.ts';
import { connectAddress } from '../connect/aws/client.ts';
import { type ConnectGateway, ConnectReadError } from '../connect/gateway.ts';
import type { InstanceClient } from '../connect/instance-client.ts';
import { saysUnknownHost } from '../operations/error-facts.ts';
import { createGroupIndex } from '../users/hierarchy.ts';
import { createNameIndex } from '../users/name-index.ts';
import { brokenPresets } from '../users/presets/broken-presets.ts';
import { approvers, rules, slackTrouble } from './approvers/approver-lines.ts';
import { type ApproverDeps, createSearch, likelyFirst } from './approvers/approver-search.ts';
import { clockLine } from './check/clock.ts';
import {
  type Finding,
  fail,
  type Line,
  pass,
  runCheck,
  skip,
  unexplained,
  warn,
} from './check/line.ts';
import { once } from './check/once.ts';

/**
 * @param instanceClient its gateway reads each thing once
 * @param deps.approverDeps null when Slack is not available
 * @param deps.copyReadAt when the running bot has read its copy of the directory; absent when no bot runs in this
 *   process, null
 * when it has none
 */
export async function connectLines(
  instanceClient: InstanceClient,
  deps: {
    readonly approverDeps: Promise<ApproverDeps | null>;
    readonly copyReadAt?: Date | null;
  },
): Promise<Line[]> {
  const { config: instance, gateway } = instanceClient;
  const name = (what: string) => `connect.${instance.alias}.${what}`;
  const [caller, clock] = await Promise.all([
    runCheck(name('credentials'), () => credentials(instance), explainCredentials),
    connectAddress(instance).then((url) => clockLine(name('clock'), url)),
  ]);
  const unless = (before: Line, what: string, attempt: () => Promise<Finding>) =>
    runCheck(
      name(what),
      async () => (before.status === 'fail' ? skip(`see ${before.name}`) : attempt()),
      explain,
    );
  const found = await unless(caller, 'identity', () => identity(gateway));
  const first = caller.status === 'fail' ? caller : found;
  const permitted = unless(first, 'permissions', () => permissions(instance, gateway));
  /** The failure of an operation is reported once, and not by each check that depends on it. */
  const after = (what: string, attempt: () => Promise<Finding>) =>
    unless(first, what, async () => {
      try {
        return await attempt();
      } catch (error) {
        const line = await permitted;
        const isSaid = error instanceof ConnectReadError && line.found.includes(error.operation);
        if (!isSaid) throw error;
        return skip(`${error.operation}: see ${line.name}`);
      }
    });
  /** One search for both lines; it begins when the first of them may read. */
  const approverSearch = once(async () => {
    const approverDeps = await deps.approverDeps;
    return { approverDeps, search: createSearch(instanceClient, approverDeps) };
  });
  const lines = await Promise.all([
    permitted,
    after('directory', () => directory(gateway, deps.copyReadAt)),
    after('quota', () => quota(instance, gateway)),
    after('approvers', async () => {
      const { approverDeps, search } = await approverSearch();
      return approvers(instanceClient, search, approverDeps);
    }),
    after('rules', async () => {
      const { approverDeps, search } = await approverSearch();
      if (!approverDeps) return skip('Slack cannot be asked who people are');
      return rules(instanceClient, search, approverDeps);
    }),
    ...(instance.presets.length > 0 ? [after('presets', () => presets(instance, gateway))] : []),
  ]);
  return [caller, found, ...lines, clock];
}

function explainCredentials(error: unknown): Finding {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (/Expired/.test(name)) {
    return fail('the credentials have expired', 'Renew them; a role renews them by itself.');
  }
  if (saysUnknownHost(message)) return noSuchHost(message);
  if (
    name === 'TimeoutError' ||
    /ECONNREFUSED|ECONNRESET|ETIMEDOUT|socket|connect/i.test(message)
  ) {
    return fail(`AWS could not be reached: ${message}`, 'Look at the way to AWS: firewall, proxy.');
  }
  return fail(
    `no credentials that AWS takes: ${message}`,
    'Give the bot a role, AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; look at `roleArn` in the policy.',
  );
}

function noSuchHost(message: string): Finding {
  return fail(
    `there is no such host: ${message}`,
    'Look at the Region (region) for a typing error, and at DNS.',
  );
}

function explain(error: unknown): Finding {
  if (!(error instanceof ConnectReadError)) return slackTrouble(error) ?? unexplained(error);
  switch (error.kind) {
    case 'denied':
      return skip(`${error.operation} is not allowed: see the line about permissions`);
    case 'not-found':
      return fail(error.message, 'Look at the instance’s id and Region in the policy.');
    case 'throttled':
      return warn(error.message, 'Something else uses the account’s rate of calls. Try again.');
    default:
      return saysUnknownHost(error.message)
        ? noSuchHost(error.message)
        : fail(error.message, 'Look at the way to AWS, the Region, and the machine’s clock.');
  }
}

async function credentials(instance: InstanceConfig): Promise<Finding> {
  const arn = await callerArn(instance);
  const account = arn.split(':')[4] ?? '';
  if (instance.account && account !== instance.account) {
    return fail(
      `${arn} belongs to account ${account}, and the instance to ${instance.account}`,
      'Use credentials of that account, or set `roleArn` to a role in it.',
    );
  }
  return pass(arn);
}

async function identity(gateway: ConnectGateway): Promise<Finding> {
  const { identityMode, id } = await gateway.instance();
  return pass(`${id}, ${identityMode}`);
}

/** Every read, and writes that cannot succeed because their ids do not exist. */
async function permissions(
  { tagUsers, defaultTags, trafficDistributionGroups }: InstanceConfig,
  gateway: ConnectGateway,
): Promise<Finding> {
  const profiles = likelyFirst(await gateway.securityProfiles().catch(() => []));
  const reads: readonly (() => Promise<unknown>)[] = [
    () => gateway.instance(),
    () => gateway.routingProfiles(),
    () => gateway.securityProfiles(),
    () => gateway.hierarchyGroups(),
    () => gateway.users(),
    () => gateway.findUser('connect-add-user.doctor'),
    () => gateway.describeUser(randomUUID()),
    () => gateway.predefinedAttributes(),
    () => gateway.proficienciesOf(randomUUID()),
    () => gateway.addProficiencies(randomUUID(), [nobodysProficiency]),
    ...trafficDistributionGroups
      .slice(0, 1)
      .map((groupId) => () => gateway.joinTrafficDistributionGroup(randomUUID(), groupId)),
    ...profiles.slice(0, 1).map(
      ({ id }) =>
        () =>
          gateway.securityProfile(id),
    ),
  ];
  const denied = new Set<string>();
  for (const result of await Promise.allSettled(reads.map((read) => read()))) {
    if (result.status === 'fulfilled') continue;
    const { reason } = result;
    if (!(reason instanceof ConnectReadError)) throw reason;
    if (reason.kind === 'denied') denied.add(reason.operation);
    // The random id belongs to nobody, so these two kinds of errors are expected.
    else if (reason.kind !== 'not-found' && reason.kind !== 'invalid') throw reason;
  }
  const mode = await gateway.instance().then(
    ({ identityMode }) => identityMode,
    () => null,
  );
  const created = await gateway.createUser({
    user: {
      username: 'connect-add-user.doctor',
      ...(mode === 'EXISTING_DIRECTORY' ? {} : { firstName: 'Connect', lastName: 'Doctor' }),
      routingProfile: nobodys(),
      securityProfiles: [nobodys()],
      phone: { type: 'soft', autoAccept: false, persistentConnection: false },
      afterContactWorkSeconds: 0,
      tags: {},
    },
    ...(mode === 'CONNECT_MANAGED' ? { password: `Aa1${randomUUID()}` } : {}),
    // With tags, CreateUser requires TagResource as well.
    tags: tagUsers || Object.keys(defaultTags).length > 0 ? { 'connect-add-user:doctor': '' } : {},
  });
  if (created.kind === 'refused' && created.reason === 'denied') {
    denied.add(/connect:(TagResource)/.exec(created.detail)?.[1] ?? 'CreateUser');
  }
  if (denied.size === 0) return pass('every operation that the bot calls');
  const attach = 'Attach what npm run iam-policy prints.';
  return fail(
    `not allowed: ${[...denied].sort().join(', ')}`,
    denied.has('DescribeInstance')
      ? `${attach} If it is attached: is the Region right? AWS may require ds:DescribeDirectories too (add -- --describe-directories).`
      : attach,
  );
}

const nobodysProficiency = { attribute: 'connect-add-user.doctor', value: 'none', level: 1 };

const nobodys = () => ({ id: randomUUID(), name: 'none' });

/** The size of the directory, how long it takes to read, and the age of the bot's copy. */
async function directory(
  gateway: ConnectGateway,
  copyReadAt: Date | null | undefined,
): Promise<Finding> {
  const startedAt = Date.now();
  const [users, routing, security, groups] = await Promise.all([
    gateway.users(),
    gateway.routingProfiles(),
    gateway.securityProfiles(),
    gateway.hierarchyGroups(),
  ]);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  const found = `${users.length} users, ${routing.length} routing profiles, ${security.length} security profiles, ${groups.length} hierarchy groups, read in ${seconds} s`;
  if (copyReadAt === undefined) return pass(found);
  if (copyReadAt === null) {
    return warn(
      `${found}; the bot has no copy yet`,
      'Search the log for “could not read what this instance offers”.',
    );
  }
  const age = Math.round((Date.now() - copyReadAt.getTime()) / 1000);
  return pass(`${found}; the bot’s copy is ${age} s old, and is read again when it is used`);
}

async function quota(instance: InstanceConfig, gateway: ConnectGateway): Promise<Finding> {
  const users = await gateway.users();
  const found = `${users.length} users`;
  if (instance.userQuota === undefined) {
    return pass(`${found}; set userQuota to have requests beyond it refused`);
  }
  const left = instance.userQuota - users.length;
  if (left <= 0) return fail(`${found}: the quota of ${instance.userQuota} is used up`, raise);
  if (left < instance.userQuota * 0.1)
    return warn(`${found}: ${left} left of ${instance.userQuota}`, raise);
  return pass(`${found}: ${left} left of ${instance.userQuota}`);
}

const raise =
  'Ask AWS for more (Service Quotas → Amazon Connect → Users per instance), then raise userQuota.';

/** Finds presets that contain deleted names before a person uses them. */
async function presets(instance: InstanceConfig, gateway: ConnectGateway): Promise<Finding> {
  const [routing, security, groups] = await Promise.all([
    gateway.routingProfiles(),
    gateway.securityProfiles(),
    gateway.hierarchyGroups(),
  ]);
  const broken = brokenPresets(instance.presets, {
    routingProfiles: createNameIndex(routing, (profile) => profile.name),
    securityProfiles: createNameIndex(security, (profile) => profile.name),
    hierarchyGroups: createGroupIndex(groups),
  }).map(({ preset, gone }) => `“${preset}” names ${gone.map((name) => `“${name}”`).join(', ')}`);
  if (broken.length === 0) {
    return pass(`everything that the ${instance.presets.length} presets name exists`);
  }
  const listed = broken.slice(0, mostPresets).join('; ');
  const more = broken.length - mostPresets;
  return fail(
    `${listed}${more > 0 ? `; and ${more} more presets` : ''}: not found, or several of that name`,
    'Correct the presets in the policy file, or create what they name in Amazon Connect.',
  );
}

/** More would not be read on one line. */
const mostPresets = 5;
