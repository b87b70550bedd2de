/** Doctor's look at one Amazon Connect instance: credentials, permissions, identity, quota, approvers, clock. */
import { randomUUID } from 'node:crypto';
import type { InstanceConfig } from '../config/config.ts';
import { callerArn } from '../connect/aws/caller.ts';
import { type ConnectGateway, ConnectReadError } from '../connect/gateway.ts';
import { createGroupIndex } from '../users/hierarchy.ts';
import { createNameIndex } from '../users/name-index.ts';
import { goneFromPreset } from '../users/presets/apply-preset.ts';
import { clockLine } from './clock.ts';
import { type Finding, fail, type Line, look, pass, skip, warn } from './line.ts';

export async function connectLines(
  instance: InstanceConfig,
  gateway: ConnectGateway,
): Promise<Line[]> {
  const name = (what: string) => `connect.${instance.alias}.${what}`;
  const host = instance.endpoint ?? `https://connect.${instance.region}.amazonaws.com`;
  const [caller, clock] = await Promise.all([
    look(name('credentials'), () => credentials(instance), explainCredentials),
    clockLine(name('clock'), host),
  ]);
  const reachable = caller.status !== 'fail';
  const after = (what: string, attempt: () => Promise<Finding>) =>
    look(
      name(what),
      async () => (reachable ? attempt() : skip('there are no credentials')),
      explain,
    );
  const lines = await Promise.all([
    after('identity', () => identity(gateway)),
    after('permissions', () => permissions(gateway)),
    after('quota', () => quota(instance, gateway)),
    after('approvers', () => approvers(gateway)),
    ...(instance.presets.length > 0 ? [after('presets', () => presets(instance, gateway))] : []),
  ]);
  return [caller, ...lines, clock];
}

function explainCredentials(error: unknown): Finding {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (/Expired/.test(name)) {
    return fail('the credentials have expired', 'Renew them; a role renews them by itself.');
  }
  if (/ENOTFOUND|EAI_AGAIN/.test(message)) {
    return fail(
      `there is no such host: ${message}`,
      'Look at the Region (region) for a typing error, and at DNS.',
    );
  }
  if (/ECONNREFUSED|ETIMEDOUT|socket|connect/i.test(message)) {
    return fail(`AWS could not be reached: ${message}`, 'Look at the way to AWS: firewall, proxy.');
  }
  return fail(
    `no credentials that AWS takes: ${message}`,
    'Give the bot a role, AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; look at `roleArn` in the policy.',
  );
}

function explain(error: unknown): Finding {
  if (!(error instanceof ConnectReadError)) {
    const message = error instanceof Error ? error.message : String(error);
    return fail(message, 'Look at the message.');
  }
  switch (error.kind) {
    case 'denied':
      return fail(
        error.message,
        error.operation === 'DescribeInstance'
          ? 'Attach what npm run iam-policy prints. If it is attached, add -- --describe-directories: AWS may require ds:DescribeDirectories too.'
          : 'Attach what npm run iam-policy prints.',
      );
    case 'not-found':
      return fail(error.message, 'Look at the instance’s id and Region in the policy.');
    case 'throttled':
      return warn(error.message, 'Something else uses the account’s rate of calls. Try again.');
    default:
      return fail(error.message, 'Look at the way to AWS, the Region, and the machine’s clock.');
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

/** Every read, and a CreateUser that cannot succeed: its ids are nobody's. */
async function permissions(gateway: ConnectGateway): Promise<Finding> {
  const profiles = await gateway.securityProfiles().catch(() => []);
  const reads: readonly (() => Promise<unknown>)[] = [
    () => gateway.instance(),
    () => gateway.routingProfiles(),
    () => gateway.securityProfiles(),
    () => gateway.hierarchyGroups(),
    () => gateway.users(),
    () => gateway.findUser('connect-add-user.doctor'),
    () => gateway.describeUser(randomUUID()),
    () => gateway.predefinedAttributes(),
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
    // Nobody has the random id, and nothing was asked about anybody.
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
    tags: {},
  });
  if (created.kind === 'refused' && created.reason === 'denied') denied.add('CreateUser');
  if (denied.size > 0) {
    return fail(
      `not allowed: ${[...denied].sort().join(', ')}`,
      'Attach what npm run iam-policy prints.',
    );
  }
  return pass('every operation that the bot calls');
}

const nobodys = () => ({ id: randomUUID(), name: 'none' });

async function quota(instance: InstanceConfig, gateway: ConnectGateway): Promise<Finding> {
  const startedAt = Date.now();
  const users = await gateway.users();
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  const found = `${users.length} users, read in ${seconds} s`;
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

/** A preset that names what is gone is found here, before somebody uses it. */
async function presets(instance: InstanceConfig, gateway: ConnectGateway): Promise<Finding> {
  const lists = await Promise.all([
    gateway.routingProfiles(),
    gateway.securityProfiles(),
    gateway.hierarchyGroups(),
  ]).catch((error: unknown) => {
    // What is not allowed is said once, by the line about permissions.
    if (error instanceof ConnectReadError && error.kind === 'denied') return null;
    throw error;
  });
  if (lists === null) return skip('not everything that presets name can be read');
  const [routing, security, groups] = lists;
  const directory = {
    routingProfiles: createNameIndex(routing, ({ name }) => name),
    securityProfiles: createNameIndex(security, ({ name }) => name),
    hierarchyGroups: createGroupIndex(groups),
  };
  const broken = instance.presets.flatMap((preset) => {
    const gone = goneFromPreset(preset, { directory }).map((name) => `“${name}”`);
    return gone.length > 0 ? [`“${preset.name}” names ${gone.join(', ')}`] : [];
  });
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

/** Somebody has to hold Users – Create, or nobody can approve. */
async function approvers(gateway: ConnectGateway): Promise<Finding> {
  const profiles = await gateway.securityProfiles();
  const facts = await Promise.all(
    profiles.slice(0, mostProfiles).map(({ id }) => gateway.securityProfile(id)),
  );
  const giving = new Set(
    facts.filter(({ permissions }) => permissions.includes('Users.Create')).map(({ id }) => id),
  );
  if (giving.size === 0) {
    return fail(
      'no security profile gives Users – Create',
      'Give it to the security profile of those who approve.',
    );
  }
  const holders = (await gateway.searchUsers()).filter(({ securityProfileIds }) =>
    securityProfileIds.some((id) => giving.has(id)),
  );
  const names = profiles.filter(({ id }) => giving.has(id)).map((profile) => profile.name);
  if (holders.length === 0) {
    return fail(`nobody has ${names.join(' or ')}`, 'Give it to those who approve.');
  }
  return pass(`${holders.length} users hold Users – Create (${names.join(', ')})`);
}

/** Reading a profile takes two calls at two a second. */
const mostProfiles = 100;
