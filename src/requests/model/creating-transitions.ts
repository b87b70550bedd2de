/** The transitions of an approved request while its rows are created: stopped, resumed, finished. Pure. */
import { type Problem, problem } from '../../errors/problem.ts';
import {
  type Actor,
  bot,
  notReadyOrOver,
  type RequestHead,
  type Transition,
  toTransition,
} from './transition.ts';

/** Every row has its outcome. */
export function finished(
  head: RequestHead,
  counts: { readonly created: number; readonly failed: number },
  now: Date,
): Transition {
  if (head.state !== 'approved') return { ok: false, problem: notReadyOrOver(head, now) };
  const { created, failed } = counts;
  return toTransition({
    set: { state: 'done', endedAt: now, hold: null },
    event: { kind: 'done', actor: bot, details: { created, failed } },
    jobs: [{ queue: 'publish' }],
  });
}

/**
 * Checking or creating waits for an external cause, and the thread shows it. It is retried at `retryAt`, which is
 * null while the waiting run continues by itself. Repeating the same hold changes nothing.
 */
export function held(head: RequestHead, why: Problem, retryAt: Date | null, now: Date): Transition {
  const { state } = head;
  const isSaid = retryAt === null && head.hold?.code === why.code;
  if ((state !== 'approved' && state !== 'received') || isSaid) {
    return { ok: false, problem: notReadyOrOver(head, now) };
  }
  return toTransition({
    set: { state, hold: why },
    event: {
      kind: 'held',
      actor: bot,
      details: { code: why.code, ...(retryAt && { retryAt: retryAt.toISOString() }) },
    },
    jobs: [
      { queue: 'publish' },
      ...(retryAt === null
        ? []
        : [{ queue: state === 'received' ? 'check' : 'provision', startAfter: retryAt } as const]),
    ],
  });
}

/**
 * Nothing more can be created until a person has corrected something, such as raised a quota; an automatic retry
 * would only get the same refusal. It continues when a person resumes it.
 */
export function stopped(head: RequestHead, why: Problem, now: Date): Transition {
  if (head.state !== 'approved') return { ok: false, problem: notReadyOrOver(head, now) };
  return toTransition({
    set: { state: 'paused', hold: why },
    event: { kind: 'stopped', actor: bot, details: { code: why.code } },
    jobs: [{ queue: 'publish' }],
  });
}

/** Creating continues more slowly than planned, and the thread shows why. */
export function creatingSlowed(head: RequestHead, why: Problem, now: Date): Transition {
  if (head.state !== 'approved' || head.hold) {
    return { ok: false, problem: notReadyOrOver(head, now) };
  }
  return toTransition({
    set: { state: 'approved', hold: why },
    event: { kind: 'slowed', actor: bot, details: { code: why.code } },
    jobs: [{ queue: 'publish' }],
  });
}

/** The cause of the hold is over. */
export function resumed(head: RequestHead, now: Date): Transition {
  if (head.state !== 'approved' || !head.hold)
    return { ok: false, problem: notReadyOrOver(head, now) };
  return toTransition({
    set: { state: 'approved', hold: null },
    event: { kind: 'resumed', actor: bot, details: { code: head.hold.code } },
    jobs: [{ queue: 'publish' }],
  });
}

/** No further row is sent until a person resumes it. */
export function paused(head: RequestHead, by: Actor, now: Date): Transition {
  if (head.state !== 'approved') return { ok: false, problem: notReadyOrOver(head, now, by) };
  return toTransition({
    // The announced automatic retry does not happen while it is paused.
    set: { state: 'paused', hold: null },
    event: { kind: 'paused', actor: by.id, details: {} },
    jobs: [{ queue: 'publish' }],
  });
}

/**
 * Creating continues. If the rest was cancelled, only rows that were already sent are looked up, which requires no
 * valid approval.
 */
export function unpaused(head: RequestHead, by: Actor, now: Date): Transition {
  if (head.state !== 'paused') return { ok: false, problem: notReadyOrOver(head, now, by) };
  if (head.restCancelledAt === null && !isApprovalFresh(head, now))
    return { ok: false, problem: problem('resume.too-late') };
  return toTransition({
    set: { state: 'approved', hold: null },
    event: { kind: 'unpaused', actor: by.id, details: {} },
    jobs: [{ queue: 'publish' }, { queue: 'provision' }],
  });
}

/** Kind of the audit event that `retried` writes; its details say who and how many. */
export const retriedEvent = 'retried';

/** Whether failed rows may still be retried under the valid approval. */
export function isApprovalFresh(head: RequestHead, now: Date): boolean {
  return head.expiresAt !== null && now < head.expiresAt;
}

/**
 * Failed rows that can succeed without a change are sent again under the same approval: the rows are the same, and so
 * is their hash (H2). `rows` is the current count.
 */
export function retried(head: RequestHead, by: Actor, rows: number, now: Date): Transition {
  if (head.state === 'approved' || head.state === 'paused') {
    return { ok: false, problem: problem('retry.under-way') };
  }
  if (head.state !== 'done') return { ok: false, problem: notReadyOrOver(head, now, by) };
  if (!isApprovalFresh(head, now)) return { ok: false, problem: problem('retry.too-late') };
  if (rows === 0) return { ok: false, problem: problem('retry.nothing') };
  // The time between the end and now does not count as creating time.
  const tookMs = (head.endedAt ?? now).getTime() - (head.startedAt ?? now).getTime();
  return toTransition({
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

/** Rows that were not sent yet are not created; running ones get their outcome, and then the request is finished. */
export function restCancelled(head: RequestHead, by: Actor, now: Date): Transition {
  if (head.state !== 'approved' && head.state !== 'paused') {
    return { ok: false, problem: notReadyOrOver(head, now, by) };
  }
  return toTransition({
    set: { state: 'approved', hold: null, restCancelledAt: now },
    endWaitingRows: true,
    event: { kind: 'rest-cancelled', actor: by.id, details: {} },
    jobs: [{ queue: 'publish' }, { queue: 'provision' }],
  });
}
