/**
 * The transitions of an approved request that is created later: creation begins when it is due, or its time is moved.
 * Pure.
 */
import { problem } from '../../errors/problem.ts';
import { moment } from '../../text/utc-moment.ts';
import { whyNotThen } from './not-before.ts';
import type { Decision } from './states.ts';
import {
  type Actor,
  bot,
  type Change,
  type Job,
  notReadyOrOver,
  type RequestHead,
  type Transition,
  toTransition,
} from './transition.ts';

/**
 * The consequence of an approval: creating, or waiting for the requested time. The time in which failed rows can be
 * retried starts when creating begins.
 */
export function afterApproval(
  head: RequestHead,
  decision: Decision,
  expiresAfterMs: number,
  now: Date,
): { readonly set: Change['set']; readonly jobs: readonly Job[] } {
  const { notBefore } = head;
  const isLater = notBefore !== null && notBefore > now;
  const beginsAt = isLater ? notBefore : now;
  const expiresAt = new Date(beginsAt.getTime() + expiresAfterMs);
  const ends: Job = { queue: 'expire', startAfter: expiresAt };
  return isLater
    ? {
        set: { state: 'scheduled', decision, expiresAt, hold: null },
        jobs: [{ queue: 'publish' }, { queue: 'provision', startAfter: notBefore }, ends],
      }
    : {
        set: { state: 'approved', decision, expiresAt, startedAt: now, hold: null },
        // When the approval is too old for a retry, the card must stop offering it.
        jobs: [{ queue: 'publish' }, { queue: 'provision' }, ends],
      };
}

/** The time has come: creating begins with a check whether the request is still what was approved. */
export function creationStarted(head: RequestHead, now: Date): Transition {
  const isDue = head.notBefore !== null && head.notBefore <= now;
  if (head.state !== 'scheduled' || !isDue) {
    return { ok: false, problem: notReadyOrOver(head, now) };
  }
  return toTransition({
    set: { state: 'approved', startedAt: now },
    event: { kind: 'begun', actor: bot, details: { notBefore: head.notBefore?.toISOString() } },
    jobs: [{ queue: 'publish' }, { queue: 'provision' }],
  });
}

/**
 * A new time. The requester may only move it to a later one, because an earlier time than the approved one requires a
 * person who may approve.
 */
export function rescheduled(
  head: RequestHead,
  by: Actor & { readonly decides: boolean },
  at: Date,
  now: Date,
): Transition {
  const { state, notBefore, expiresAt } = head;
  if (state !== 'scheduled' || !notBefore) {
    return { ok: false, problem: problem('not-before.not-scheduled') };
  }
  const wrong = whyNotThen(at, { now, typedPasswordUntil: null });
  if (wrong) return { ok: false, problem: wrong };
  if (at < notBefore && !by.decides) {
    return { ok: false, problem: problem('not-before.earlier', { was: moment(notBefore) }) };
  }
  const shiftMs = at.getTime() - notBefore.getTime();
  const endsAt = expiresAt ? new Date(expiresAt.getTime() + shiftMs) : null;
  return toTransition({
    set: { state, notBefore: at, ...(endsAt ? { expiresAt: endsAt } : {}) },
    event: {
      kind: 'rescheduled',
      actor: by.id,
      details: { from: notBefore.toISOString(), to: at.toISOString(), byName: by.name },
    },
    // A job that runs too early waits until the time; after the time, the check every minute begins it.
    jobs: [
      { queue: 'publish' },
      ...(endsAt ? [{ queue: 'expire' as const, startAfter: endsAt }] : []),
    ],
  });
}
