/**
 * The verdicts: may this person ask, may they decide, is an approval needed? Pure; each gives its reason.
 * Amazon Connect does not check any of this for an IAM caller, so these few functions are all there is
 * between Slack and Admin.
 */

import type { ApprovalPolicy, WhoMayRequest } from '../config/config.ts';
import { type Problem, problem } from '../errors/problem.ts';
import type { SlackPerson } from '../slack/person.ts';
import { listed } from '../text/lists.ts';
import {
  type CeilingRules,
  excessOf,
  limitOn,
  type NamedProfile,
  type UserScope,
} from './ceiling.ts';
import { ceilingProblem } from './ceiling-problem.ts';
import type { Identity } from './connect-identity.ts';
import type { Ground } from './ground.ts';
import { whyNotActive } from './who-may-act.ts';

/** "Users – Create" in a security profile (ListSecurityProfilePermissions). */
export const USERS_CREATE = 'Users.Create';

/** What a known Connect user holds, read from all their security profiles. */
export type Holdings = {
  readonly username: string;
  readonly permissions: ReadonlySet<string>;
  /** All their security profiles, with what limits them. */
  readonly profiles: readonly NamedProfile[];
  /** Names of the security profiles that give Users – Create. */
  readonly createThrough: readonly string[];
};

/** A security profile that a request would hand out. */
export type AskedProfile = NamedProfile;

/** What a request would hand out, and to whom, with what the ceiling compares it by. */
export type AskedFacts = {
  readonly asked: readonly AskedProfile[];
  /** The places where its users would be, each once. */
  readonly users: readonly UserScope[];
  readonly rules: CeilingRules;
};

export type Verdict<Allowed> =
  | ({ readonly allowed: true } & Allowed)
  | { readonly allowed: false; readonly problem: Problem };

export type RequesterFacts = {
  readonly person: SlackPerson;
  readonly teamName: string;
  readonly instance: string;
  /** Ids of the policy's user groups that this person is in. */
  readonly usergroups: readonly string[];
  /** Null when the person is no Connect user, or nobody looked because the policy did not ask. */
  readonly holdings: Holdings | null;
};

/** May this person ask for users in this instance? Denied unless the policy says yes. */
export function mayRequest(
  policy: WhoMayRequest,
  facts: RequesterFacts,
): Verdict<{ readonly because: string }> {
  const nobody = whyNotActive(facts.person, facts.teamName);
  if (nobody) return { allowed: false, problem: nobody };
  if (policy.anyone) return { allowed: true, because: 'anyone in the workspace may' };
  if (policy.people.includes(facts.person.id))
    return { allowed: true, because: 'named in the policy' };
  if (policy.usergroups.some((group) => facts.usergroups.includes(group))) {
    return { allowed: true, because: 'in a user group of the policy' };
  }
  if (policy.creators && facts.holdings?.permissions.has(USERS_CREATE)) {
    return { allowed: true, because: 'holds Users – Create' };
  }
  const { instance } = facts;
  const allowed = whoMay(policy);
  return {
    allowed: false,
    problem: allowed
      ? problem('request.not-allowed', { instance, allowed })
      : problem('request.nobody-may', { instance }),
  };
}

function whoMay(policy: WhoMayRequest): string {
  const who: string[] = [];
  if (policy.usergroups.length > 0) who.push('certain user groups');
  if (policy.people.length > 0) who.push('people named by the operator');
  if (policy.creators) who.push('holders of Users – Create');
  return listed(who);
}

export type DeciderFacts = {
  readonly person: SlackPerson;
  readonly teamName: string;
  readonly instance: string;
  readonly requesterId: string;
  /** Ids of the Connect users that the requester is or was: their other accounts are the requester as well. */
  readonly requesterUserIds: readonly string[];
  readonly identity: Identity;
  /** Null when the person is no Connect user. */
  readonly holdings: Holdings | null;
} & AskedFacts;

/**
 * May this person approve (H3)? Not their own request, only with Users – Create held now, only profiles that
 * give no more than they hold themselves, and only for users within the limits of their own access.
 */
export function mayApprove(
  policy: ApprovalPolicy,
  facts: DeciderFacts,
): Verdict<{ readonly ground: Ground }> {
  const creator = mayDeny(facts, policy);
  if (!creator.allowed) return creator;
  const excess = ceilingProblem(creator.holdings.profiles, facts, facts.rules);
  if (excess) return { allowed: false, problem: excess };
  return { allowed: true, ground: groundOf('holds-users-create', creator.holdings) };
}

/** May this person deny? As for approving, but saying no gives nothing away, so no ceiling. */
export function mayDeny(
  facts: DeciderFacts,
  policy: ApprovalPolicy,
): Verdict<{ readonly holdings: Holdings }> {
  const nobody = whyNotActive(facts.person, facts.teamName);
  if (nobody) return { allowed: false, problem: nobody };
  if (facts.person.id === facts.requesterId && !policy.allowOwn) {
    return {
      allowed: false,
      problem: problem('decision.own-request', { instance: facts.instance }),
    };
  }
  if (facts.identity.kind === 'unknown') return { allowed: false, problem: facts.identity.problem };
  if (facts.requesterUserIds.includes(facts.identity.userId) && !policy.allowOwn) {
    const { username } = facts.identity;
    return { allowed: false, problem: problem('decision.own-request-twice', { username }) };
  }
  if (!facts.holdings?.permissions.has(USERS_CREATE)) {
    const { username } = facts.identity;
    return {
      allowed: false,
      problem: problem('decision.needs-create', { instance: facts.instance, username }),
    };
  }
  return { allowed: true, holdings: facts.holdings };
}

/**
 * Must somebody else approve? Under `unless-permitted`, not if the requester could create exactly these
 * users themselves; the ceiling of H3 holds here too.
 */
export function ownGround(
  policy: ApprovalPolicy,
  facts: AskedFacts & { readonly holdings: Holdings | null },
): Ground | null {
  if (policy.needed !== 'unless-permitted' || !facts.holdings) return null;
  if (!facts.holdings.permissions.has(USERS_CREATE)) return null;
  if (ceilingProblem(facts.holdings.profiles, facts, facts.rules)) return null;
  return groundOf('own-permission', facts.holdings);
}

function groundOf(kind: Ground['kind'], holdings: Holdings): Ground {
  return { kind, connectUser: holdings.username, profiles: holdings.createThrough };
}

/** How far what is requested goes beyond what somebody holds. Nobody without a Connect user holds anything. */
export function ceilingOf(
  holdings: Holdings | null,
  facts: AskedFacts,
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
