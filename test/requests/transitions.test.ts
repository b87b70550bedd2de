import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { explain, type Problem, problem } from '../../src/errors.ts';
import type { Ground, RequestState } from '../../src/requests/states.ts';
import {
  approved,
  type Change,
  cancelled,
  checked,
  denied,
  expired,
  finished,
  held,
  paused,
  type RequestHead,
  rejected,
  restCancelled,
  resumed,
  retried,
  slowed,
  stopped,
  type Transition,
  unpaused,
} from '../../src/requests/transitions.ts';

const now = new Date('2026-11-21T13:00:00Z');
const shown = 'a'.repeat(64);
const other = 'b'.repeat(64);
const ground: Ground = { kind: 'holds-users-create', connectUser: 'ari', profiles: ['Admin'] };
const own: Ground = { ...ground, kind: 'own-permission' };
const ari = { id: 'U0ARI', name: 'Ari Admin' };
const bea = { id: 'U0BEA', name: 'Bea' };
const tara = { id: 'U0TARA', name: 'Tara Lead' };

const received: RequestHead = {
  id: 1042,
  state: 'received',
  requesterId: tara.id,
  requesterName: tara.name,
  contentHash: null,
  decision: null,
  hold: null,
  expiresAt: null,
  startedAt: null,
  endedAt: null,
};

const ends: readonly RequestState[] = ['done', 'rejected', 'denied', 'cancelled', 'expired'];

/** The request as it stands after a change, as the store writes it. */
function after(head: RequestHead, { set }: Change): RequestHead {
  return {
    ...head,
    state: set.state,
    contentHash: set.contentHash ?? head.contentHash,
    decision: set.decision ?? head.decision,
    hold: set.hold === undefined ? head.hold : set.hold,
    expiresAt: set.expiresAt === undefined ? head.expiresAt : set.expiresAt,
    startedAt: set.startedAt ?? head.startedAt,
    endedAt: set.endedAt === undefined ? head.endedAt : set.endedAt,
  };
}

function ok(transition: Transition): Change {
  if (transition.ok) return transition.change;
  throw new Error(explain(transition.problem));
}

function refused(transition: Transition): Problem {
  assert.ok(!transition.ok, 'this step was taken');
  return transition.problem;
}

const check = (head: RequestHead, ownGround: Ground | null = null) =>
  checked(head, { contentHash: shown, own: ownGround, expiresAfterMs: 3600_000 }, now);
const approve = (head: RequestHead, by = ari, contentHash = shown, at = now) =>
  approved(head, { ...by, ground, contentHash, expiresAfterMs: 3600_000 }, at);

const waiting = after(received, ok(check(received)));
const running = after(waiting, ok(approve(waiting)));

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
      ground: own,
    });
    assert.deepEqual(
      change.jobs.map((job) => job.queue),
      ['publish', 'provision', 'expire'],
    );
    assert.equal(change.event.actor, tara.id);
  });

  test('is told to the requester when something is wrong, and nothing of it can be created any more', () => {
    const change = ok(rejected(received, [problem('form.reason-missing')], now));
    assert.equal(change.set.state, 'rejected');
    assert.equal(change.endWaitingRows, true);
    assert.deepEqual(change.event.details, { codes: ['form.reason-missing'] });
  });
});

describe('an approval', () => {
  test('is written down with who, on what ground and for which content (H2)', () => {
    const change = ok(approve(waiting));
    assert.deepEqual(change.set.decision, {
      kind: 'approved',
      by: 'U0ARI',
      byName: 'Ari Admin',
      at: now.toISOString(),
      contentHash: shown,
      ground,
    });
    // When it is too old to try again what failed, the card stops offering that.
    const expiresAt = new Date(now.getTime() + 3600_000);
    assert.equal(change.set.expiresAt?.getTime(), expiresAt.getTime());
    assert.deepEqual(change.jobs, [
      { queue: 'publish' },
      { queue: 'provision' },
      { queue: 'expire', startAfter: expiresAt },
    ]);
  });

  test('of something else than what stands there does nothing (H2)', () => {
    assert.equal(refused(approve(waiting, ari, other)).code, 'decision.content-changed');
    const unchecked = { ...waiting, contentHash: null };
    assert.equal(refused(approve(unchecked)).code, 'decision.content-changed');
  });

  test('comes once: the second one hears who was first, and when', () => {
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

  test('comes too late for what is over, and hears how it ended', () => {
    const gone = after(waiting, ok(expired(waiting, now)));
    assert.equal(
      explain(refused(approve(gone))),
      'This request is over: expired, because nobody decided in time. Send a new one with /connect-add-user.',
    );
    const back = after(waiting, ok(cancelled(waiting, tara, now)));
    assert.equal(explain(refused(approve(back))), 'Tara Lead cancelled this just now.');
  });

  test('comes too early for what is still being checked', () => {
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
      details: { reason: 'use Tier 1' },
    });
  });
});

describe('taking it back', () => {
  test('is for the requester alone', () => {
    assert.equal(
      explain(refused(cancelled(waiting, ari, now))),
      'Only Tara Lead, who asked, can cancel this request. If you hold Users – Create you can deny it.',
    );
    assert.equal(ok(cancelled(waiting, tara, now)).set.state, 'cancelled');
    assert.equal(ok(cancelled(received, tara, now)).set.state, 'cancelled');
  });

  test('is too late once it was approved', () => {
    assert.equal(refused(cancelled(running, tara, now)).code, 'decision.already');
  });
});

describe('a hold', () => {
  const why = problem('create.unavailable');
  const retryAt = new Date(now.getTime() + 60_000);

  test('changes nothing but what is shown, and tries again later', () => {
    const creating = ok(held(running, why, retryAt, now));
    assert.deepEqual(creating.set, { state: 'approved', hold: why });
    assert.deepEqual(creating.jobs, [
      { queue: 'publish' },
      { queue: 'provision', startAfter: retryAt },
    ]);
    const checking = ok(held(received, why, retryAt, now));
    assert.deepEqual(checking.jobs, [
      { queue: 'publish' },
      { queue: 'check', startAfter: retryAt },
    ]);
  });

  test('is over once, when something moves again', () => {
    const waitingForConnect = after(running, ok(held(running, why, retryAt, now)));
    assert.equal(ok(resumed(waitingForConnect, now)).set.hold, null);
    assert.equal(resumed(running, now).ok, false);
  });

  test('is over when the check comes through or the request ends', () => {
    const stuck = after(received, ok(held(received, why, retryAt, now)));
    assert.equal(after(stuck, ok(check(stuck))).hold, null);
    assert.equal(after(stuck, ok(rejected(stuck, [], now))).hold, null);
    const run = after(running, ok(held(running, why, retryAt, now)));
    assert.equal(after(run, ok(finished(run, { created: 1, failed: 0 }, now))).hold, null);
  });
});

describe('a stop that only a person can end', () => {
  const full = problem('create.quota', { instance: 'production' });
  const stoppedAt = after(running, ok(stopped(running, full, now)));

  test('pauses, says why, and tries nothing by itself', () => {
    const change = ok(stopped(running, full, now));
    assert.deepEqual(change.set, { state: 'paused', hold: full });
    assert.deepEqual(change.jobs, [{ queue: 'publish' }]);
    assert.deepEqual(change.event, {
      kind: 'stopped',
      actor: 'bot',
      details: { code: 'create.quota' },
    });
  });

  test('ends when somebody resumes it or cancels the rest', () => {
    for (const take of [unpaused, restCancelled]) {
      const change = ok(take(stoppedAt, tara, now));
      assert.deepEqual([change.set.state, change.set.hold], ['approved', null]);
      assert.ok(change.jobs.some((job) => job.queue === 'provision'));
    }
  });

  test('leaves what is not being created, and a pause of somebody’s, as it is', () => {
    const pausedByTara = after(running, ok(paused(running, tara, now)));
    for (const head of [received, waiting, pausedByTara, stoppedAt]) {
      assert.equal(stopped(head, full, now).ok, false);
    }
  });

  test('is not what a pause of somebody’s says: what held it up before is not said any more', () => {
    const slow = after(running, ok(slowed(running, problem('create.throttled'), now)));
    assert.equal(after(slow, ok(paused(slow, tara, now))).hold, null);
  });
});

describe('trying again what failed', () => {
  const started = new Date(now.getTime() - 24_000);
  const done = after(
    { ...running, startedAt: started },
    ok(finished(running, { created: 46, failed: 2 }, now)),
  );
  const later = new Date(now.getTime() + 600_000);

  test('sends those rows again under the decision and the hash that stand (H2)', () => {
    const change = ok(retried(done, tara, 2, later));
    assert.equal(change.reopenRetryableRows, true);
    const again = after(done, change);
    assert.deepEqual([again.state, again.endedAt], ['approved', null]);
    assert.equal(again.decision, done.decision);
    assert.equal(again.contentHash, done.contentHash);
    assert.deepEqual(change.event, {
      kind: 'retried',
      actor: tara.id,
      details: { byName: 'Tara Lead', rows: 2 },
    });
    assert.deepEqual(change.jobs, [{ queue: 'publish' }, { queue: 'provision' }]);
  });

  test('counts the time of creating, not the time that lay between', () => {
    const again = after(done, ok(retried(done, tara, 2, later)));
    assert.equal(later.getTime() - (again.startedAt?.getTime() ?? 0), 24_000);
  });

  test('wants a row that can succeed as it is, and an approval that is not too old', () => {
    assert.equal(refused(retried(done, tara, 0, later)).code, 'retry.nothing');
    const tooLate = done.expiresAt ?? now;
    assert.equal(refused(retried(done, tara, 2, tooLate)).code, 'retry.too-late');
    const before = new Date(tooLate.getTime() - 1);
    assert.equal(retried(done, tara, 2, before).ok, true);
    assert.equal(
      refused(retried({ ...done, expiresAt: null }, tara, 2, now)).code,
      'retry.too-late',
    );
  });

  test('is for what is done: what runs is told so, and what was never approved stays ended', () => {
    const again = after(done, ok(retried(done, tara, 2, later)));
    assert.equal(refused(retried(again, ari, 2, later)).code, 'retry.under-way');
    const no = after(waiting, ok(denied(waiting, ari, 'no', now)));
    for (const head of [received, waiting, no]) assert.equal(retried(head, tara, 2, now).ok, false);
  });
});

test('the end of creating is written down with its counts', () => {
  assert.deepEqual(ok(finished(running, { created: 2, failed: 1 }, now)).event.details, {
    created: 2,
    failed: 1,
  });
});

/** One step of a random life. */
const hash = fc.constantFrom(shown, other);
const actor = fc.constantFrom(ari, bea, tara);
type Step = { readonly name: string; readonly take: (head: RequestHead) => Transition };
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc
    .option(fc.constantFrom(own), { nil: null })
    .map((it): Step => ({ name: 'checked', take: (head) => check(head, it) })),
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

  test('never leaves an end, but to try again what failed', () => {
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

  test('goes forward only: checked, decided, done', () => {
    const order: Partial<Record<RequestState, readonly RequestState[]>> = {
      received: ['received', 'awaiting_approval', 'approved', 'rejected', 'cancelled'],
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
          assert.ok(then.decision?.ground, 'an approval has a ground');
          assert.notEqual(step.name, `approved ${other}`);
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

  test('leaves no row behind that could still be created when it ends without creating', () => {
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

  test('refuses with a sentence that says why, and never with a hole in it', () => {
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
