import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { approved, denied, expired } from '../../../src/requests/model/decision-transitions.ts';
import { creationStarted, rescheduled } from '../../../src/requests/model/schedule-transitions.ts';
import type { RequestHead, Transition } from '../../../src/requests/model/transition.ts';

const now = new Date('2026-11-24T13:00:00Z');
const inHours = (hours: number) => new Date(now.getTime() + hours * 3600_000);
const hash = 'a'.repeat(64);
const ari = { id: 'U0ARI', name: 'Ari Admin' };

const waiting: RequestHead = {
  id: 1042,
  state: 'awaiting_approval',
  requesterId: 'U0TARA',
  requesterName: 'Tara Lead',
  contentHash: hash,
  decision: null,
  hold: null,
  expiresAt: inHours(72),
  notBefore: inHours(24),
  startedAt: null,
  endedAt: null,
  restCancelledAt: null,
};

function approve(head: RequestHead): Transition {
  const basis = { kind: 'holds-users-create' as const, connectUser: 'ari', profiles: ['Admin'] };
  const by = { ...ari, basis, contentHash: hash, expiresAfterMs: 72 * 3600_000 };
  return approved(head, by, now);
}

function changeOf(transition: Transition) {
  assert.ok(transition.ok, JSON.stringify(transition));
  return transition.change;
}

describe('a request with a time before which nobody is created', () => {
  test('is scheduled by its approval, which counts from that time on', () => {
    const { set, jobs } = changeOf(approve(waiting));
    assert.equal(set.state, 'scheduled');
    assert.equal(set.startedAt, undefined);
    assert.deepEqual(set.expiresAt, inHours(24 + 72));
    assert.deepEqual(jobs, [
      { queue: 'publish' },
      { queue: 'provision', startAfter: inHours(24) },
      { queue: 'expire', startAfter: inHours(24 + 72) },
    ]);
  });

  test('is created at once when it is approved after that time', () => {
    const { set } = changeOf(approve({ ...waiting, notBefore: inHours(-1) }));
    assert.deepEqual([set.state, set.startedAt, set.expiresAt], ['approved', now, inHours(72)]);
  });

  const scheduled: RequestHead = { ...waiting, state: 'scheduled', expiresAt: inHours(96) };

  test('begins when it is due, and not before', () => {
    assert.equal(creationStarted(scheduled, inHours(23)).ok, false);
    const { set } = changeOf(creationStarted(scheduled, inHours(24)));
    assert.deepEqual(set, { state: 'approved', startedAt: inHours(24) });
    assert.equal(creationStarted({ ...scheduled, state: 'denied' }, inHours(24)).ok, false);
  });

  test('moves its expiry when it is moved', () => {
    const { set } = changeOf(rescheduled(scheduled, { ...ari, decides: true }, inHours(30), now));
    assert.deepEqual([set.notBefore, set.expiresAt], [inHours(30), inHours(102)]);
  });

  test('is moved earlier only by who may approve, and never into the past or too far', () => {
    const move = (at: Date, decides: boolean) => {
      const result = rescheduled(scheduled, { ...ari, decides }, at, now);
      return result.ok ? 'moved' : result.problem.code;
    };
    assert.equal(move(inHours(12), false), 'not-before.earlier');
    assert.equal(move(inHours(12), true), 'moved');
    assert.equal(move(inHours(-1), true), 'not-before.past');
    assert.equal(move(inHours(91 * 24), true), 'not-before.too-far');
    const movedByApprover = rescheduled(waiting, { ...ari, decides: true }, inHours(30), now);
    assert.equal(
      movedByApprover.ok ? '' : movedByApprover.problem.code,
      'not-before.not-scheduled',
    );
  });

  test('can still be denied, and does not expire at the deadline for its approval', () => {
    assert.equal(changeOf(denied(scheduled, ari, 'put off', now)).set.state, 'denied');
    assert.equal(expired(scheduled, inHours(72)).ok, false);
    assert.equal(changeOf(expired(scheduled, inHours(96))).set.state, 'expired');
  });
});
