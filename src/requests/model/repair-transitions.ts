/** The transition of a file that its requester corrects in Slack: it is checked again, as it is now. Pure. */
import { problem } from '../../errors/problem.ts';
import {
  type Actor,
  moved,
  notReadyOrOver,
  type RequestHead,
  type Transition,
} from './transition.ts';

/** What was corrected, for the audit trail: numbers and kinds, never what people typed. */
export type CorrectedFacts = {
  readonly kind: 'suggestions' | 'names' | 'rows';
  /** The check that the correction is about. */
  readonly revision: number;
};

/**
 * Its requester corrects a file that nobody was asked to approve yet. After that its rows can be replaced, and the
 * result is offered again with a new hash (H2).
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
  return moved({
    set: { state: 'received', hold: null },
    event: { kind: 'corrected', actor: by.id, details: { ...facts } },
    jobs: [{ queue: 'publish' }, { queue: 'check' }],
  });
}

/** Its requester told which column of a file is which, after it was refused because columns were missing: it is read again. */
export function mapped(head: RequestHead, by: Actor, now: Date): Transition {
  if (by.id !== head.requesterId) {
    return { ok: false, problem: problem('repair.not-yours', { requester: head.requesterName }) };
  }
  if (head.state !== 'rejected') return { ok: false, problem: notReadyOrOver(head, now, by) };
  return moved({
    set: { state: 'received', endedAt: null, hold: null },
    event: { kind: 'mapped', actor: by.id, details: {} },
    jobs: [{ queue: 'publish' }, { queue: 'check' }],
  });
}
