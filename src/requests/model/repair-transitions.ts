/** The transition of a file that its requester corrects in Slack: it is checked again with the corrections. Pure. */
import { problem } from '../../errors/problem.ts';
import {
  type Actor,
  notReadyOrOver,
  type RequestHead,
  type Transition,
  toTransition,
} from './transition.ts';

/** The corrections for the audit trail: numbers and kinds, never text that people typed. */
export type CorrectedFacts = {
  readonly kind: 'suggestions' | 'names' | 'rows';
  /** The check to which the correction belongs. */
  readonly revision: number;
};

/**
 * The requester corrects a file before an approval was requested. Then its rows can still be replaced, and the result
 * is offered again with a new hash (H2).
 */
export function corrected(
  head: RequestHead,
  by: Actor,
  facts: CorrectedFacts,
  now: Date,
): Transition {
  if (by.id !== head.requesterId) {
    return { ok: false, problem: problem('repair.not-yours', { requester: head.requesterName }) };
  }
  if (head.state !== 'offered') return { ok: false, problem: notReadyOrOver(head, now, by) };
  return toTransition({
    set: { state: 'received', hold: null },
    event: { kind: 'corrected', actor: by.id, details: { ...facts } },
    jobs: [{ queue: 'publish' }, { queue: 'check' }],
  });
}

/** The requester assigned the columns of a file that was refused because columns were missing: it is read again. */
export function mapped(head: RequestHead, by: Actor, now: Date): Transition {
  if (by.id !== head.requesterId) {
    return { ok: false, problem: problem('repair.not-yours', { requester: head.requesterName }) };
  }
  if (head.state !== 'rejected') return { ok: false, problem: notReadyOrOver(head, now, by) };
  return toTransition({
    set: { state: 'received', endedAt: null, hold: null },
    event: { kind: 'mapped', actor: by.id, details: {} },
    jobs: [{ queue: 'publish' }, { queue: 'check' }],
  });
}
