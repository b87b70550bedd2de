/** People, policies and one small instance for tests of authorization. */

import type { CeilingRules } from '../../src/auth/permission-ceiling.ts';
import type {
  ApprovalPolicy,
  IdentityPolicy,
  InstanceConfig,
  WhoMayRequest,
} from '../../src/config/config.ts';
import { createDirectory } from '../../src/connect/directory.ts';
import type { ConnectGateway, ExistingUser, ListedGroup } from '../../src/connect/gateway.ts';
import type { InstanceClient } from '../../src/connect/instance-client.ts';
import { createPermissions } from '../../src/connect/permissions.ts';
import type { SecurityProfileFacts } from '../../src/connect/security-profile.ts';
import type { SlackPerson } from '../../src/slack/slack-person.ts';
import type { IdentityMode, Named } from '../../src/users/new-user.ts';

export function personOf(changes: Partial<SlackPerson> = {}): SlackPerson {
  return {
    id: 'U0ARI',
    name: 'Ari Admin',
    email: 'ari@example.com',
    deleted: false,
    bot: false,
    guest: false,
    stranger: false,
    ...changes,
  };
}

export const identityPolicy: IdentityPolicy = {
  ways: ['link', 'email', 'email-local-part'],
  links: {},
  emailDomains: ['example.com', 'example.org'],
  localPartDomains: {
    production: 'example.com',
    i0: 'example.com',
    i1: 'example.com',
    i2: 'example.com',
  },
};

export const nobodyMayRequest: WhoMayRequest = {
  anyone: false,
  usergroups: [],
  people: [],
  creators: false,
};

export const always: ApprovalPolicy = {
  needed: 'always',
  allowOwn: false,
  expiresAfterMs: 24 * 3600_000,
};

export const instanceConfig: InstanceConfig = {
  alias: 'production',
  instanceId: '11111111-1111-4111-8111-111111111111',
  region: 'eu-central-1',
  requestsChannel: 'C0REQUESTS',
  samlEmail: 'refuse',
  readPace: { ratePerSecond: 1000, burst: 1000 },
  pace: { ratePerSecond: 2, burst: 5 },
  tagUsers: true,
  welcome: false,
  card: { notify: [], directMessage: [], confirmAbove: null },
  sharedChannel: 'warn',
  neverCount: [],
  defaultTags: {},
  requiredTags: [],
  presets: [],
  serviceCloudVoice: false,
  trafficDistributionGroups: [],
  mayRequest: { ...nobodyMayRequest, anyone: true },
  approval: always,
};

/** The contents of an instance; tests change it during use. */
export type Instance = {
  identityMode: IdentityMode;
  accessUrl: string | null;
  users: ExistingUser[];
  routingProfiles: Named[];
  securityProfiles: Named[];
  hierarchyGroups: ListedGroup[];
  /** Security profile id → permissions. */
  permissions: Map<string, string[]>;
  /** Security profile id → its other grants and limits. */
  profileFacts: Map<string, Partial<SecurityProfileFacts>>;
};

/** The bot's own table has no additions, and no group is below another. */
export const plainRules: CeilingRules = {
  neverCount: [],
  isWithin: (groupId, otherId) => groupId === otherId,
  nameOfGroup: (id) => id,
};

/** A security profile without limits. */
export function plainProfile(id: string, permissions: readonly string[]): SecurityProfileFacts {
  return { id, permissions, grants: [], restriction: null, tags: {}, isGranular: false };
}

export function userNamed(username: string, changes: Partial<ExistingUser> = {}): ExistingUser {
  return {
    id: `id-${username}`,
    arn: `arn:aws:connect:eu-central-1:111122223333:instance/i/agent/id-${username}`,
    username,
    securityProfileIds: ['sp-agent'],
    routingProfileId: 'rp-basic',
    tags: {},
    ...changes,
  };
}

export function smallInstance(): Instance {
  return {
    identityMode: 'CONNECT_MANAGED',
    accessUrl: 'https://example.my.connect.aws/login',
    users: [
      userNamed('ari', { securityProfileIds: ['sp-admin'] }),
      userNamed('sam', { securityProfileIds: ['sp-agent'] }),
    ],
    routingProfiles: [{ id: 'rp-basic', name: 'Basic Routing Profile' }],
    securityProfiles: [
      { id: 'sp-agent', name: 'Agent' },
      { id: 'sp-admin', name: 'Admin' },
    ],
    hierarchyGroups: [{ id: 'hg-north', path: ['North', 'Sales'] }],
    permissions: new Map([
      ['sp-agent', ['BasicAgentAccess']],
      ['sp-admin', ['BasicAgentAccess', 'Users.Create', 'Users.Edit', 'Users.View']],
    ]),
    profileFacts: new Map(),
  };
}

type Calls = { readonly [Method in keyof ConnectGateway]?: number };

export type CountedInstanceClient = {
  readonly instanceClient: InstanceClient;
  /** How often each of the gateway's methods was called. */
  readonly calls: () => Calls;
  /** Makes every read fail from now on, or stops that. */
  failWith(error: Error | null): void;
};

/** An instance client for an instance of plain data. The test provides `createUser`. */
export function instanceClientOf(
  instance: Instance,
  options: {
    readonly config?: Partial<InstanceConfig>;
    readonly now?: () => Date;
    readonly createUser?: ConnectGateway['createUser'];
  } = {},
): CountedInstanceClient {
  const { now = () => new Date() } = options;
  const config = { ...instanceConfig, ...options.config };
  const calls: Record<string, number> = {};
  let failure: Error | null = null;
  const answer = <Value>(method: keyof ConnectGateway, value: () => Value): Promise<Value> => {
    calls[method] = (calls[method] ?? 0) + 1;
    return failure ? Promise.reject(failure) : Promise.resolve(value());
  };
  const find = (holds: (user: ExistingUser) => boolean) => instance.users.find(holds) ?? null;
  const gateway: ConnectGateway = {
    alias: config.alias,
    instance: () =>
      answer('instance', () => ({
        id: config.instanceId,
        arn: `arn:aws:connect:eu-central-1:111122223333:instance/${config.instanceId}`,
        identityMode: instance.identityMode,
        ...(instance.accessUrl ? { accessUrl: instance.accessUrl } : {}),
      })),
    routingProfiles: () => answer('routingProfiles', () => [...instance.routingProfiles]),
    securityProfiles: () => answer('securityProfiles', () => [...instance.securityProfiles]),
    hierarchyGroups: () => answer('hierarchyGroups', () => [...instance.hierarchyGroups]),
    users: () => answer('users', () => [...instance.users]),
    describeUser: (id) => answer('describeUser', () => find((user) => user.id === id)),
    searchUsers: () => answer('searchUsers', () => [...instance.users]),
    usersWithProfile: (id) =>
      answer('usersWithProfile', () =>
        instance.users.filter(({ securityProfileIds }) => securityProfileIds.includes(id)),
      ),
    findUser: (name) => answer('findUser', () => find((user) => user.username === name)),
    securityProfile: (id) =>
      answer('securityProfile', () => ({
        ...plainProfile(id, instance.permissions.get(id) ?? []),
        ...instance.profileFacts.get(id),
      })),
    permissionsOf: (id) => answer('permissionsOf', () => [...(instance.permissions.get(id) ?? [])]),
    predefinedAttributes: () =>
      answer('predefinedAttributes', () => new Map([['Language', ['English', 'German']]])),
    proficienciesOf: () => answer('proficienciesOf', () => []),
    addProficiencies: () => answer('addProficiencies', () => {}),
    joinTrafficDistributionGroup: () => answer('joinTrafficDistributionGroup', () => {}),
    createUser: (input) => {
      calls.createUser = (calls.createUser ?? 0) + 1;
      if (!options.createUser) throw new Error('this test sends nothing');
      return options.createUser(input);
    },
    close: () => {},
  };
  const instanceClient: InstanceClient = {
    config,
    gateway,
    directory: createDirectory(gateway, { now }),
    permissions: createPermissions(gateway, { now }),
  };
  return {
    instanceClient,
    calls: () => ({ ...calls }),
    failWith: (error) => {
      failure = error;
    },
  };
}
