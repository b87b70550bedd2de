/** The basis of the verdicts in src/policy/: what a person holds, and how far a request exceeds it (H3). Pure. */
import type { Problem } from '../errors/problem.ts';
import {
  type CeilingRules,
  excessOf,
  limitOn,
  type NamedProfile,
  type UserScope,
} from './permission-ceiling.ts';
import { ceilingProblem } from './permission-ceiling-problem.ts';

/** "Users – Create" in a security profile (ListSecurityProfilePermissions). */
export const USERS_CREATE = 'Users.Create';

/** The permissions of a known Connect user, read from all their security profiles. */
export type Holdings = {
  readonly username: string;
  readonly permissions: ReadonlySet<string>;
  /** All their security profiles, with their limits. */
  readonly profiles: readonly NamedProfile[];
  /** Names of the security profiles that include Users – Create. */
  readonly createThrough: readonly string[];
};

/** A security profile that a request would grant. */
export type RequestedProfile = NamedProfile;

/**
 * The profiles that a request would grant, the users it would grant them to, and what the permission ceiling needs to
 * compare them.
 */
export type RequestedAccess = {
  readonly asked: readonly RequestedProfile[];
  /** The hierarchy groups and tags that its users would have, each once. */
  readonly users: readonly UserScope[];
  readonly rules: CeilingRules;
};

/** How far a request exceeds what a person holds. A person without a Connect user holds nothing. */
export function ceilingOf(
  holdings: Holdings | null,
  facts: RequestedAccess,
): { readonly beyond: Problem | null; readonly lacks: readonly string[] } {
  const held = holdings?.profiles ?? [];
  const lacks = facts.asked.flatMap((profile) => {
    const excess = excessOf(held, profile, facts.rules);
    if (excess?.kind !== 'permissions') return excess ? [`${profile.name}: ${excess.kind}`] : [];
    return excess.missing.map((permission) => `${profile.name}: ${permission}`);
  });
  const isOutside = facts.users.some((user) => limitOn(held, user, facts.rules));
  return {
    beyond: ceilingProblem(held, facts, facts.rules),
    lacks: isOutside ? [...lacks, 'users'] : lacks,
  };
}
