/** Creates the instances in the state that they have when the sandbox starts. */
import { connectUsers, instances, type SeedInstance } from '../../seed.ts';
import {
  type HierarchyGroup,
  type Instance,
  type RoutingProfile,
  type SecurityProfile,
  stableId,
  type TrafficDistributionGroup,
  type User,
  type World,
} from '../world.ts';
import { type Colleague, crowd } from './crowd.ts';
import { hierarchy, hierarchyLevels } from './hierarchy.ts';
import { permissionSets } from './permissions.ts';
import { defaultRoutingProfile, routingProfileNames } from './routing-profiles.ts';

/** Long before the clock of any test, so that no seeded user is missing from a search. */
const SEEDED_AT = new Date('2025-03-03T09:00:00Z');

/** Ids from AWS's example command, which must exist in its instance. */
const exampleInstance = 'a1b2c3d4-5678-90ab-cdef-EXAMPLE11111';
const exampleIds: Readonly<Record<string, string>> = {
  Agent: '12345678-1111-2222-aaaa-a1b2c3d4f5g7',
  [defaultRoutingProfile]: '87654321-9999-3434-abcd-x1y2z3a1b2c3',
};

export function seedWorld(): World {
  return {
    instances: new Map(instances.map((instance) => [instance.id, seedInstance(instance)])),
  };
}

function seedInstance(seed: SeedInstance): Instance {
  const { id, alias } = seed;
  const groups = seedGroups(id);
  const instance: Instance = {
    ...seed,
    createdAt: SEEDED_AT,
    tags: { Environment: alias },
    users: new Map(),
    routingProfiles: byId(seedRoutingProfiles(id)),
    securityProfiles: byId(seedSecurityProfiles(id, groups)),
    hierarchyLevels: [...hierarchyLevels],
    hierarchyGroups: byId(groups),
    predefinedAttributes: new Map(
      predefinedAttributes.map((attribute) => [
        attribute.name,
        { ...attribute, values: [...attribute.values], modifiedAt: SEEDED_AT },
      ]),
    ),
    trafficDistributionGroups: byId(seed.replicaRegion ? seedTrafficDistribution(id) : []),
  };
  for (const user of seedUsers(instance)) instance.users.set(user.id, user);
  return instance;
}

function idOf(instanceId: string, kind: string, name: string): string {
  const example = instanceId === exampleInstance ? exampleIds[name] : undefined;
  return example ?? stableId(instanceId, kind, name);
}

function seedRoutingProfiles(instanceId: string): RoutingProfile[] {
  return routingProfileNames.map((name) => ({
    id: idOf(instanceId, 'routing-profile', name),
    name,
    description: `Routes contacts for ${name}`,
    tags: {},
    isDefault: name === defaultRoutingProfile,
    queueIds: [stableId(instanceId, 'queue', name)],
    modifiedAt: SEEDED_AT,
  }));
}

/** The attributes in which people can have proficiencies. */
const predefinedAttributes = [
  { name: 'Language', values: ['English', 'French', 'German', 'Polish', 'Spanish', 'Turkish'] },
  { name: 'Product', values: ['Cards', 'Insurance', 'Loans', 'Travel'] },
] as const;

const seedTrafficDistribution = (instanceId: string): TrafficDistributionGroup[] =>
  ['Default', 'Overflow to us-west-2'].map((name, index) => ({
    id: stableId(instanceId, 'traffic-distribution-group', name),
    name,
    description:
      index === 0 ? 'Made with the replica.' : 'For agents who may sign in to the replica.',
    isDefault: index === 0,
    tags: {},
    userIds: new Set<string>(),
  }));

type ProfileSeed = {
  name: string;
  description: string;
  permissions: readonly string[];
  restriction?: NonNullable<SecurityProfile['restriction']>;
} & Partial<Pick<SecurityProfile, 'applications' | 'aiAgents' | 'flowModules'>>;

function seedSecurityProfiles(
  instanceId: string,
  groups: readonly HierarchyGroup[],
): SecurityProfile[] {
  const bristol = groups.find((group) => group.name === 'Bristol');
  const profiles: ProfileSeed[] = [
    // The four that every new instance has, with AWS's descriptions.
    profile('Admin', 'Grants administrators permission to perform all actions.', 'admin'),
    profile('Agent', 'Grants agents permission to access the CCP.', 'agent'),
    profile(
      'CallCenterManager',
      'Grants managers permission to perform actions related to user management, metrics, and routing.',
      'callCenterManager',
    ),
    profile(
      'QualityAnalyst',
      'Grants analysts permission to perform actions related to metrics.',
      'qualityAnalyst',
    ),
    profile('Supervisor', 'Leads a floor; may listen in on calls.', 'supervisor'),
    profile('User Manager', 'Adds and edits users; may not listen in.', 'userManager'),
    profile('Tier 1 Agent', 'First line; sees the metrics of its own work.', 'tier1Agent'),
    profile('Tier 2 Agent', 'Second line.', 'agent'),
    profile('Task Agent', 'Works on tasks beside calls.', 'taskAgent'),
    profile('Trainee', 'Takes calls, makes none.', 'trainee'),
    profile('Reporting', 'Sees metrics and reports only.', 'reporting'),
    profile('Flow Designer', 'Builds flows and prompts.', 'flowDesigner'),
    {
      ...profile('Claims Desk', 'Works in the claims application beside calls.', 'agent'),
      applications: [
        { Namespace: 'claims.harbour.example', ApplicationPermissions: ['ACCESS'] },
        { Namespace: 'mcp.harbour.example', ApplicationPermissions: ['readClaim'], Type: 'MCP' },
      ],
      aiAgents: [
        {
          Arn: `arn:aws:wisdom:us-west-2:123456789012:ai-agent/${stableId(instanceId, 'ai-agent')}`,
          Type: 'THIRD_PARTY',
        },
      ],
      flowModules: [{ Type: 'MCP', FlowModuleId: stableId(instanceId, 'flow-module', 'claims') }],
    },
    {
      ...profile('Berlin User Manager', 'Adds users tagged Country=DE only.', 'userManager'),
      restriction: { tags: { Country: 'DE' }, tagRestrictedResources: ['User'] },
    },
    {
      ...profile('Bristol User Manager', 'Adds users below the site Bristol only.', 'userManager'),
      restriction: {
        ...(bristol ? { hierarchyGroupId: bristol.id } : {}),
        hierarchyRestrictedResources: ['User'],
      },
    },
  ];
  return profiles.map((seed) => ({
    applications: [],
    aiAgents: [],
    flowModules: [],
    ...seed,
    id: idOf(instanceId, 'security-profile', seed.name),
    permissions: [...new Set(seed.permissions)],
    tags: {},
    modifiedAt: SEEDED_AT,
  }));
}

const profile = (
  name: string,
  description: string,
  holds: keyof typeof permissionSets,
): ProfileSeed => ({ name, description, permissions: permissionSets[holds] });

function seedGroups(instanceId: string): HierarchyGroup[] {
  const groups: HierarchyGroup[] = [];
  const add = (path: readonly string[], parent?: HierarchyGroup): HierarchyGroup => {
    const group: HierarchyGroup = {
      id: stableId(instanceId, 'agent-group', ...path),
      name: path.at(-1) ?? '',
      level: path.length,
      ...(parent ? { parentId: parent.id } : {}),
      tags: {},
      modifiedAt: SEEDED_AT,
    };
    groups.push(group);
    return group;
  };
  for (const [site, departments] of Object.entries(hierarchy)) {
    const siteGroup = add([site]);
    for (const [department, teams] of Object.entries(departments)) {
      const departmentGroup = add([site, department], siteGroup);
      for (const team of teams) add([site, department, team], departmentGroup);
    }
  }
  return groups;
}

function seedUsers(instance: Instance): User[] {
  const managed = instance.identity === 'CONNECT_MANAGED';
  const cast = managed
    ? connectUsers
    : connectUsers.filter(({ username }) => username === 'ari.admin');
  const known = cast.map((person) =>
    seedUser(instance, {
      // With single sign-on, people have the usernames of their company directory.
      username: instance.identity === 'SAML' ? person.email : person.username,
      firstName: person.firstName,
      lastName: person.lastName,
      ...(managed ? { email: person.email } : {}),
      securityProfiles: person.securityProfiles,
      routing: 0,
      group: [],
      tags: {},
    }),
  );
  const others = crowd.map((colleague) =>
    seedUser(instance, {
      ...colleague,
      username:
        instance.identity === 'SAML' ? `${colleague.username}@harbour.example` : colleague.username,
      ...(managed ? { email: `${colleague.username}@harbour.example` } : {}),
    }),
  );
  return [...known, ...others];
}

function seedUser(instance: Instance, person: Colleague & { email?: string }): User {
  const routingName = routingProfileNames[person.routing % routingProfileNames.length] ?? '';
  return {
    id: stableId(instance.id, 'agent', person.username),
    username: person.username,
    identityInfo: {
      FirstName: person.firstName,
      LastName: person.lastName,
      ...(person.email ? { Email: person.email } : {}),
    },
    ...(instance.identity === 'EXISTING_DIRECTORY'
      ? { directoryUserId: stableId(instance.id, 'directory', person.username) }
      : {}),
    hasPassword: instance.identity === 'CONNECT_MANAGED',
    routingProfileId: idOf(instance.id, 'routing-profile', routingName),
    securityProfileIds: person.securityProfiles.map((name) =>
      idOf(instance.id, 'security-profile', name),
    ),
    ...(person.group.length > 0
      ? { hierarchyGroupId: stableId(instance.id, 'agent-group', ...person.group) }
      : {}),
    phone: {
      PhoneConfig: { PhoneType: 'SOFT_PHONE', AutoAccept: false, AfterContactWorkTimeLimit: 0 },
    },
    tags: { ...person.tags },
    proficiencies: [],
    createdAt: SEEDED_AT,
    modifiedAt: SEEDED_AT,
  };
}

const byId = <Item extends { id: string }>(items: readonly Item[]): Map<string, Item> =>
  new Map(items.map((item) => [item.id, item]));
