import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { textHash } from '../../../src/audit/audit-event.ts';
import { explain, problem } from '../../../src/errors/problem.ts';
import {
  finished,
  held,
  paused,
  restCancelled,
  resumed,
  retried,
  stopped,
  unpaused,
} from '../../../src/requests/model/creating-transitions.ts';
import {
  cancelled,
  denied,
  expired,
  rejected,
} from '../../../src/requests/model/decision-transitions.ts';
import type { RequestState } from '../../../src/requests/model/states.ts';
import type { Change, RequestHead, Transition } from '../../../src/requests/model/transition.ts';

import {
  after,
  approve,
  ari,
  basis,
  bea,
  check,
  ends,
  now,
  ok,
  otherHash,
  own,
  received,
  refused,
  running,
  shown,
  tara,
  waiting,
} from '../lives.ts';

describe('a request that was checked', () => {
  test('waits for an approval, and ends by itself when nobody decides', () => {
    const change = ok(check(received));
    const expiresAt = new Date(now.getTime() + 3600_000);
    assert.deepEqual(change.set, {
      state: 'awaiting_approval',
      contentHash: shown,
      expiresAt,
      hold: null,
    });
    assert.deepEqual(change.jobs, [
      { queue: 'publish' },
      { queue: 'expire', startAfter: expiresAt },
    ]);
  });

  test('begins at once where the requester may create it alone, bound to its rows all the same (H2)', () => {
    const change = ok(check(received, own));
    assert.equal(change.set.state, 'approved');
    assert.deepEqual(change.set.decision, {
      kind: 'approved',
      by: tara.id,
      byName: tara.name,
      at: now.toISOString(),
      contentHash: shown,
      basis: own,
    });
    assert.deepEqual(
      change.jobs.map((job) => job.queue),
      ['publish', 'provision', 'expire'],
    );
    assert.equal(change.event.actor, tara.id);
  });

  test('is rejected with a message to the requester when something is wrong, and can no longer be created', () => {
    const change = ok(rejected(received, [problem('form.reason-missing')], now));
    assert.equal(change.set.state, 'rejected');
    assert.equal(change.endWaitingRows, true);
    assert.deepEqual(change.event.details, { codes: ['form.reason-missing'] });
  });
});

describe('an approval', () => {
  test('is written down with who, on what basis and for which content (H2)', () => {
    const change = ok(approve(waiting));
    assert.deepEqual(change.set.decision, {
      kind: 'approved',
      by: 'U0ARI',
      byName: 'Ari Admin',
      at: now.toISOString(),
      contentHash: shown,
      basis,
    });
    // When the request is too old to retry its failed rows, the card stops offering the retry.
    const expiresAt = new Date(now.getTime() + 3600_000);
    assert.equal(change.set.expiresAt?.getTime(), expiresAt.getTime());
    assert.deepEqual(change.jobs, [
      { queue: 'publish' },
      { queue: 'provision' },
      { queue: 'expire', startAfter: expiresAt },
    ]);
  });

  test('does nothing when it was given for other content (H2)', () => {
    assert.equal(refused(approve(waiting, ari, otherHash)).code, 'decision.content-changed');
    const unchecked = { ...waiting, contentHash: null };
    assert.equal(refused(approve(unchecked)).code, 'decision.content-changed');
  });

  test('is accepted once, and a second person is told who was first and when', () => {
    const later = new Date(now.getTime() + 4_000);
    assert.equal(
      explain(refused(approve(running, bea, shown, later))),
      'Ari Admin approved this 4 seconds ago.',
    );
    assert.equal(
      explain(refused(approve(running, ari, shown, later))),
      'You approved this yourself 4 seconds ago.',
    );
    assert.equal(
      explain(refused(denied(running, bea, 'no', now))),
      'Ari Admin approved this just now.',
    );
  });

  test('is refused for a request that is over, with how it ended', () => {
    const gone = after(waiting, ok(expired(waiting, now)));
    assert.equal(
      explain(refused(approve(gone))),
      'This request is over: expired, because nobody decided in time. Send a new one with /connect-add-user.',
    );
    const back = after(waiting, ok(cancelled(waiting, tara, now)));
    assert.equal(explain(refused(approve(back))), 'Tara Lead cancelled this just now.');
  });

  test('is refused for a request that is still being checked', () => {
    assert.equal(refused(approve(received)).code, 'decision.not-ready');
  });
});

describe('a denial', () => {
  test('ends the request with its reason, and its rows', () => {
    const change = ok(denied(waiting, ari, 'use Tier 1', now));
    assert.equal(change.set.decision?.reason, 'use Tier 1');
    assert.equal(change.set.endedAt, now);
    assert.equal(change.endWaitingRows, true);
    assert.deepEqual(change.event, {
      kind: 'denied',
      actor: 'U0ARI',
      details: { reasonHash: textHash('use Tier 1') },
    });
  });
});

describe('withdrawing a request', () => {
  test('is for its requester alone, and others are told who can deny it', () => {
    assert.equal(
      explain(refused(cancelled(waiting, ari, now))),
      'Only Tara Lead, who sent this request, can withdraw it. Somebody who holds Users – Create can deny it.',
    );
    assert.equal(ok(cancelled(waiting, tara, now)).set.state, 'cancelled');
    assert.equal(ok(cancelled(received, tara, now)).set.state, 'cancelled');
  });

  test('is too late once it was approved', () => {
    assert.equal(refused(cancelled(running, tara, now)).code, 'decision.already');
  });
});

/** One step of a random sequence. */
const hash = fc.constantFrom(shown, otherHash);
const actor = fc.constantFrom(ari, bea, tara);
type Step = { readonly name: string; readonly take: (head: RequestHead) => Transition };
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc
    .option(fc.constantFrom(own), { nil: null })
    .map((basis): Step => ({ name: 'checked', take: (head) => check(head, basis) })),
  fc.constant<Step>({ name: 'rejected', take: (head) => rejected(head, [], now) }),
  fc.record({ by: actor, hash }).map(
    ({ by, hash: seen }): Step => ({
      name: `approved ${seen}`,
      take: (head) => approve(head, by, seen),
    }),
  ),
  actor.map((by): Step => ({ name: 'denied', take: (head) => denied(head, by, 'no', now) })),
  actor.map(
    (by): Step => ({ name: `cancelled by ${by.id}`, take: (head) => cancelled(head, by, now) }),
  ),
  fc.constant<Step>({ name: 'expired', take: (head) => expired(head, now) }),
  fc.constant<Step>({
    name: 'finished',
    take: (head) => finished(head, { created: 1, failed: 0 }, now),
  }),
  fc.constant<Step>({
    name: 'held',
    take: (head) => held(head, problem('create.unavailable'), now, now),
  }),
  fc.constant<Step>({ name: 'resumed', take: (head) => resumed(head, now) }),
  fc.constant<Step>({
    name: 'stopped',
    take: (head) => stopped(head, problem('create.quota', { instance: 'production' }), now),
  }),
  fc
    .record({ by: actor, rows: fc.nat(2) })
    .map(
      ({ by, rows }): Step => ({ name: 'retried', take: (head) => retried(head, by, rows, now) }),
    ),
  actor.map((by): Step => ({ name: 'paused', take: (head) => paused(head, by, now) })),
  actor.map((by): Step => ({ name: 'unpaused', take: (head) => unpaused(head, by, now) })),
  actor.map(
    (by): Step => ({ name: 'rest-cancelled', take: (head) => restCancelled(head, by, now) }),
  ),
);

describe('any life of a request', () => {
  const lives = fc.array(steps, { minLength: 1, maxLength: 30 });
  const live = (
    life: readonly Step[],
    look: (before: RequestHead, step: Step, change: Change, now_: RequestHead) => void,
  ) => {
    let head = received;
    for (const step of life) {
      const before = head;
      const transition = step.take(before);
      if (!transition.ok) continue;
      head = after(before, transition.change);
      look(before, step, transition.change, head);
    }
  };

  test('never leaves a final state, except to retry failed rows', () => {
    fc.assert(
      fc.property(lives, (life) =>
        live(life, (before, step) => {
          const again = before.state === 'done' && step.name === 'retried';
          assert.ok(again || !ends.includes(before.state), before.state);
        }),
      ),
      { numRuns: 500 },
    );
  });

  test('goes forward only, from checked to decided to done', () => {
    const order: Partial<Record<RequestState, readonly RequestState[]>> = {
      received: ['received', 'awaiting_approval', 'approved', 'rejected', 'cancelled', 'expired'],
      awaiting_approval: ['approved', 'denied', 'cancelled', 'expired'],
      approved: ['approved', 'paused', 'done'],
      paused: ['approved'],
      done: ['approved'],
    };
    fc.assert(
      fc.property(lives, (life) =>
        live(life, (before, _step, _change, then) => {
          assert.ok(order[before.state]?.includes(then.state), `${before.state} → ${then.state}`);
        }),
      ),
      { numRuns: 500 },
    );
  });

  test('H2: is approved only for the content that was checked, and keeps that decision', () => {
    fc.assert(
      fc.property(lives, (life) =>
        live(life, (before, step, _change, then) => {
          if (then.state !== 'approved' && then.state !== 'done') return;
          assert.equal(then.decision?.kind, 'approved');
          assert.equal(then.decision?.contentHash, then.contentHash);
          assert.ok(then.decision?.basis, 'an approval has a basis');
          assert.notEqual(step.name, `approved ${otherHash}`);
          if (before.decision) assert.equal(then.decision, before.decision);
        }),
      ),
      { numRuns: 500 },
    );
  });

  test('H7: writes every change into the audit trail and makes Slack show it', () => {
    fc.assert(
      fc.property(lives, (life) =>
        live(life, (_before, _step, change, then) => {
          assert.ok(change.event.kind !== '' && change.event.actor !== '');
          assert.ok(change.jobs.some((job) => job.queue === 'publish'));
          const beginnings = ['approved', 'unpaused', 'rest-cancelled', 'retried'];
          const begins = beginnings.includes(change.event.kind);
          const runs = change.jobs.some((job) => job.queue === 'provision');
          assert.equal(runs, begins || (change.event.kind === 'held' && then.state === 'approved'));
        }),
      ),
      { numRuns: 500 },
    );
  });

  test('leaves no row that could still be created when the request ends without creating', () => {
    fc.assert(
      fc.property(lives, (life) =>
        live(life, (_before, _step, change, then) => {
          const over = ends.includes(then.state);
          assert.equal(Boolean(change.set.endedAt), over);
          const rest = change.event.kind === 'rest-cancelled';
          assert.equal(change.endWaitingRows ?? false, (over && then.state !== 'done') || rest);
        }),
      ),
      { numRuns: 500 },
    );
  });

  test('refuses with a complete sentence that says why', () => {
    fc.assert(
      fc.property(lives, (life) => {
        let head = received;
        for (const step of life) {
          const transition = step.take(head);
          if (transition.ok) head = after(head, transition.change);
          else assert.doesNotMatch(explain(transition.problem), /[{}]|undefined|null/);
        }
      }),
    );
  });
});
