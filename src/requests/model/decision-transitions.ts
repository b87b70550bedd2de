/**
 * The transitions of a request until it is decided: pure functions from the stored state and a person's action to the
 * changes, the audit event and the jobs that follow. The caller stores all three in one transaction (H7). The later
 * transitions are in creating-transitions.ts.
 */
import { textHash } from '../../audit/audit-event.ts';
import type { DecisionBasis } from '../../auth/decision-basis.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import { afterApproval } from './schedule-transitions.ts';
import type { Approver, Decision } from './states.ts';
import {
  type Actor,
  bot,
  type Job,
  notReadyOrOver,
  type RequestHead,
  type Transition,
  toTransition,
} from './transition.ts';

/** The next transition of a checked request. */
export type Route = {
  /** Why it may be created without an approval; null when an approval is needed. */
  readonly own: DecisionBasis | null;
  readonly expiresAfterMs: number;
  /** The facts of the verdict, for the audit trail. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** When people are to be reminded, in milliseconds from now. */
  readonly wakeAfterMs?: readonly number[];
  /** What the approval covers in addition to the rows, when the request is created without a separate approval. */
  readonly bindingHash?: string;
};

/** The check found no problem: request an approval, or begin if the requester may create it alone. */
export function checked(
  head: RequestHead,
  route: Route & { readonly contentHash: string },
  now: Date,
): Transition {
  if (head.state !== 'received') return { ok: false, problem: notReadyOrOver(head, now) };
  return routeCheckedRequest(head, route, now);
}

/** Requests an approval, or begins if the requester may create all of it alone. */
function routeCheckedRequest(
  head: RequestHead,
  route: Route & { readonly contentHash: string },
  now: Date,
): Transition {
  const { contentHash, own } = route;
  const expiresAt = new Date(now.getTime() + route.expiresAfterMs);
  if (!own) {
    return toTransition({
      set: { state: 'awaiting_approval', contentHash, expiresAt, hold: null },
      event: {
        kind: 'checked',
        actor: bot,
        details: { contentHash, needs: 'approval', ...route.facts },
      },
      jobs: [
        { queue: 'publish' },
        { queue: 'expire', startAfter: expiresAt },
        ...(route.wakeAfterMs ?? []).map(
          (ms): Job => ({
            queue: 'remind',
            startAfter: new Date(now.getTime() + ms),
          }),
        ),
      ],
    });
  }
  const decision: Decision = {
    kind: 'approved',
    by: head.requesterId,
    byName: head.requesterName,
    at: now.toISOString(),
    contentHash,
    basis: own,
    ...(route.bindingHash === undefined ? {} : { bindingHash: route.bindingHash }),
  };
  const next = afterApproval(head, decision, route.expiresAfterMs, now);
  return toTransition({
    set: { ...next.set, contentHash },
    event: {
      kind: 'approved',
      actor: head.requesterId,
      details: { contentHash, ground: own, ...route.facts },
    },
    jobs: next.jobs,
  });
}

/** A file was checked: its uploader decides whether the valid rows are requested. */
export function offered(
  head: RequestHead,
  result: {
    readonly contentHash: string;
    readonly good: number;
    readonly wrong: number;
    /** Nothing is created before; absent or null: as soon as it is approved. */
    readonly notBefore?: Date | null;
  },
  now: Date,
): Transition {
  if (head.state !== 'received') return { ok: false, problem: notReadyOrOver(head, now) };
  const { notBefore, ...found } = result;
  const then = notBefore ? { notBefore: notBefore.toISOString() } : {};
  return toTransition({
    set: {
      state: 'offered',
      contentHash: result.contentHash,
      hold: null,
      ...(notBefore ? { notBefore } : {}),
    },
    event: { kind: 'checked', actor: bot, details: { ...found, ...then, needs: 'the uploader' } },
    jobs: [{ queue: 'publish' }],
  });
}

/** The uploader requests the valid rows, which continue as those of a form do. */
export function rowsRequested(
  head: RequestHead,
  by: Actor & {
    /** The content that the answer showed; absent in clicks that an earlier version stored. */
    readonly contentHash?: string | null | undefined;
  },
  route: Route,
  now: Date,
): Transition {
  if (head.state !== 'offered') return { ok: false, problem: notReadyOrOver(head, now, by) };
  if (by.id !== head.requesterId) {
    return { ok: false, problem: problem('offer.not-yours', { requester: head.requesterName }) };
  }
  if (by.contentHash && by.contentHash !== head.contentHash) {
    return { ok: false, problem: problem('decision.content-changed') };
  }
  return routeCheckedRequest(head, { ...route, contentHash: head.contentHash ?? '' }, now);
}

/** The check found a problem after the form was closed; the requester is informed. */
export function rejected(head: RequestHead, why: readonly Problem[], now: Date): Transition {
  if (head.state !== 'received') return { ok: false, problem: notReadyOrOver(head, now) };
  return toTransition({
    set: { state: 'rejected', endedAt: now, hold: null },
    endWaitingRows: true,
    event: { kind: 'rejected', actor: bot, details: { codes: why.map((finding) => finding.code) } },
    jobs: [{ queue: 'publish' }],
  });
}

/**
 * An approval by a person whose verdict was just made, for the content that their card showed (H2). `contentHash` is
 * the hash of the current rows, computed again by the caller.
 */
export function approved(
  head: RequestHead,
  by: Actor & {
    readonly basis: DecisionBasis;
    readonly contentHash: string;
    readonly bindingHash?: string;
    readonly approvers?: readonly Approver[];
    /** How long this approval allows a retry of failed rows. */
    readonly expiresAfterMs: number;
  },
  now: Date,
): Transition {
  if (head.state !== 'awaiting_approval')
    return { ok: false, problem: notReadyOrOver(head, now, by) };
  if (head.contentHash !== by.contentHash) {
    return { ok: false, problem: problem('decision.content-changed') };
  }
  const decision: Decision = {
    kind: 'approved',
    by: by.id,
    byName: by.name,
    at: now.toISOString(),
    contentHash: by.contentHash,
    basis: by.basis,
    ...(by.approvers ? { approvers: by.approvers } : {}),
    ...(by.bindingHash === undefined ? {} : { bindingHash: by.bindingHash }),
  };
  const next = afterApproval(head, decision, by.expiresAfterMs, now);
  return toTransition({
    set: next.set,
    event: {
      kind: 'approved',
      actor: by.id,
      details: {
        ground: by.basis,
        contentHash: by.contentHash,
        ...(by.bindingHash === undefined ? {} : { bindingHash: by.bindingHash }),
      },
    },
    jobs: next.jobs,
  });
}

/** An approved request that is created later can still be denied. */
export function denied(head: RequestHead, by: Actor, reason: string, now: Date): Transition {
  if (head.state !== 'awaiting_approval' && head.state !== 'scheduled')
    return { ok: false, problem: notReadyOrOver(head, now, by) };
  return ended(head, 'denied', by, now, reason);
}

/** The requester withdraws it. This is not possible once rows are being created. */
export function cancelled(head: RequestHead, by: Actor, now: Date): Transition {
  const open = ['received', 'check_failed', 'offered', 'awaiting_approval', 'scheduled'];
  if (!open.includes(head.state)) {
    return { ok: false, problem: notReadyOrOver(head, now, by) };
  }
  if (by.id !== head.requesterId) {
    const canBeDenied = head.state === 'awaiting_approval' || head.state === 'scheduled';
    const code = canBeDenied ? 'cancel.not-yours-deny' : 'cancel.not-yours';
    return { ok: false, problem: problem(code, { requester: head.requesterName }) };
  }
  return ended(head, 'cancelled', by, now);
}

/** Nobody decided in time. */
export function expired(head: RequestHead, now: Date): Transition {
  const { state } = head;
  const isUnasked = state === 'received' || state === 'check_failed' || state === 'offered';
  // A scheduled request expires only long after it was due, when nothing could begin it.
  const isLate = state === 'scheduled' && head.expiresAt !== null && head.expiresAt <= now;
  if (!isUnasked && !isLate && state !== 'awaiting_approval') {
    return { ok: false, problem: notReadyOrOver(head, now) };
  }
  const why = isUnasked ? problem(unaskedEnds[state]) : null;
  return toTransition({
    set: { state: 'expired', hold: why, endedAt: now },
    endWaitingRows: true,
    event: { kind: 'expired', actor: bot, details: why ? { code: why.code } : {} },
    jobs: [{ queue: 'publish' }],
  });
}

/** The messages about a request that ended before an approval was requested. */
const unaskedEnds = {
  received: 'check.expired',
  check_failed: 'check.expired',
  offered: 'offer.expired',
} as const;
function ended(
  head: RequestHead,
  kind: 'denied' | 'cancelled',
  by: Actor,
  now: Date,
  reason?: string,
): Transition {
  const decision: Decision = {
    kind,
    by: by.id,
    byName: by.name,
    at: now.toISOString(),
    contentHash: head.contentHash,
    ...(reason ? { reason } : {}),
  };
  return toTransition({
    set: { state: kind, decision, endedAt: now },
    endWaitingRows: true,
    event: { kind, actor: by.id, details: reason ? { reasonHash: textHash(reason) } : {} },
    jobs: [{ queue: 'publish' }],
  });
}
