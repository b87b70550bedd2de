/**
 * The IAM policies that a configuration requires: exactly the operations that the bot calls, on exactly its
 * instances. Pure. The resources of each operation:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonconnect.html
 */
import { partitionOf } from '../config/arns.ts';
import type { InstanceConfig } from '../config/config.ts';

export type Statement = {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
};

export type PolicyDocument = {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
};

type Kind =
  | 'agent'
  | 'agent-group'
  | 'routing-profile'
  | 'security-profile'
  | 'traffic-distribution-group';

const joinsGroups = 'AssociateTrafficDistributionGroupUser';

/** Operation → the resource types for which AWS checks it; when empty, the instance itself. */
const operations: Readonly<Record<string, readonly ('instance' | Kind)[]>> = {
  AssociateTrafficDistributionGroupUser: ['instance', 'agent', 'traffic-distribution-group'],
  AssociateUserProficiencies: ['agent'],
  ListUserProficiencies: ['agent'],
  SearchPredefinedAttributes: ['instance'],
  CreateUser: ['agent', 'agent-group', 'routing-profile', 'security-profile'],
  // CreateUser with tags requires this, also when the bot's own mark is the only tag.
  TagResource: ['agent'],
  DescribeInstance: ['instance'],
  DescribeSecurityProfile: ['security-profile'],
  DescribeUser: ['agent'],
  ListRoutingProfiles: ['instance'],
  ListSecurityProfileAIAgents: ['security-profile'],
  ListSecurityProfileApplications: ['security-profile'],
  ListSecurityProfileFlowModules: ['security-profile'],
  ListSecurityProfilePermissions: ['security-profile'],
  ListSecurityProfiles: ['instance'],
  ListUsers: ['instance'],
  // The reference names the instance for searches; AWS's own policies also name the found resources.
  SearchUserHierarchyGroups: ['instance', 'agent-group'],
  SearchUsers: ['instance', 'agent'],
};

/** Every operation that some configuration needs. */
export const allOperations: readonly string[] = Object.keys(operations);

export type PolicyOptions = {
  /** Ids of security profiles for which AWS itself should deny access, such as Admin's. */
  readonly neverProfiles?: readonly string[];
  /**
   * AWS's own policies combine DescribeInstance with this operation; whether the caller needs it is not documented.
   * Add it when DescribeInstance is denied although it is allowed.
   */
  readonly describeDirectories?: boolean;
  /** The bucket that stores heads of the audit chain, and the prefix of their keys. */
  readonly auditBucket?: { readonly name: string; readonly prefix: string };
};

type Placed = Pick<InstanceConfig, 'instanceId' | 'region' | 'account' | 'role'> &
  Partial<Pick<InstanceConfig, 'trafficDistributionGroups'>>;

/**
 * The policy that one identity needs for its instances.
 *
 * @param instances all of them use the same credentials
 * @example policyFor(config.instances, { neverProfiles: [adminProfileId] })
 */
export function policyFor(
  instances: readonly Placed[],
  options: PolicyOptions = {},
): PolicyDocument {
  const { neverProfiles = [], describeDirectories = false } = options;
  const arns = (kinds: readonly ('instance' | Kind)[]) =>
    instances.flatMap((instance) => kinds.map((kind) => arnOf(instance, kind)));
  const needed = instances.some(
    ({ trafficDistributionGroups = [] }) => trafficDistributionGroups.length > 0,
  )
    ? allOperations
    : allOperations.filter((name) => name !== joinsGroups);
  const named = (prefix: string, isWanted: (name: string) => boolean) =>
    statementsOf(prefix, needed.filter(isWanted), arns);
  const writes = (name: string) => /^(?:Create|Tag|Associate)/.test(name);
  return {
    Version: '2012-10-17',
    Statement: [
      ...named('Read', (name) => !writes(name)),
      ...named('Create', writes),
      ...(describeDirectories
        ? [allow('DescribeDirectories', ['ds:DescribeDirectories'], '*')]
        : []),
      ...(neverProfiles.length > 0
        ? [
            {
              Sid: 'NeverTheseProfiles',
              Effect: 'Deny' as const,
              Action: ['connect:CreateUser'],
              Resource: instances.flatMap((instance) =>
                neverProfiles.map((id) => `${arnOf(instance, 'instance')}/security-profile/${id}`),
              ),
            },
          ]
        : []),
    ],
  };
}

/** One statement for all operations with the same resources. */
function statementsOf(
  prefix: string,
  names: readonly string[],
  arns: (kinds: readonly ('instance' | Kind)[]) => readonly string[],
): Statement[] {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const kinds = (operations[name] ?? []).join(' ');
    groups.set(kinds, [...(groups.get(kinds) ?? []), name]);
  }
  return [...groups].map(([kinds, group]) => {
    const parts = kinds.split(' ') as ('instance' | Kind)[];
    const sid = prefix + parts.map(titleOf).join('');
    return allow(sid, group.map((name) => `connect:${name}`).sort(), arns(parts));
  });
}

const titleOf = (kind: string) =>
  kind.replace(/(?:^|-)([a-z])/g, (_match, letter: string) => letter.toUpperCase());

const allow = (Sid: string, Action: readonly string[], Resource: Statement['Resource']) => ({
  Sid,
  Effect: 'Allow' as const,
  Action,
  Resource,
});

function arnOf({ instanceId, region, account }: Placed, kind: 'instance' | Kind): string {
  // If the configuration does not contain the account, any account is allowed; the instance's id is unique.
  const place = `arn:${partitionOf(region)}:connect:${region}:${account ?? '*'}`;
  const instance = `${place}:instance/${instanceId}`;
  if (kind === 'traffic-distribution-group') return `${place}:${kind}/*`;
  return kind === 'instance' ? instance : `${instance}/${kind}/*`;
}

/** Writing heads of the audit chain, and reading whether the bucket uses Object Lock. */
function bucketStatements({ auditBucket }: PolicyOptions, partition: string): Statement[] {
  if (!auditBucket) return [];
  const bucket = `arn:${partition}:s3:::${auditBucket.name}`;
  return [
    allow(
      'KeepHeadsOfTheAuditTrail',
      ['s3:PutObject', 's3:PutObjectRetention'],
      `${bucket}/${auditBucket.prefix}audit-head-*`,
    ),
    allow('SeeThatTheyAreLocked', ['s3:GetBucketObjectLockConfiguration'], bucket),
  ];
}

/**
 * The policy that lets the bot's own credentials assume the roles of these instances; null when no instance has a role.
 */
export function assumePolicy(instances: readonly Placed[]): PolicyDocument | null {
  const roles = [...new Set(instances.flatMap(({ role }) => (role ? [role.arn] : [])))];
  if (roles.length === 0) return null;
  return {
    Version: '2012-10-17',
    Statement: [allow('AssumeTheRolesOfInstances', ['sts:AssumeRole'], roles)],
  };
}

/** The trust policy that a role needs so that the bot may assume it. */
export function trustPolicy(instance: Placed, ownAccount: string | undefined): object {
  const { role, region } = instance;
  const account = ownAccount ?? 'ACCOUNT_OF_THE_BOT';
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:${partitionOf(region)}:iam::${account}:root` },
        Action: 'sts:AssumeRole',
        ...(role?.externalId === undefined
          ? {}
          : { Condition: { StringEquals: { 'sts:ExternalId': role.externalId } } }),
      },
    ],
  };
}

/** One policy, or with roles one for every identity: what `npm run iam-policy` prints. */
export function policiesFor(instances: readonly InstanceConfig[], options: PolicyOptions): object {
  const own = instances.filter(({ role }) => !role);
  const ownAccount = own.find(({ account }) => account !== undefined)?.account;
  const assume = assumePolicy(instances);
  const reach = own.length > 0 ? policyFor(own, options) : null;
  const ofTheBot: PolicyDocument = {
    Version: '2012-10-17',
    Statement: [
      ...(reach?.Statement ?? []),
      ...(assume?.Statement ?? []),
      ...bucketStatements(options, partitionOf(instances[0]?.region ?? '')),
    ],
  };
  if (!assume) return ofTheBot;
  const roles = Map.groupBy(
    instances.filter(({ role }) => role),
    ({ role }) => role?.arn ?? '',
  );
  return {
    bot: ofTheBot,
    roles: Object.fromEntries(
      [...roles].map(([arn, itsInstances]) => {
        const [first] = itsInstances;
        return [
          arn,
          {
            policy: policyFor(itsInstances, options),
            ...(first && { trustPolicy: trustPolicy(first, ownAccount) }),
          },
        ];
      }),
    ),
  };
}
