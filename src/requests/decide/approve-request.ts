/** One approval: its content is read again, and the verdict is made with the request locked. */

import {
  insertApproval,
  readApprovals,
  setPlan,
  toGivenApproval,
  withdrawApprovals,
} from '../../approvals/approvals-store.ts';
import { planWithEscalation, readDecider, readRequesterIdentity } from '../../approvals/decider.ts';
import { basisOf, type PersonReading } from '../../approvals/person-facts.ts';
import { type CurrentRequest, readCurrentRequest } from '../../approvals/read-current-request.ts';
import { requestApprovalsAgain } from '../../approvals/request-approvals-again.ts';
import type { SignIn } from '../../auth/decision-basis.ts';
import type { InstanceClient } from '../../connect/instance-client.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import { type Binding, boundHash } from '../../policy/approval-binding.ts';
import {
  type GivenApproval,
  judgeApprover,
  type Plan,
  type RequesterIdentity,
} from '../../policy/approver.ts';
import type { Services } from '../../services.ts';
import type { SlackPerson } from '../../slack/slack-person.ts';
import type { Tx } from '../../storage/database.ts';
import type { ApprovalRecord, RequestRecord } from '../../storage/schema.ts';
import { listed } from '../../text/lists.ts';
import { unlessUsernameRequested } from '../check/requested-usernames.ts';
import { approvalGiven, approvalWithdrawn } from '../model/approval-transitions.ts';
import type { Approver } from '../model/states.ts';
import {
  type Actor,
  notReadyOrOver,
  type RequestHead,
  type Transition,
} from '../model/transition.ts';
import type { Prepared } from './prepared-step.ts';

/**
 * @param shown the hash in the pressed button
 * @param signIn the fresh sign-in for it
 */
export async function prepareApproval(
  services: Services,
  instanceClient: InstanceClient,
  record: RequestRecord,
  person: SlackPerson,
  shown: string | null,
  signIn: SignIn | undefined,
): Promise<Prepared | Problem> {
  const current = await readCurrentRequest(services, instanceClient, record);
  if ('code' in current) return current;
  const { plan, binding, profiles, changes } = current;
  if (changes.length > 0) return askAgain(current);
  const read = await readDecider(services, instanceClient, person, plan, {
    asked: profiles,
    fresh: true,
  });
  const decider = signIn ? { ...read, facts: { ...read.facts, signIn } } : read;
  const requesterIdentity = await readRequesterIdentity(services, instanceClient, record);
  const before = await readApprovals(services.db, record.id);
  const early = judgeApprover(
    planWithEscalation(record, plan),
    before.map(toGivenApproval),
    decider.facts,
    requesterIdentity,
  );
  const isOld = shown !== boundHash(record);
  // No sign-in is required for a request that is over.
  if (isOld && !early.allowed && early.problem.code === 'sign-in.needed') {
    return problem('decision.content-changed');
  }
  // A different person decided first. The name is read while the request is locked.
  if (!early.allowed && early.problem.code !== 'decision.complete') return early.problem;
  if (isOld) return problem('decision.content-changed');
  return {
    async transition(head, now, tx, locked) {
      const next = await approveIn(tx, {
        head,
        locked,
        now,
        plan,
        binding,
        decider,
        requesterIdentity,
      });
      return unlessUsernameRequested(tx, record, next, ['waiting']);
    },
  };
}

type Approving = {
  readonly head: RequestHead;
  readonly locked: RequestRecord;
  readonly now: Date;
  readonly plan: Plan;
  readonly binding: Binding;
  readonly decider: PersonReading;
  readonly requesterIdentity: RequesterIdentity;
};

/** With the request locked, so that no other approval comes between the count and this one. */
async function approveIn(tx: Tx, approving: Approving): Promise<Transition> {
  const { head, locked, now, plan, binding, decider, requesterIdentity } = approving;
  if (head.state !== 'awaiting_approval') {
    return { ok: false, problem: notReadyOrOver(head, now, decider.facts) };
  }
  if (locked.binding && locked.binding.hash !== binding.hash) {
    return { ok: false, problem: problem('decision.content-changed') };
  }
  const { facts } = decider;
  const before = await readApprovals(tx, head.id);
  const verdict = judgeApprover(
    planWithEscalation(locked, plan),
    before.map(toGivenApproval),
    facts,
    requesterIdentity,
  );
  if (!verdict.allowed) return { ok: false, problem: verdict.problem };
  const { stages } = plan.approval;
  const basis = basisOf(decider, 'holds-users-create', {
    rule: plan.rule,
    ...(stages.length > 1 ? { stage: stages[verdict.stage]?.name ?? '' } : {}),
    ...(verdict.deputyFor === null
      ? {}
      : { deputyFor: verdict.deputyFor, deputyForUserId: verdict.deputyForUserId }),
    ...(verdict.aboveCeiling ? { aboveCeiling: true as const } : {}),
    ...(facts.signIn ? { signIn: facts.signIn } : {}),
  });
  const own: Approver = { id: facts.id, name: facts.name, at: now.toISOString(), basis };
  const transition = approvalGiven(
    head,
    {
      id: facts.id,
      name: facts.name,
      basis,
      binding,
      plan,
      approvers: [...before.map(approverOf), own],
      completes: verdict.completes,
    },
    now,
  );
  if (!transition.ok) return transition;
  const given: GivenApproval = {
    personId: facts.id,
    personName: facts.name,
    connectUserId: facts.connectUserId,
    stage: verdict.stage,
    deputyFor: verdict.deputyFor,
    lacks: plan.approval.ceiling === 'together' ? facts.lacks : [],
  };
  await insertApproval(tx, head.id, { ...given, bindingHash: binding.hash, basis, at: now });
  // A request from before rules existed gets the plan by which it was approved.
  if (!locked.binding) await setPlan(tx, head.id, { plan, binding, voided: null });
  return transition;
}

function approverOf(record: ApprovalRecord): Approver {
  const { person_id: id, person_name: name, at, ground: basis } = record;
  return { id, name, at: at.toISOString(), basis };
}

/** The request needs its approvals again, and the person who clicked gets the list of changes. */
export function askAgain(current: CurrentRequest): Prepared {
  return {
    tell: problem('decision.changed-since', { what: listed([...current.changes]) }),
    transition: (head, now, tx, locked) => requestApprovalsAgain(tx, head, locked, now, current),
  };
}

/** Withdraws this person's approvals. */
export function prepareWithdrawal(actor: Actor): Prepared {
  return {
    async transition(head, now, tx) {
      const own = (await readApprovals(tx, head.id)).filter(
        ({ person_id: personId }) => personId === actor.id,
      );
      const transition = approvalWithdrawn(head, actor, own.length, now);
      if (transition.ok) await withdrawApprovals(tx, head.id, actor.id, now);
      return transition;
    },
  };
}
