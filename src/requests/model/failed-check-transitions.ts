/** The transitions of a request whose check failed for an unknown reason: given up, checked again. Pure. */
import { type Problem, problem } from '../../errors/problem.ts';
import {
  type Actor,
  bot,
  notReadyOrOver,
  type RequestHead,
  type Transition,
  toTransition,
} from './transition.ts';

/** How long a request that could not be checked waits for a new check. */
export const checkAgainWithinMs = 24 * 60 * 60_000;

/** The check was tried often enough: the request shows that, and waits for its requester until its time is over. */
export function checkGivenUp(head: RequestHead, why: Problem, now: Date): Transition {
  if (head.state !== 'received') return { ok: false, problem: notReadyOrOver(head, now) };
  const expiresAt = new Date(now.getTime() + checkAgainWithinMs);
  return toTransition({
    set: { state: 'check_failed', hold: why, expiresAt },
    event: { kind: 'check-failed', actor: bot, details: { code: why.code, ...why.params } },
    jobs: [{ queue: 'publish' }, { queue: 'expire', startAfter: expiresAt }],
  });
}

/** The requester has it checked again. */
export function checkedAgain(head: RequestHead, by: Actor, now: Date): Transition {
  if (head.state !== 'check_failed') return { ok: false, problem: notReadyOrOver(head, now, by) };
  if (by.id !== head.requesterId) {
    return { ok: false, problem: problem('check.not-yours', { requester: head.requesterName }) };
  }
  return toTransition({
    set: { state: 'received', hold: null, expiresAt: null },
    event: { kind: 'checked-again', actor: by.id, details: {} },
    jobs: [{ queue: 'publish' }, { queue: 'check' }],
  });
}
