/** The data of the offline Amazon Connect: instances in several accounts and Regions. */
import { createHash } from 'node:crypto';
import type { AIAgent, Application, CreateUserRequest, FlowModule } from '@aws-sdk/client-connect';
import { partitionOf } from './accounts/accounts.ts';

export type IdentityManagement = 'SAML' | 'CONNECT_MANAGED' | 'EXISTING_DIRECTORY';

/** The parts of CreateUser that are stored and returned exactly as they were sent. */
export type PhoneSettings = Pick<
  CreateUserRequest,
  | 'PhoneConfig'
  | 'AutoAcceptConfigs'
  | 'AfterContactWorkConfigs'
  | 'PhoneNumberConfigs'
  | 'PersistentConnectionConfigs'
  | 'VoiceEnhancementConfigs'
>;

export type User = {
  id: string;
  username: string;
  identityInfo: NonNullable<CreateUserRequest['IdentityInfo']>;
  directoryUserId?: string;
  /** The password itself is discarded: nobody signs in here. */
  hasPassword: boolean;
  routingProfileId: string;
  securityProfileIds: string[];
  hierarchyGroupId?: string;
  phone: PhoneSettings;
  tags: Record<string, string>;
  proficiencies: Proficiency[];
  createdAt: Date;
  modifiedAt: Date;
};

export type Proficiency = { AttributeName: string; AttributeValue: string; Level: number };

export type RoutingProfile = {
  id: string;
  name: string;
  description: string;
  tags: Record<string, string>;
  isDefault: boolean;
  queueIds: string[];
  modifiedAt: Date;
};

export type SecurityProfile = {
  id: string;
  name: string;
  description: string;
  permissions: string[];
  tags: Record<string, string>;
  /** Limits on what the holder of this profile can access (access control by tag and by hierarchy). */
  restriction?: {
    tags?: Record<string, string>;
    tagRestrictedResources?: string[];
    hierarchyGroupId?: string;
    hierarchyRestrictedResources?: string[];
  };
  /** Third-party applications, and tools of MCP servers, that the holder may use. */
  applications: Application[];
  aiAgents: AIAgent[];
  flowModules: FlowModule[];
  modifiedAt: Date;
};

/** An attribute in which people can have proficiencies, with its values. */
export type PredefinedAttribute = { name: string; values: string[]; modifiedAt: Date };

/** Defines in which Region the agents of an instance with global resiliency sign in. */
export type TrafficDistributionGroup = {
  id: string;
  name: string;
  description: string;
  isDefault: boolean;
  tags: Record<string, string>;
  userIds: Set<string>;
};

export type HierarchyGroup = {
  id: string;
  name: string;
  /** 1 is the top. */
  level: number;
  parentId?: string;
  tags: Record<string, string>;
  modifiedAt: Date;
};

export type Instance = {
  id: string;
  alias: string;
  identity: IdentityManagement;
  region: string;
  account: string;
  /** The other Region of an instance with global resiliency. */
  replicaRegion?: string;
  createdAt: Date;
  tags: Record<string, string>;
  users: Map<string, User>;
  routingProfiles: Map<string, RoutingProfile>;
  securityProfiles: Map<string, SecurityProfile>;
  /** Names of the levels, top first. */
  hierarchyLevels: string[];
  hierarchyGroups: Map<string, HierarchyGroup>;
  predefinedAttributes: Map<string, PredefinedAttribute>;
  trafficDistributionGroups: Map<string, TrafficDistributionGroup>;
};

export type World = { instances: Map<string, Instance> };

export type ResourceKind =
  | 'agent'
  | 'routing-profile'
  | 'security-profile'
  | 'agent-group'
  | 'agent-group-level'
  | 'agent-state'
  | 'queue';

type Place = Pick<Instance, 'id' | 'region' | 'account'>;

const connectArn = ({ region, account }: Omit<Place, 'id'>) =>
  `arn:${partitionOf(region)}:connect:${region}:${account}`;

export const instanceArn = (instance: Place) => `${connectArn(instance)}:instance/${instance.id}`;

export const resourceArn = (instance: Place, kind: ResourceKind, id: string) =>
  `${instanceArn(instance)}/${kind}/${id}`;

export const trafficDistributionGroupArn = (instance: Place, id: string) =>
  `${connectArn(instance)}:traffic-distribution-group/${id}`;

/** The same item has the same id after each restart, so that ids stored by a bot stay valid. */
export function stableId(...names: readonly string[]): string {
  const hex = createHash('sha256').update(names.join('\u0000')).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** The group and its ancestors, top first. A deleted parent ends the path. */
export function hierarchyPath(instance: Instance, groupId: string): HierarchyGroup[] {
  const path: HierarchyGroup[] = [];
  for (let id: string | undefined = groupId; id !== undefined; ) {
    const group = instance.hierarchyGroups.get(id);
    if (!group) break;
    path.unshift(group);
    id = group.parentId;
  }
  return path;
}

export function userNamed(instance: Instance, username: string): User | undefined {
  // "All Amazon Connect usernames are case sensitive, even when using SAML" (Configure SAML with IAM).
  for (const user of instance.users.values()) {
    if (user.username === username) return user;
  }
  return undefined;
}
