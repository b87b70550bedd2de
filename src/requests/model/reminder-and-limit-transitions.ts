/** The transitions of a request for reminders, for a limit that paused it, or for its evidence. Pure. */
import { textHash } from '../../audit/audit-event.ts';
import type { DecisionBasis, SignIn } from '../../auth/decision-basis.ts';
import { problem } from '../../errors/problem.ts';
import type { Binding } from '../../policy/approval-binding.ts';
import type { Plan } from '../../policy/approver.ts';
import { ago } from '../../text/durations.ts';
import type { Decision } from './states.ts';
import {
  type Actor,
  bot,
  notReadyOrOver,
  type RequestHead,
  type Transition,
  toTransition,
} from './transition.ts';

/** People are reminded, or more of them may approve from now on. */
export function reminded(
  head: RequestHead,
  progress: { readonly reminders: number; readonly isEscalated: boolean },
  now: Date,
): Transition {
  if (head.state !== 'awaiting_approval') return { ok: false, problem: notReadyOrOver(head, now) };
  return toTransition({
    set: { state: head.state },
    event: { kind: progress.isEscalated ? 'escalated' : 'reminded', actor: bot, details: progress },
    jobs: [{ queue: 'publish' }],
  });
}

/** One person creates it without approvals, which the policy allows in an emergency (break-glass). */
export function breakGlassUsed(
  head: RequestHead,
  by: Actor & {
    readonly basis: DecisionBasis;
    readonly binding: Binding;
    readonly plan: Plan;
    readonly reason: string;
  },
  now: Date,
): Transition {
  if (head.state !== 'awaiting_approval') {
    return { ok: false, problem: notReadyOrOver(head, now, by) };
  }
  const { basis, binding, plan, reason } = by;
  const decision: Decision = {
    kind: 'approved',
    by: by.id,
    byName: by.name,
    at: now.toISOString(),
    contentHash: binding.contentHash,
    bindingHash: binding.hash,
    basis,
    reason,
  };
  const expiresAt = new Date(now.getTime() + plan.approval.expiresAfterMs);
  return toTransition({
    set: { state: 'approved', decision, expiresAt, startedAt: now },
    event: {
      kind: 'break-glass',
      actor: by.id,
      details: {
        ground: basis,
        contentHash: binding.contentHash,
        bindingHash: binding.hash,
        reasonHash: textHash(reason),
        told: plan.approval.breakGlass?.tell ?? [],
      },
    },
    jobs: [
      { queue: 'publish' },
      { queue: 'provision' },
      { queue: 'expire', startAfter: expiresAt },
    ],
  });
}

/**
 * A second person lets a request continue that a limit paused.
 *
 * @param more.before who has already done so
 */
export function limitLifted(
  head: RequestHead,
  by: Actor,
  reason: string,
  now: Date,
  more: {
    readonly before: { readonly byName: string; readonly at: string } | null;
    readonly signIn?: SignIn | undefined;
  },
): Transition {
  const { before, signIn } = more;
  if (head.state !== 'paused' || head.hold?.code !== 'create.limit') {
    const why = before
      ? problem('resume.lifted', { who: before.byName, ago: ago(new Date(before.at), now) })
      : notReadyOrOver(head, now, by);
    return { ok: false, problem: why };
  }
  return toTransition({
    set: { state: 'approved', hold: null },
    event: {
      kind: 'limit-lifted',
      actor: by.id,
      details: { reasonHash: textHash(reason), ...(signIn ? { signIn } : {}) },
    },
    jobs: [{ queue: 'publish' }, { queue: 'provision' }],
  });
}

/** The evidence of an ended request is posted in its thread. */
export function evidenceRequested(head: RequestHead, by: Actor): Transition {
  if (!head.endedAt) return { ok: false, problem: problem('evidence.not-yet') };
  return toTransition({
    set: { state: head.state },
    event: { kind: 'evidence-asked', actor: by.id, details: {} },
    jobs: [{ queue: 'publish' }],
  });
}
