/** Requests in the states from which tests of transitions start. */
import assert from 'node:assert/strict';
import type { DecisionBasis } from '../../src/auth/decision-basis.ts';
import { explain, type Problem } from '../../src/errors/problem.ts';
import { approved, checked } from '../../src/requests/model/decision-transitions.ts';
import type { RequestState } from '../../src/requests/model/states.ts';
import type { Change, RequestHead, Transition } from '../../src/requests/model/transition.ts';

export const now = new Date('2026-11-21T13:00:00Z');
export const shown = 'a'.repeat(64);
export const otherHash = 'b'.repeat(64);
export const basis: DecisionBasis = {
  kind: 'holds-users-create',
  connectUser: 'ari',
  profiles: ['Admin'],
};
export const own: DecisionBasis = { ...basis, kind: 'own-permission' };
export const ari = { id: 'U0ARI', name: 'Ari Admin' };
export const bea = { id: 'U0BEA', name: 'Bea' };
export const tara = { id: 'U0TARA', name: 'Tara Lead' };

export const received: RequestHead = {
  id: 1042,
  state: 'received',
  requesterId: tara.id,
  requesterName: tara.name,
  contentHash: null,
  decision: null,
  hold: null,
  expiresAt: null,
  notBefore: null,
  startedAt: null,
  endedAt: null,
  restCancelledAt: null,
};

export const ends: readonly RequestState[] = ['done', 'rejected', 'denied', 'cancelled', 'expired'];

/** The request after a change, as the store writes it. */
export function after(head: RequestHead, { set }: Change): RequestHead {
  return {
    ...head,
    state: set.state,
    contentHash: set.contentHash ?? head.contentHash,
    decision: set.decision ?? head.decision,
    hold: set.hold === undefined ? head.hold : set.hold,
    expiresAt: set.expiresAt === undefined ? head.expiresAt : set.expiresAt,
    startedAt: set.startedAt ?? head.startedAt,
    endedAt: set.endedAt === undefined ? head.endedAt : set.endedAt,
    restCancelledAt: set.restCancelledAt === undefined ? head.restCancelledAt : set.restCancelledAt,
  };
}

export function ok(transition: Transition): Change {
  if (transition.ok) return transition.change;
  throw new Error(explain(transition.problem));
}

export function refused(transition: Transition): Problem {
  assert.ok(!transition.ok, 'this step was taken');
  return transition.problem;
}

export const check = (head: RequestHead, ownBasis: DecisionBasis | null = null) =>
  checked(head, { contentHash: shown, own: ownBasis, expiresAfterMs: 3600_000 }, now);
export const approve = (head: RequestHead, by = ari, contentHash = shown, at = now) =>
  approved(head, { ...by, basis, contentHash, expiresAfterMs: 3600_000 }, at);

export const waiting = after(received, ok(check(received)));
export const running = after(waiting, ok(approve(waiting)));
