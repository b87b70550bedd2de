/**
 * The permission ceiling (H3): nobody grants more than they hold, or grants it for users outside their own limits.
 * Pure.
 *
 * How profiles combine: https://docs.aws.amazon.com/connect/latest/adminguide/tag-based-access-control.html and
 * hierarchy-based-access-control.html. A person with several profiles has the permissions of all of them. A profile
 * that gives a permission without a limit overrides another that limits it. If one profile has both a tag limit and a
 * hierarchy limit, both must match.
 */
import type {
  AccessRestriction,
  Grant,
  SecurityProfileFacts,
} from '../connect/security-profile.ts';
import { isComparedPermission } from './restricting-permissions.ts';

/** A security profile with the name that people see. */
export type NamedProfile = SecurityProfileFacts & { readonly name: string };

/** What the comparison needs in addition to the profiles. */
export type CeilingRules = {
  /** Permissions that the policy file excludes from the comparison, in addition to the bot's own table. */
  readonly neverCount: readonly string[];
  /** Whether a hierarchy group is the same as the other, or is below it. */
  readonly isWithin: (groupId: string, otherId: string) => boolean;
  /** The displayed path of a hierarchy group, such as `Bristol / Sales`. */
  readonly nameOfGroup: (groupId: string) => string;
};

/** The place of a new user, to which limits by tag and by hierarchy apply. */
export type UserScope = {
  readonly tags: Readonly<Record<string, string>>;
  readonly hierarchyGroupId: string | null;
};

/** Why a profile exceeds what a person may grant. */
export type Excess =
  | { readonly kind: 'permissions'; readonly missing: readonly string[] }
  | { readonly kind: 'grants'; readonly missing: readonly Grant[] }
  /** The profile's holder would be limited less than the person who grants it. */
  | { readonly kind: 'scope'; readonly permission: string; readonly limit: Limit }
  /** A person who is limited to profiles with these tags cannot see this profile. */
  | { readonly kind: 'unseen'; readonly limit: Limit };

/** The limit that prevents it, for a message. */
export type Limit = {
  /** Such as `Country=DE`; empty when only the hierarchy limits. */
  readonly tags: readonly string[];
  readonly hierarchyGroupId: string | null;
};

/**
 * What `asked` grants that a person with `held` does not hold; null when there is nothing. Only the first kind of
 * excess is returned, permissions first.
 */
export function excessOf(
  held: readonly SecurityProfileFacts[],
  asked: SecurityProfileFacts,
  rules: CeilingRules,
): Excess | null {
  const permissions = asked.permissions.filter((name) =>
    isComparedPermission(name, rules.neverCount),
  );
  const holds = new Set(held.flatMap((profile) => profile.permissions));
  const missing = permissions.filter((name) => !holds.has(name));
  if (missing.length > 0) return { kind: 'permissions', missing };

  const granted = new Set(held.flatMap((profile) => profile.grants.map(grantKey)));
  const grants = asked.grants.filter((grant) => !granted.has(grantKey(grant)));
  if (grants.length > 0) return { kind: 'grants', missing: grants };

  for (const permission of permissions) {
    const through = held.filter((profile) => profile.permissions.includes(permission));
    for (const resource of restrictedBy(through)) {
      if (!touches(permission, resource)) continue;
      const own = scopeOf(asked, resource);
      const scopes = through.map((profile) => scopeOf(profile, resource));
      const isCovered = scopes.some((scope) => covers(scope, own, rules.isWithin));
      const [limit] = scopes;
      if (!isCovered && limit) return { kind: 'scope', permission, limit: limitOf(limit) };
    }
  }
  const unseen = outside(held, 'SecurityProfiles.', 'SecurityProfile', asked.tags, null, rules);
  return unseen ? { kind: 'unseen', limit: unseen } : null;
}

/**
 * The limit that prevents a person from creating this user; null when none does. That a new user must itself have the
 * tags and be in the group is inferred from the effect of the limits on existing users.
 */
export function limitOn(
  held: readonly SecurityProfileFacts[],
  user: UserScope,
  rules: CeilingRules,
): Limit | null {
  return outside(held, 'Users.Create', 'User', user.tags, user.hierarchyGroupId, rules);
}

/** Whether a person may see a user in this place: a person who may create users there sees them too. */
export function maySeeUser(
  held: readonly SecurityProfileFacts[],
  user: UserScope,
  rules: CeilingRules,
): boolean {
  return ['Users.View', 'Users.Create'].some(
    (permission) =>
      held.some((profile) => profile.permissions.includes(permission)) &&
      !outside(held, permission, 'User', user.tags, user.hierarchyGroupId, rules),
  );
}

type Scope = {
  /** Tags that a resource must have; null means any. */
  readonly tags: Readonly<Record<string, string>> | null;
  readonly hierarchyGroupId: string | null;
};

/** The resources of one kind that a profile's holder can access. */
function scopeOf({ restriction }: SecurityProfileFacts, resource: string): Scope {
  if (!restriction) return { tags: null, hierarchyGroupId: null };
  const byTag = restriction.tagRestricted.includes(resource);
  const byGroup = restriction.hierarchyRestricted.includes(resource);
  return {
    tags: byTag ? restriction.tags : null,
    hierarchyGroupId: byGroup ? restriction.hierarchyGroupId : null,
  };
}

/** Whether `scope` includes everything that `narrower` includes. */
function covers(scope: Scope, narrower: Scope, isWithin: CeilingRules['isWithin']): boolean {
  const byTag =
    scope.tags === null || (narrower.tags !== null && carries(narrower.tags, scope.tags));
  const group = scope.hierarchyGroupId;
  const byGroup =
    group === null ||
    (narrower.hierarchyGroupId !== null && isWithin(narrower.hierarchyGroupId, group));
  return byTag && byGroup;
}

/** The limit of a person for whom every profile with such a permission excludes a resource. */
function outside(
  held: readonly SecurityProfileFacts[],
  permissionPrefix: string,
  resource: string,
  tags: Readonly<Record<string, string>>,
  hierarchyGroupId: string | null,
  rules: CeilingRules,
): Limit | null {
  const scopes = held
    .filter((profile) => profile.permissions.some((name) => name.startsWith(permissionPrefix)))
    .map((profile) => scopeOf(profile, resource));
  const isReached = scopes.some(
    (scope) =>
      (scope.tags === null || carries(tags, scope.tags)) &&
      (scope.hierarchyGroupId === null ||
        (hierarchyGroupId !== null && rules.isWithin(hierarchyGroupId, scope.hierarchyGroupId))),
  );
  const [limit] = scopes;
  return isReached || !limit ? null : limitOf(limit);
}

function carries(
  tags: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(wanted).every(
    ([key, value]) => Object.hasOwn(tags, key) && tags[key] === value,
  );
}

/** Kinds of resource that at least one of these profiles limits. */
function restrictedBy(profiles: readonly SecurityProfileFacts[]): Set<string> {
  const of = (restriction: AccessRestriction | null) =>
    restriction ? [...restriction.tagRestricted, ...restriction.hierarchyRestricted] : [];
  return new Set(profiles.flatMap((profile) => of(profile.restriction)));
}

/** Kind of resource → the prefixes of the permissions to which its limits apply. */
const permissionsOfResources: Readonly<Record<string, readonly string[]>> = {
  // Agents' numbers and activity are limited together with the agents.
  User: ['Users.', 'AccessMetrics', 'MetricsReports.', 'AgentTimeCard.', 'ManagerListenIn'],
  RoutingProfile: ['RoutingPolicies.'],
  HierarchyGroup: ['AgentGrouping.'],
  UserHierarchyGroup: ['AgentGrouping.'],
  AgentStatus: ['AgentStates.'],
  QuickConnect: ['TransferDestinations.'],
};

/**
 * Whether a permission acts on resources of this kind; for a kind that is not in the table, this is determined by
 * name.
 */
function touches(permission: string, resource: string): boolean {
  const prefixes = permissionsOfResources[resource] ?? [`${resource}.`, `${resource}s.`];
  return prefixes.some((prefix) => permission.startsWith(prefix));
}

const grantKey = ({ kind, id }: Grant) => `${kind} ${id}`;

const limitOf = ({ tags, hierarchyGroupId }: Scope): Limit => ({
  tags: Object.entries(tags ?? {}).map(([key, value]) => `${key}=${value}`),
  hierarchyGroupId,
});
