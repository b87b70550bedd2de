/** Exceptional actions that the policy allows: break-glass, lifting a limit, requesting the evidence. */

import { readDecider, readDenier } from '../../approvals/decider.ts';
import { readPrincipalsSince } from '../../approvals/deputies-store.ts';
import { basisOf } from '../../approvals/person-facts.ts';
import { readCurrentRequest, readStepUp } from '../../approvals/read-current-request.ts';
import {
  setEvidenceRequested,
  setLimitLifted,
} from '../../approvals/reminders-and-limits-store.ts';
import type { SignIn } from '../../auth/decision-basis.ts';
import type { InstanceClient } from '../../connect/instance-client.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import {
  type ApproverFacts,
  type RequesterIdentity,
  whyNotSignedIn,
} from '../../policy/approver.ts';
import { isAboveCeiling, isNamed } from '../../policy/match.ts';
import type { Services } from '../../services.ts';
import type { SlackPerson } from '../../slack/slack-person.ts';
import type { RequestRecord } from '../../storage/schema.ts';
import {
  breakGlassUsed,
  evidenceRequested,
  limitLifted,
} from '../model/reminder-and-limit-transitions.ts';
import { fromStoredDecision } from '../model/stored-decision.ts';
import { askAgain } from './approve-request.ts';
import type { Prepared } from './prepared-step.ts';

/**
 * One person has the users created at once. They still need Users – Create, and everything that is requested (H3).
 */
export async function prepareBreakGlass(
  services: Services,
  instanceClient: InstanceClient,
  record: RequestRecord,
  person: SlackPerson,
  reason: string,
  signIn: SignIn | undefined,
): Promise<Prepared | Problem> {
  const current = await readCurrentRequest(services, instanceClient, record);
  if ('code' in current) return current;
  if (current.changes.length > 0) return askAgain(current);
  const { plan, binding, profiles } = current;
  const decider = await readDecider(services, instanceClient, person, plan, {
    asked: profiles,
    fresh: true,
  });
  const { facts } = decider;
  const { breakGlass } = plan.approval;
  if (facts.inactive) return facts.inactive;
  if (!breakGlass || !isNamed(breakGlass, facts)) return problem('break-glass.not-named');
  if (facts.unidentified) return facts.unidentified;
  if (!facts.holdsUsersCreate) {
    const { username } = facts;
    return problem('decision.needs-create', { instance: record.instance, username });
  }
  const isAbove = isAboveCeiling(plan, facts);
  if (facts.beyond && !isAbove) return facts.beyond;
  const signed = signIn ? { signIn } : {};
  const unsigned = whyNotSignedIn(plan.approval.stepUp, signed);
  if (unsigned) return unsigned;
  const above = facts.beyond ? { aboveCeiling: true as const } : {};
  const basis = basisOf(decider, 'break-glass', { rule: plan.rule, ...above, ...signed });
  const by = { id: facts.id, name: facts.name, basis, binding, plan, reason };
  return {
    transition: (head, now, _tx, locked) =>
      locked.binding?.hash === binding.hash
        ? breakGlassUsed(head, by, now)
        : { ok: false, problem: problem('decision.content-changed') },
  };
}

/**
 * A second person, who may decide: neither the requester nor an approver, by their Slack accounts and by the Connect
 * users of these (H3). Throws `ConnectReadError` when Connect does not answer.
 */
export async function prepareLiftLimit(
  services: Services,
  instanceClient: InstanceClient,
  record: RequestRecord,
  person: SlackPerson,
  reason: string,
  signIn: SignIn | undefined,
): Promise<Prepared | Problem> {
  const { facts, requesterIdentity, refusal } = await readDenier(
    services,
    instanceClient,
    record,
    person,
  );
  if (refusal) return refusal;
  const stepUp = await readStepUp(services, instanceClient, record);
  if (stepUp && 'code' in stepUp) return stepUp;
  return {
    async transition(head, now, tx, locked) {
      const before = locked.limit_lifted;
      // Uses the request's current state, because a different person may have approved it again after the button was
      // pressed.
      if (
        [facts, ...facts.vouchedBy].some((person) => tookPart(locked, requesterIdentity, person))
      ) {
        return { ok: false, problem: problem('resume.needs-second') };
      }
      // The approver chose the deputy, so the deputy is not an independent person, even after the approver ended the
      // time of the deputy, which takes one command.
      const former = await readPrincipalsSince(tx, person.id, locked.created_at);
      const principals = [
        ...facts.deputyFor,
        ...former.map(({ id }) => ({ id, connectUserId: '' })),
      ];
      if (principals.some((principal) => tookPart(locked, requesterIdentity, principal))) {
        return { ok: false, problem: problem('resume.deputy') };
      }
      const transition = limitLifted(head, person, reason, now, { before, signIn });
      if (transition.ok) {
        const needed = locked.plan?.approval.stepUp ?? stepUp;
        const unsigned = whyNotSignedIn(needed, signIn ? { signIn } : {});
        if (unsigned) return { ok: false, problem: unsigned };
        const at = now.toISOString();
        await setLimitLifted(tx, head.id, { by: person.id, byName: person.name, reason, at });
      }
      return transition;
    },
  };
}

/**
 * Whether a person requested this, approved it, or had it approved by a deputy, through any account of theirs (H3).
 */
function tookPart(
  { requester_id: requesterId, decision: stored }: RequestRecord,
  { requesterUserIds }: RequesterIdentity,
  by: Pick<ApproverFacts, 'id' | 'connectUserId'>,
): boolean {
  const decision = fromStoredDecision(stored);
  const approvers = decision?.approvers ?? [];
  const bases = [decision?.basis, ...approvers.map(({ basis }) => basis)];
  const people = [
    requesterId,
    decision?.by,
    ...approvers.map(({ id }) => id),
    ...bases.map((basis) => basis?.deputyFor),
    ...bases.flatMap((basis) => basis?.vouchedBy ?? []),
  ];
  const users = [
    ...requesterUserIds,
    ...bases.flatMap((basis) => [basis?.connectUserId, basis?.deputyForUserId]),
  ];
  return people.includes(by.id) || (by.connectUserId !== '' && users.includes(by.connectUserId));
}

export function prepareEvidence(person: SlackPerson): Prepared {
  return {
    async transition(head, now, tx) {
      const transition = evidenceRequested(head, person);
      if (transition.ok) await setEvidenceRequested(tx, head.id, now);
      return transition;
    },
  };
}
