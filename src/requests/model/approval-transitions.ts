/**
 * The transitions of a request that waits for several approvals: one is given or withdrawn, or all become void
 * because the request changed. Pure.
 */
import type { DecisionBasis } from '../../auth/decision-basis.ts';
import { problem } from '../../errors/problem.ts';
import type { Binding } from '../../policy/approval-binding.ts';
import type { Plan } from '../../policy/approver.ts';
import { approved } from './decision-transitions.ts';
import type { Approver } from './states.ts';
import {
  type Actor,
  bot,
  notReadyOrOver,
  type RequestHead,
  type Transition,
  toTransition,
} from './transition.ts';

/** Adds one approval. The last required approval starts creating; earlier ones are only counted. */
export function approvalGiven(
  head: RequestHead,
  by: Actor & {
    readonly basis: DecisionBasis;
    readonly binding: Binding;
    readonly plan: Plan;
    /** Everybody who has approved, including this one. */
    readonly approvers: readonly Approver[];
    readonly completes: boolean;
  },
  now: Date,
): Transition {
  const { basis, binding, plan, approvers, completes } = by;
  const { contentHash, hash: bindingHash } = binding;
  if (completes) {
    const { expiresAfterMs } = plan.approval;
    return approved(
      head,
      { id: by.id, name: by.name, basis, contentHash, bindingHash, approvers, expiresAfterMs },
      now,
    );
  }
  if (head.state !== 'awaiting_approval') {
    return { ok: false, problem: notReadyOrOver(head, now, by) };
  }
  return toTransition({
    set: { state: 'awaiting_approval' },
    event: {
      kind: 'agreed',
      actor: by.id,
      details: { ground: basis, bindingHash, contentHash, approvals: approvers.length },
    },
    jobs: [{ queue: 'publish' }],
  });
}

/** A person withdraws their approval before the last one is given. */
export function approvalWithdrawn(
  head: RequestHead,
  by: Actor,
  approvals: number,
  now: Date,
): Transition {
  if (head.state !== 'awaiting_approval') {
    return { ok: false, problem: notReadyOrOver(head, now, by) };
  }
  if (approvals === 0) return { ok: false, problem: problem('withdraw.none') };
  return toTransition({
    set: { state: 'awaiting_approval' },
    event: { kind: 'approval-withdrawn', actor: by.id, details: { approvals } },
    jobs: [{ queue: 'publish' }],
  });
}

/** An approver left rows out of the request, or changed some: it continues with a new hash. */
export function contentChanged(
  head: RequestHead,
  by: Actor,
  now: Date,
  change: {
    readonly kind: 'rows-left-out' | 'rows-changed';
    readonly rows: number;
    /** The changed fields of the rows. */
    readonly fields?: readonly string[];
    readonly left: number;
    readonly plan: Plan;
    readonly binding: Binding;
    readonly approvals: { readonly voided: number; readonly kept: number };
  },
): Transition {
  if (head.state !== 'awaiting_approval') {
    return { ok: false, problem: notReadyOrOver(head, now, by) };
  }
  const { kind, rows, left, plan, binding, approvals, fields } = change;
  const { contentHash, hash: bindingHash } = binding;
  return toTransition({
    set: { state: 'awaiting_approval', contentHash },
    event: {
      kind,
      actor: by.id,
      details: {
        rows,
        ...(fields ? { fields } : {}),
        left,
        approvals,
        contentHash,
        bindingHash,
        policyHash: plan.policyHash,
      },
    },
    jobs: [{ queue: 'publish' }],
  });
}

/** The request no longer matches what was approved: it needs all approvals again. */
export function approvalsRequestedAgain(
  head: RequestHead,
  now: Date,
  change: {
    readonly what: readonly string[];
    readonly plan: Plan;
    readonly binding: Binding;
    /** Approvals that become void. */
    readonly approvals: number;
  },
): Transition {
  const wasApproved = head.state === 'approved' || head.state === 'scheduled';
  if (head.state !== 'awaiting_approval' && !wasApproved) {
    return { ok: false, problem: notReadyOrOver(head, now) };
  }
  const { plan, binding, approvals, what } = change;
  const expiresAt = wasApproved
    ? new Date(now.getTime() + plan.approval.expiresAfterMs)
    : head.expiresAt;
  return toTransition({
    set: {
      state: 'awaiting_approval',
      contentHash: binding.contentHash,
      decision: null,
      hold: null,
      ...(expiresAt ? { expiresAt } : {}),
    },
    event: {
      kind: 'approvals-voided',
      actor: bot,
      details: {
        what,
        approvals,
        contentHash: binding.contentHash,
        bindingHash: binding.hash,
        policyHash: plan.policyHash,
      },
    },
    jobs: [
      { queue: 'publish' },
      ...(wasApproved && expiresAt ? [{ queue: 'expire' as const, startAfter: expiresAt }] : []),
    ],
  });
}
