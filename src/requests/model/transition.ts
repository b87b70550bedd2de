/** A transition: from the stored state and an action to the changes. Pure. */
import type { AuditEvent } from '../../audit/audit-event.ts';
import { type Problem, problem } from '../../errors/problem.ts';
import { ago } from '../../text/durations.ts';
import type { Decision, RequestState } from './states.ts';

/** The input of a transition. */
export type RequestHead = {
  readonly id: number;
  readonly state: RequestState;
  readonly requesterId: string;
  readonly requesterName: string;
  readonly contentHash: string | null;
  readonly decision: Decision | null;
  readonly hold: Problem | null;
  /** Until when it can be approved; after the approval, until when failed rows can be retried. */
  readonly expiresAt: Date | null;
  /** Nothing is created before; null: as soon as it is approved. */
  readonly notBefore: Date | null;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  /** Since then no further user is created; running sends still get their outcome. */
  readonly restCancelledAt: Date | null;
};

export type Actor = { readonly id: string; readonly name: string };

/**
 * `publish` makes Slack show the request's current state; `provision` creates its rows; `expire`: its time is over.
 */
export type Job = {
  readonly queue: 'check' | 'publish' | 'provision' | 'expire' | 'remind';
  readonly startAfter?: Date;
};

export type Change = {
  readonly set: {
    readonly state: RequestState;
    readonly contentHash?: string;
    readonly decision?: Decision | null;
    readonly expiresAt?: Date | null;
    readonly notBefore?: Date;
    readonly startedAt?: Date;
    readonly endedAt?: Date | null;
    readonly hold?: Problem | null;
    /** No row is sent anymore, including running ones that would be retried; null ends that. */
    readonly restCancelledAt?: Date | null;
  };
  /** Rows that were not sent yet end with the request, so that nothing remains that could still be created. */
  readonly endWaitingRows?: boolean;
  /** Rows that were not sent yet fail with a visible reason; `typed`: only those with a typed password. */
  readonly failWaitingRows?: { readonly why: Problem; readonly which: 'all' | 'typed' };
  /** Failed rows that can succeed without a change wait again. */
  readonly reopenRetryableRows?: boolean;
  readonly event: AuditEvent;
  readonly jobs: readonly Job[];
};

export type Transition =
  | { readonly ok: true; readonly change: Change }
  | { readonly ok: false; readonly problem: Problem };
/** The actor in the audit trail for actions that no person took. */
export const bot = 'bot';

export function toTransition(change: Change): Transition {
  return { ok: true, change };
}

const stateWords: Record<RequestState, string> = {
  received: 'being checked',
  check_failed: 'not checked, because something unexpected went wrong',
  offered: 'not requested yet',
  awaiting_approval: 'waiting for an approval',
  scheduled: 'approved, to be created later',
  approved: 'approved',
  paused: 'paused',
  done: 'done',
  rejected: 'found to be wrong',
  denied: 'denied',
  cancelled: 'cancelled',
  expired: 'expired, because nobody decided in time',
};

/** Why a step is refused in this state: who decided first, and when. */
export function notReadyOrOver(head: RequestHead, now: Date, by?: Actor): Problem {
  if (['received', 'check_failed', 'offered'].includes(head.state))
    return problem('decision.not-ready');
  const { decision } = head;
  if (!decision) return problem('decision.over', { state: stateWords[head.state] });
  const did = decision.kind;
  const when = ago(new Date(decision.at), now);
  return by?.id === decision.by
    ? problem('decision.already-you', { did, ago: when })
    : problem('decision.already', { who: decision.byName, did, ago: when });
}
