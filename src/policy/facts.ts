/**
 * The input of a verdict: the requester, and a summary of the request, so that many rows cost no more than few. Pure.
 */
import type { Problem } from '../errors/problem.ts';
import type { NewUser } from '../users/new-user.ts';
import { type RiskName, risksIn } from './risk-names.ts';

export type PersonFacts = {
  readonly id: string;
  /** Why this person may not act at all, such as a guest; null for everybody else. */
  readonly inactive: Problem | null;
  /** The user groups in the policy of which the person is a member. */
  readonly usergroups: readonly string[];
  /** The user groups that Slack refuses to list, so that the person's membership is unknown. */
  readonly unlisted?: readonly string[];
  readonly holdsUsersCreate: boolean;
  /** What exceeds this person's own permissions (H3); null when nothing does. */
  readonly beyond: Problem | null;
};

/** The requested values, each once. */
export type RequestedValues = {
  readonly users: number;
  readonly securityProfiles: readonly string[];
  readonly routingProfiles: readonly string[];
  /** Null means a user without a group. */
  readonly hierarchy: readonly (readonly string[] | null)[];
  /** Tag key → values, null for a user without this tag. */
  readonly tags: ReadonlyMap<string, ReadonlySet<string | null>>;
  readonly permissions: ReadonlySet<string>;
  readonly risks: readonly RiskName[];
};

export type RequestFacts = {
  readonly instance: string;
  readonly requester: PersonFacts;
  readonly asked: RequestedValues;
  readonly reason: string | null;
};

/** The part of a new user that a policy can refer to. */
export type PolicyRow = Pick<
  NewUser,
  'securityProfiles' | 'routingProfile' | 'hierarchyGroup' | 'tags'
>;

/** Summarizes the rows one at a time, because a file may have ten thousand. */
export function createRequestSummary(): {
  add(row: PolicyRow): void;
  /** @param profiles the requested security profiles with their permissions */
  total(profiles: readonly { readonly permissions: readonly string[] }[]): RequestedValues;
} {
  const security = new Set<string>();
  const routing = new Set<string>();
  const groups = new Map<string, readonly string[] | null>();
  const tags = new Map<string, Set<string | null>>();
  const tagged = new Map<string, number>();
  let users = 0;
  return {
    add({ securityProfiles, routingProfile, hierarchyGroup, tags: own }) {
      users++;
      for (const { name } of securityProfiles) security.add(name);
      routing.add(routingProfile.name);
      groups.set(hierarchyGroup?.id ?? '', hierarchyGroup?.path ?? null);
      for (const key in own) {
        const values = tags.get(key) ?? new Set();
        if (values.size === 0) tags.set(key, values);
        values.add(own[key] ?? null);
        tagged.set(key, (tagged.get(key) ?? 0) + 1);
      }
    },
    total(profiles) {
      for (const [key, values] of tags) if ((tagged.get(key) ?? 0) < users) values.add(null);
      const permissions = new Set(profiles.flatMap((profile) => profile.permissions));
      return {
        users,
        securityProfiles: [...security],
        routingProfiles: [...routing],
        hierarchy: [...groups.values()],
        tags,
        permissions,
        risks: risksIn(permissions),
      };
    },
  };
}
