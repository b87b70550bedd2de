/** Everything that waits for a person ends when its time is over, typed passwords first. Pure. */
import { type Problem, problem } from '../../errors/problem.ts';
import type { RequestState } from './states.ts';
import {
  bot,
  notReadyOrOver,
  type RequestHead,
  type Transition,
  toTransition,
} from './transition.ts';

/** When a request's time is over. */
export type Waiting = {
  readonly state: RequestState;
  readonly createdAt: Date;
  /** Until when it can be approved; after the approval, until when the approval is valid. */
  readonly expiresAt: Date | null;
  /** An external cause prevents creating. */
  readonly isHeld: boolean;
};

/**
 * Whether a request can only continue by being requested again. A request that is being created is not stopped: it
 * was approved in time and continues by itself.
 *
 * @param openForMs how long a request of this instance stays open
 */
export function isOverdue(request: Waiting, openForMs: number, now: Date): boolean {
  const { state, createdAt, expiresAt, isHeld } = request;
  switch (state) {
    case 'received':
    case 'check_failed':
    case 'offered':
      return now.getTime() - createdAt.getTime() >= openForMs;
    case 'paused':
      return expiresAt !== null && now >= expiresAt;
    case 'approved':
      return isHeld && expiresAt !== null && now >= expiresAt;
    default:
      // A request that waits for an approval has its own job, which runs at the exact second.
      return false;
  }
}

/** The approval is too old to create anybody under it, and the request was stopped. */
export function approvalEnded(head: RequestHead, now: Date): Transition {
  if (head.state !== 'paused' && head.state !== 'approved') {
    return { ok: false, problem: notReadyOrOver(head, now) };
  }
  return toTransition({
    set: { state: 'approved', hold: null, restCancelledAt: now },
    failWaitingRows: { why: problem('create.approval-ended'), which: 'all' },
    event: { kind: 'approval-ended', actor: bot, details: {} },
    jobs: [{ queue: 'publish' }, { queue: 'provision' }],
  });
}

/**
 * Typed passwords are deleted, and their rows fail. A request without other rows is over; the other rows of any other
 * request continue.
 *
 * @param left waiting rows without a typed password
 */
export function passwordsEnded(head: RequestHead, left: number, now: Date): Transition {
  const why = problem('create.password-ended');
  const typedOnly = { why, which: 'typed' as const };
  const event = { kind: 'passwords-ended', actor: bot, details: { left } };
  const goesOn = (state: RequestState, jobs: readonly ('publish' | 'provision')[]) =>
    toTransition({
      set: { state },
      failWaitingRows: typedOnly,
      event,
      jobs: jobs.map((queue) => ({ queue })),
    });
  switch (head.state) {
    case 'received':
    case 'check_failed':
    case 'offered':
    case 'awaiting_approval':
    case 'scheduled':
      return left > 0 ? goesOn(head.state, ['publish']) : passwordRequestOver(head, why, now);
    case 'paused':
      return left > 0
        ? goesOn('paused', ['publish'])
        : goesOn('approved', ['publish', 'provision']);
    case 'approved':
      return goesOn('approved', ['publish', 'provision']);
    default:
      return { ok: false, problem: notReadyOrOver(head, now) };
  }
}

function passwordRequestOver(head: RequestHead, why: Problem, now: Date): Transition {
  return toTransition({
    set: { state: 'expired', hold: why, endedAt: now },
    failWaitingRows: { why, which: 'all' },
    event: { kind: 'expired', actor: bot, details: { code: why.code, was: head.state } },
    jobs: [{ queue: 'publish' }],
  });
}
