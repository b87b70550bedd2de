import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { problem } from '../../../src/errors/problem.ts';
import {
  creatingSlowed,
  finished,
  held,
  paused,
  restCancelled,
  resumed,
  retried,
  stopped,
  unpaused,
} from '../../../src/requests/model/creating-transitions.ts';
import { denied, rejected } from '../../../src/requests/model/decision-transitions.ts';

import { after, ari, check, now, ok, received, refused, running, tara, waiting } from '../lives.ts';

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

  test('leaves requests that are not being created, and pauses by a person, unchanged', () => {
    const pausedByTara = after(running, ok(paused(running, tara, now)));
    for (const head of [received, waiting, pausedByTara, stoppedAt]) {
      assert.equal(stopped(head, full, now).ok, false);
    }
  });

  test('is not shown after a person paused the request', () => {
    const slow = after(running, ok(creatingSlowed(running, problem('create.throttled'), now)));
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

  test('sends those rows again under the existing decision and hash (H2)', () => {
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

  test('counts the time of creating, and not the time between the attempts', () => {
    const again = after(done, ok(retried(done, tara, 2, later)));
    assert.equal(later.getTime() - (again.startedAt?.getTime() ?? 0), 24_000);
  });

  test('requires a row that can succeed unchanged, and an approval that is not too old', () => {
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

  test('is possible for finished requests only: running requests say so, and unapproved requests stay ended', () => {
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
