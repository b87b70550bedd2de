/**
 * The transitions of a request's life: pure functions from what stands in the database and what somebody
 * did, to what changes, what is written into the audit trail and which jobs follow. The caller makes all
 * three one transaction (H7).
 */
import { type Problem, problem } from '../errors.ts';
import { ago } from '../messages/time.ts';
import type { Decision, Ground, RequestState } from './states.ts';

/** What a transition looks at. */
export type RequestHead = {
  readonly id: number;
  readonly state: RequestState;
  readonly requesterId: string;
  readonly requesterName: string;
  readonly contentHash: string | null;
  readonly decision: Decision | null;
  readonly hold: Problem | null;
  /** Until when it can be approved; once it is, until when what failed can be tried again. */
  readonly expiresAt: Date | null;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
};

export type Actor = { readonly id: string; readonly name: string };

/** `publish` makes Slack show the request as it is; `provision` creates its rows; `expire`: its time is over. */
export type Job = {
  readonly queue: 'check' | 'publish' | 'provision' | 'expire';
  readonly startAfter?: Date;
};

export type AuditEvent = {
  readonly kind: string;
  readonly actor: string;
  readonly details: Readonly<Record<string, unknown>>;
};

export type Change = {
  readonly set: {
    readonly state: RequestState;
    readonly contentHash?: string;
    readonly decision?: Decision;
    readonly expiresAt?: Date | null;
    readonly startedAt?: Date;
    readonly endedAt?: Date | null;
    readonly hold?: Problem | null;
    /** No row is sent any more, also not one that is under way now and comes back; null ends that. */
    readonly restCancelledAt?: Date | null;
  };
  /** Rows that were not sent yet end with the request: nothing may be left that could still be created. */
  readonly endWaitingRows?: boolean;
  /** Failed rows that can end well without a change wait again. */
  readonly reopenRetryableRows?: boolean;
  readonly event: AuditEvent;
  readonly jobs: readonly Job[];
};

export type Transition =
  | { readonly ok: true; readonly change: Change }
  | { readonly ok: false; readonly problem: Problem };

const bot = 'bot';

/** The check found nothing wrong: ask for an approval, or begin where the requester may create it alone. */
export function checked(
  head: RequestHead,
  route: {
    readonly contentHash: string;
    readonly own: Ground | null;
    readonly expiresAfterMs: number;
  },
  now: Date,
): Transition {
  if (head.state !== 'received') return { ok: false, problem: notReadyOrOver(head, now) };
  return onItsWay(head, route, now);
}

/** Asks for an approval, or begins where the requester may create all of it alone. */
function onItsWay(
  head: RequestHead,
  route: {
    readonly contentHash: string;
    readonly own: Ground | null;
    readonly expiresAfterMs: number;
  },
  now: Date,
): Transition {
  const { contentHash, own } = route;
  const expiresAt = new Date(now.getTime() + route.expiresAfterMs);
  if (!own) {
    return moved({
      set: { state: 'awaiting_approval', contentHash, expiresAt, hold: null },
      event: { kind: 'checked', actor: bot, details: { contentHash, needs: 'approval' } },
      jobs: [{ queue: 'publish' }, { queue: 'expire', startAfter: expiresAt }],
    });
  }
  const decision: Decision = {
    kind: 'approved',
    by: head.requesterId,
    byName: head.requesterName,
    at: now.toISOString(),
    contentHash,
    ground: own,
  };
  return moved({
    set: { state: 'approved', contentHash, decision, expiresAt, startedAt: now, hold: null },
    event: { kind: 'approved', actor: head.requesterId, details: { contentHash, ground: own } },
    jobs: begun(expiresAt),
  });
}

/** A file was checked: its uploader decides whether the good rows are asked for. */
export function offered(
  head: RequestHead,
  result: { readonly contentHash: string; readonly good: number; readonly wrong: number },
  now: Date,
): Transition {
  if (head.state !== 'received') return { ok: false, problem: notReadyOrOver(head, now) };
  return moved({
    set: { state: 'offered', contentHash: result.contentHash, hold: null },
    event: { kind: 'checked', actor: bot, details: { ...result, needs: 'the uploader' } },
    jobs: [{ queue: 'publish' }],
  });
}

/** The uploader asks for the good rows, with the same two ways on as a form. */
export function asked(
  head: RequestHead,
  by: Actor,
  route: { readonly own: Ground | null; readonly expiresAfterMs: number },
  now: Date,
): Transition {
  if (head.state !== 'offered') return { ok: false, problem: notReadyOrOver(head, now, by) };
  if (by.id !== head.requesterId) {
    return { ok: false, problem: problem('offer.not-yours', { requester: head.requesterName }) };
  }
  return onItsWay(head, { ...route, contentHash: head.contentHash ?? '' }, now);
}

/** The check found something wrong after the form was closed; the requester is told. */
export function rejected(head: RequestHead, why: readonly Problem[], now: Date): Transition {
  if (head.state !== 'received') return { ok: false, problem: notReadyOrOver(head, now) };
  return moved({
    set: { state: 'rejected', endedAt: now, hold: null },
    endWaitingRows: true,
    event: { kind: 'rejected', actor: bot, details: { codes: why.map((it) => it.code) } },
    jobs: [{ queue: 'publish' }],
  });
}

/**
 * An approval by somebody whose verdict was just made, for the content that their card showed (H2).
 * `contentHash` is the hash of the rows as they stand now, computed again by the caller.
 */
export function approved(
  head: RequestHead,
  by: Actor & {
    readonly ground: Ground;
    readonly contentHash: string;
    /** How long this approval is good for trying again what failed. */
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
    ground: by.ground,
  };
  const expiresAt = new Date(now.getTime() + by.expiresAfterMs);
  return moved({
    set: { state: 'approved', decision, expiresAt, startedAt: now },
    event: {
      kind: 'approved',
      actor: by.id,
      details: { ground: by.ground, contentHash: by.contentHash },
    },
    jobs: begun(expiresAt),
  });
}

/** Creating begins; when the approval is too old to try again under it, the card is to stop offering that. */
function begun(expiresAt: Date): Job[] {
  return [{ queue: 'publish' }, { queue: 'provision' }, { queue: 'expire', startAfter: expiresAt }];
}

export function denied(head: RequestHead, by: Actor, reason: string, now: Date): Transition {
  if (head.state !== 'awaiting_approval')
    return { ok: false, problem: notReadyOrOver(head, now, by) };
  return ended(head, 'denied', by, now, reason);
}

/** The requester takes it back. Once rows are being created it is too late for that. */
export function cancelled(head: RequestHead, by: Actor, now: Date): Transition {
  if (!['received', 'offered', 'awaiting_approval'].includes(head.state)) {
    return { ok: false, problem: notReadyOrOver(head, now, by) };
  }
  if (by.id !== head.requesterId) {
    return { ok: false, problem: problem('cancel.not-yours', { requester: head.requesterName }) };
  }
  return ended(head, 'cancelled', by, now);
}

/** Nobody decided in time. */
export function expired(head: RequestHead, now: Date): Transition {
  if (head.state !== 'awaiting_approval') return { ok: false, problem: notReadyOrOver(head, now) };
  return moved({
    set: { state: 'expired', expiresAt: null, endedAt: now },
    endWaitingRows: true,
    event: { kind: 'expired', actor: bot, details: {} },
    jobs: [{ queue: 'publish' }],
  });
}

/** Every row has its outcome. */
export function finished(
  head: RequestHead,
  counts: { readonly created: number; readonly failed: number },
  now: Date,
): Transition {
  if (head.state !== 'approved') return { ok: false, problem: notReadyOrOver(head, now) };
  const { created, failed } = counts;
  return moved({
    set: { state: 'done', endedAt: now, hold: null },
    event: { kind: 'done', actor: bot, details: { created, failed } },
    jobs: [{ queue: 'publish' }],
  });
}

/** Checking or creating waits for something outside; it is tried again at `retryAt`, and the thread says so. */
export function held(head: RequestHead, why: Problem, retryAt: Date, now: Date): Transition {
  const { state } = head;
  if (state !== 'approved' && state !== 'received') {
    return { ok: false, problem: notReadyOrOver(head, now) };
  }
  return moved({
    set: { state, hold: why },
    event: {
      kind: 'held',
      actor: bot,
      details: { code: why.code, retryAt: retryAt.toISOString() },
    },
    jobs: [
      { queue: 'publish' },
      { queue: state === 'received' ? 'check' : 'provision', startAfter: retryAt },
    ],
  });
}

/**
 * Nothing more can be created until somebody has done something outside, such as raising a quota: trying by
 * itself would only meet the same refusal. Goes on when somebody resumes it.
 */
export function stopped(head: RequestHead, why: Problem, now: Date): Transition {
  if (head.state !== 'approved') return { ok: false, problem: notReadyOrOver(head, now) };
  return moved({
    set: { state: 'paused', hold: why },
    event: { kind: 'stopped', actor: bot, details: { code: why.code } },
    jobs: [{ queue: 'publish' }],
  });
}

/** Creating goes on, slower than it should: the thread says why. */
export function slowed(head: RequestHead, why: Problem, now: Date): Transition {
  if (head.state !== 'approved' || head.hold) {
    return { ok: false, problem: notReadyOrOver(head, now) };
  }
  return moved({
    set: { state: 'approved', hold: why },
    event: { kind: 'slowed', actor: bot, details: { code: why.code } },
    jobs: [{ queue: 'publish' }],
  });
}

/** What held it is over. */
export function resumed(head: RequestHead, now: Date): Transition {
  if (head.state !== 'approved' || !head.hold)
    return { ok: false, problem: notReadyOrOver(head, now) };
  return moved({
    set: { state: 'approved', hold: null },
    event: { kind: 'resumed', actor: bot, details: { code: head.hold.code } },
    jobs: [{ queue: 'publish' }],
  });
}

/** No further row is sent until somebody resumes it. */
export function paused(head: RequestHead, by: Actor, now: Date): Transition {
  if (head.state !== 'approved') return { ok: false, problem: notReadyOrOver(head, now, by) };
  return moved({
    // What was said to be in the way, and to be tried again by itself, is not tried while it is paused.
    set: { state: 'paused', hold: null },
    event: { kind: 'paused', actor: by.id, details: {} },
    jobs: [{ queue: 'publish' }],
  });
}

export function unpaused(head: RequestHead, by: Actor, now: Date): Transition {
  if (head.state !== 'paused') return { ok: false, problem: notReadyOrOver(head, now, by) };
  return moved({
    set: { state: 'approved', hold: null },
    event: { kind: 'unpaused', actor: by.id, details: {} },
    jobs: [{ queue: 'publish' }, { queue: 'provision' }],
  });
}

/** Kind of the audit event that `retried` writes; its details say who and how many. */
export const retriedEvent = 'retried';

/** Whether what failed may still be tried again under the approval that stands. */
export function isApprovalFresh(head: RequestHead, now: Date): boolean {
  return head.expiresAt !== null && now < head.expiresAt;
}

/**
 * What failed and can end well without a change is sent again under the same approval: the rows are the same,
 * and so is their hash (H2). `rows` counts them as they stand now.
 */
export function retried(head: RequestHead, by: Actor, rows: number, now: Date): Transition {
  if (head.state === 'approved' || head.state === 'paused') {
    return { ok: false, problem: problem('retry.under-way') };
  }
  if (head.state !== 'done') return { ok: false, problem: notReadyOrOver(head, now, by) };
  if (!isApprovalFresh(head, now)) return { ok: false, problem: problem('retry.too-late') };
  if (rows === 0) return { ok: false, problem: problem('retry.nothing') };
  // What lies between the end and now is not time that creating took.
  const tookMs = (head.endedAt ?? now).getTime() - (head.startedAt ?? now).getTime();
  return moved({
    set: {
      state: 'approved',
      startedAt: new Date(now.getTime() - tookMs),
      endedAt: null,
      hold: null,
      restCancelledAt: null,
    },
    reopenRetryableRows: true,
    event: { kind: retriedEvent, actor: by.id, details: { byName: by.name, rows } },
    jobs: [{ queue: 'publish' }, { queue: 'provision' }],
  });
}

/** Rows that were not sent yet are not created; those under way get their outcome, then it is done. */
export function restCancelled(head: RequestHead, by: Actor, now: Date): Transition {
  if (head.state !== 'approved' && head.state !== 'paused') {
    return { ok: false, problem: notReadyOrOver(head, now, by) };
  }
  return moved({
    set: { state: 'approved', hold: null, restCancelledAt: now },
    endWaitingRows: true,
    event: { kind: 'rest-cancelled', actor: by.id, details: {} },
    jobs: [{ queue: 'publish' }, { queue: 'provision' }],
  });
}

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
  return moved({
    set: { state: kind, decision, endedAt: now },
    endWaitingRows: true,
    event: { kind, actor: by.id, details: reason ? { reason } : {} },
    jobs: [{ queue: 'publish' }],
  });
}

function moved(change: Change): Transition {
  return { ok: true, change };
}

const stateWords: Record<RequestState, string> = {
  received: 'being checked',
  offered: 'not asked for yet',
  awaiting_approval: 'waiting for an approval',
  approved: 'approved',
  paused: 'paused',
  done: 'done',
  rejected: 'found to be wrong',
  denied: 'denied',
  cancelled: 'cancelled',
  expired: 'expired, because nobody decided in time',
};

/** Why a step is refused in this state: who was first, and when. */
function notReadyOrOver(head: RequestHead, now: Date, by?: Actor): Problem {
  if (head.state === 'received' || head.state === 'offered') return problem('decision.not-ready');
  const { decision } = head;
  if (!decision) return problem('decision.over', { state: stateWords[head.state] });
  const did = decision.kind;
  const when = ago(new Date(decision.at), now);
  return by?.id === decision.by
    ? problem('decision.already-you', { did, ago: when })
    : problem('decision.already', { who: decision.byName, did, ago: when });
}
