/** Whether a person may approve or deny now, and what their approval completes. Pure. */
import type { SignIn } from '../auth/decision-basis.ts';
import { whyNotThisWay } from '../auth/judge-sign-in.ts';
import type { LinkConfirmer } from '../auth/link-confirmers.ts';
import { type Problem, problem } from '../errors/problem.ts';
import type { PersonFacts } from './facts.ts';
import { isAboveCeiling, isNamed } from './match.ts';
import type { Approval, Rule, Stage, StepUp } from './rule.ts';

/** The approvals that a request needs, stored with it when they are first requested. */
export type Plan = {
  readonly rule: string;
  /** Hash of the policy file that the rule comes from. */
  readonly policyHash: string;
  readonly approval: Approval;
  readonly aboveCeiling: Rule['aboveCeiling'];
  /** The ticket in the reason, with its link. */
  readonly ticket: { readonly id: string; readonly link: string | null } | null;
};

/** An approval that counts. */
export type GivenApproval = {
  readonly personId: string;
  readonly personName: string;
  readonly connectUserId: string;
  readonly stage: number;
  /** The person on whose behalf the deputy approved. */
  readonly deputyFor: string | null;
  /** The Connect user of that person, where it is known. */
  readonly deputyForUserId?: string;
  /** Slack ids of the admins who confirmed which Connect user this approver is. */
  readonly vouchedBy?: readonly string[];
  /** Requested permissions that this approver lacks, as `profile: permission`; only under `ceiling: together`. */
  readonly lacks: readonly string[];
};

/** A person in whose place a deputy decides. */
export type Principal = {
  readonly id: string;
  readonly name: string;
  readonly usergroups: readonly string[];
  /** '' when their Connect user is not known. */
  readonly connectUserId: string;
};

export type ApproverFacts = PersonFacts & {
  readonly name: string;
  readonly connectUserId: string;
  /** Why the Connect user of this person is not known; null when it is. */
  readonly unidentified: Problem | null;
  readonly username: string;
  /** All permissions to which `beyond` refers. */
  readonly lacks: readonly string[];
  /** Active people who have named this person their current deputy. */
  readonly deputyFor: readonly Principal[];
  /** The admins who confirmed this person's Connect user: they count as one person with them. */
  readonly vouchedBy: readonly LinkConfirmer[];
  /** The fresh sign-in of this approval; absent when there is none. */
  readonly signIn?: SignIn;
};

export type RequesterIdentity = {
  readonly instance: string;
  readonly requesterId: string;
  /** Connect users that the requester has or had: other accounts with them count as the requester as well. */
  readonly requesterUserIds: readonly string[];
};

export type ApproverVerdict =
  | { readonly allowed: false; readonly problem: Problem }
  | {
      readonly allowed: true;
      readonly stage: number;
      readonly deputyFor: string | null;
      readonly deputyForUserId: string;
      readonly aboveCeiling: boolean;
      /** Whether the request is complete with this approval. */
      readonly completes: boolean;
    };

/** How many of the approvals count in each stage. */
export function countsPerStage(plan: Plan, given: readonly GivenApproval[]): number[] {
  return plan.approval.stages.map(
    (_, stage) => given.filter((previous) => previous.stage === stage).length,
  );
}

/** The index of the stage that decides now; -1 when all are complete. */
export function openStage(plan: Plan, given: readonly GivenApproval[]): number {
  const counts = countsPerStage(plan, given);
  return plan.approval.stages.findIndex((stage, index) => (counts[index] ?? 0) < stage.count);
}

export function judgeApprover(
  plan: Plan,
  given: readonly GivenApproval[],
  by: ApproverFacts,
  request: RequesterIdentity,
): ApproverVerdict {
  const eligible = whyNotDecider(plan, by, request);
  if (eligible) return { allowed: false, problem: eligible };
  const { approval } = plan;
  if (!approval.allowOwn && by.vouchedBy.some((confirmer) => isRequester(confirmer, request))) {
    return { allowed: false, problem: problem('decision.vouched-for') };
  }
  const index = openStage(plan, given);
  const stage = approval.stages[index];
  if (!stage) return { allowed: false, problem: problem('decision.complete') };
  const seat = findRepresentedPerson(stage, by, request, approval.allowOwn);
  if (!seat) {
    const how = approval.stages.length > 1 ? `“${stage.name}”` : 'this request';
    return { allowed: false, problem: problem('decision.not-approver', { stage: how }) };
  }
  const principal = by.deputyFor.find(({ id }) => id === seat) ?? null;
  const counted = given.find(
    (previous) =>
      (approval.distinctPeople || previous.stage === index) &&
      isSomeoneOf(previous, [by, ...by.vouchedBy, ...(principal ? [principal] : [])]),
  );
  if (counted) {
    const isOwn = counted.personId === by.id;
    return {
      allowed: false,
      problem: isOwn
        ? problem('decision.counted')
        : problem('decision.counted-as', { who: counted.personName }),
    };
  }
  const aboveCeiling = by.beyond !== null && isAboveCeiling(plan, by);
  if (by.beyond && !aboveCeiling && approval.ceiling === 'each') {
    return { allowed: false, problem: by.beyond };
  }
  const counts = countsPerStage(plan, given);
  const completes = approval.stages.every(
    (needed, at) => (counts[at] ?? 0) + (at === index ? 1 : 0) >= needed.count,
  );
  if (completes && approval.ceiling === 'together' && !aboveCeiling) {
    const lacking = permissionsHeldByNone([by.lacks, ...given.map(({ lacks }) => lacks)]);
    if (lacking.length > 0) {
      const missing = lacking.slice(0, 3).join(', ');
      return { allowed: false, problem: problem('decision.together-lacking', { missing }) };
    }
  }
  const unsigned = whyNotSignedIn(approval.stepUp, by);
  if (unsigned) return { allowed: false, problem: unsigned };
  const deputyFor = seat === 'own' ? null : seat;
  const deputyForUserId = principal?.connectUserId ?? '';
  return { allowed: true, stage: index, deputyFor, deputyForUserId, aboveCeiling, completes };
}

/** Under `ceiling: together`: the permissions that none of the approvers holds. */
export function permissionsHeldByNone(lacking: readonly (readonly string[])[]): string[] {
  const [first = [], ...others] = lacking;
  return first.filter((permission) => others.every((lacks) => lacks.includes(permission)));
}

/**
 * Why a person cannot give an approval that requires a sign-in. It is checked last, because a sign-in costs the
 * person time.
 */
export function whyNotSignedIn(
  stepUp: StepUp | null | undefined,
  { signIn }: Pick<ApproverFacts, 'signIn'>,
): Problem | null {
  if (!stepUp) return null;
  return signIn ? whyNotThisWay(signIn, stepUp) : problem('sign-in.needed');
}

/** The plan as if the person had signed in, to check whether they may approve at all. */
export function withoutStepUp(plan: Plan): Plan {
  const { stepUp: _, ...approval } = plan.approval;
  return { ...plan, approval };
}

/**
 * Whether an approval was given by one of these people or in the place of one of them, through any of their accounts:
 * by Slack id, and by the Connect user of the accounts. An admin who confirmed an approver's Connect user counts as
 * the same person.
 */
function isSomeoneOf(
  previous: GivenApproval,
  people: readonly { readonly id: string; readonly connectUserId: string }[],
): boolean {
  const ids = [previous.personId, previous.deputyFor, ...(previous.vouchedBy ?? [])];
  const users = [previous.connectUserId, previous.deputyForUserId ?? ''].filter(Boolean);
  return people.some(({ id, connectUserId }) => ids.includes(id) || users.includes(connectUserId));
}

/** Whether this is the requester, through any account of theirs. */
function isRequester(
  { id, connectUserId }: LinkConfirmer,
  { requesterId, requesterUserIds }: RequesterIdentity,
): boolean {
  return id === requesterId || requesterUserIds.includes(connectUserId);
}

/**
 * Whether this person may deny. A denial gives nobody access: there is no ceiling, and an approver of any stage may
 * deny.
 *
 * @param stageName the only stage whose approvers may do it
 */
export function judgeDenier(
  plan: Plan,
  by: ApproverFacts,
  request: RequesterIdentity,
  stageName?: string,
): Problem | null {
  const eligible = whyNotDecider(plan, by, request);
  if (eligible) return eligible;
  const { stages, allowOwn } = plan.approval;
  return stages
    .filter(({ name }) => stageName === undefined || name === stageName)
    .some((stage) => findRepresentedPerson(stage, by, request, allowOwn))
    ? null
    : problem('decision.not-approver', { stage: 'this request' });
}

/** Why a person cannot decide at all. */
function whyNotDecider(plan: Plan, by: ApproverFacts, request: RequesterIdentity): Problem | null {
  if (by.inactive) return by.inactive;
  const { instance } = request;
  const { allowOwn } = plan.approval;
  if (by.id === request.requesterId && !allowOwn) {
    return problem('decision.own-request', { instance });
  }
  if (request.requesterUserIds.includes(by.connectUserId) && !allowOwn) {
    return problem('decision.own-request-twice', { username: by.username });
  }
  if (by.unidentified) return by.unidentified;
  if (!by.holdsUsersCreate) {
    return problem('decision.needs-create', { instance, username: by.username });
  }
  return null;
}

/**
 * In whose place a person decides in a stage: their own, or that of a person whose deputy they are. Requesters, by
 * any of their accounts, cannot choose a person who decides about their own request (H3).
 */
function findRepresentedPerson(
  stage: Stage,
  by: ApproverFacts,
  request: RequesterIdentity,
  allowOwn: boolean,
): string | null {
  const isOpen = stage.people.length === 0 && stage.usergroups.length === 0;
  if (isOpen || isNamed(stage, by)) return 'own';
  const principals = by.deputyFor.filter(
    (principal) => allowOwn || !isRequester(principal, request),
  );
  return principals.find((principal) => isNamed(stage, principal))?.id ?? null;
}
