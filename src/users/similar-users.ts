/** The existing users of an instance that are most similar to a new one, and their differences. Pure. */
import { fullName } from './full-name.ts';
import type { NewUser } from './new-user.ts';

/** An existing user, with the ids of its access. */
export type Existing = {
  readonly username: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly securityProfileIds: readonly string[];
  readonly routingProfileId?: string;
  readonly hierarchyGroupId?: string;
};

export type Similar = {
  readonly username: string;
  readonly name: string;
  /** Security profiles that only the new one gets, and those that only the existing one has, by id. */
  readonly added: readonly string[];
  readonly missing: readonly string[];
  /** Its routing profile and its group, by id, when they differ; null for none. Absent when they are the same. */
  readonly routingProfileId?: string | null;
  readonly hierarchyGroupId?: string | null;
};

/** The most similar first: security profiles weigh most, then the routing profile, then the group. */
export function mostSimilar(
  user: Pick<NewUser, 'securityProfiles' | 'routingProfile' | 'hierarchyGroup'>,
  existing: readonly Existing[],
  limit: number,
): Similar[] {
  const asked = new Set(user.securityProfiles.map(({ id }) => id));
  const ranked = existing.map((colleague) => {
    const held = new Set(colleague.securityProfileIds);
    const shared = [...asked].filter((id) => held.has(id)).length;
    const all = new Set([...asked, ...held]).size;
    const isSameRouting = colleague.routingProfileId === user.routingProfile.id;
    const isSameGroup = (colleague.hierarchyGroupId ?? null) === (user.hierarchyGroup?.id ?? null);
    const score =
      (all === 0 ? 0 : (4 * shared) / all) + (isSameRouting ? 2 : 0) + (isSameGroup ? 1 : 0);
    return { colleague, held, isSameRouting, isSameGroup, score };
  });
  ranked.sort(
    (left, right) =>
      right.score - left.score || (left.colleague.username < right.colleague.username ? -1 : 1),
  );
  return ranked.slice(0, limit).map(({ colleague, held, isSameRouting, isSameGroup }) => ({
    username: colleague.username,
    name: fullName(colleague),
    added: [...asked].filter((id) => !held.has(id)),
    missing: [...held].filter((id) => !asked.has(id)),
    ...(isSameRouting ? {} : { routingProfileId: colleague.routingProfileId ?? null }),
    ...(isSameGroup ? {} : { hierarchyGroupId: colleague.hierarchyGroupId ?? null }),
  }));
}
