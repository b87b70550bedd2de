import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rowsRequested } from '../../../src/requests/model/decision-transitions.ts';
import { corrected } from '../../../src/requests/model/repair-transitions.ts';
import { requestStates } from '../../../src/requests/model/states.ts';
import type { RequestHead } from '../../../src/requests/model/transition.ts';

const now = new Date('2026-11-27T10:00:00Z');
const tara = { id: 'U0TARA', name: 'Tara Lead' };
const offer: RequestHead = {
  id: 1001,
  state: 'offered',
  requesterId: tara.id,
  requesterName: tara.name,
  contentHash: 'a'.repeat(64),
  decision: null,
  hold: null,
  expiresAt: null,
  notBefore: null,
  startedAt: null,
  endedAt: null,
  restCancelledAt: null,
};
const facts = { kind: 'suggestions', revision: 1 } as const;

describe('correcting a file in Slack', () => {
  test('has the same request checked again, and the audit trail names who', () => {
    const transition = corrected(offer, tara, facts, now);
    assert.ok(transition.ok);
    assert.equal(transition.change.set.state, 'received');
    assert.deepEqual(transition.change.event, {
      kind: 'corrected',
      actor: tara.id,
      details: facts,
    });
    assert.deepEqual(
      transition.change.jobs.map(({ queue }) => queue),
      ['publish', 'check'],
    );
  });

  test('is for its requester alone', () => {
    const refused = corrected(offer, { id: 'U0ARI', name: 'Ari Admin' }, facts, now);
    assert.ok(!refused.ok);
    assert.equal(refused.problem.code, 'repair.not-yours');
  });

  test('ends when the rows are requested, after which no row can be replaced (H2)', () => {
    for (const state of requestStates.filter((candidate) => candidate !== 'offered')) {
      assert.ok(!corrected({ ...offer, state }, tara, facts, now).ok, state);
    }
  });

  test('requests nothing when the pressed button is older than the corrections (H2)', () => {
    const route = { own: null, expiresAfterMs: 1000 };
    const old = rowsRequested(offer, { ...tara, contentHash: 'b'.repeat(64) }, route, now);
    assert.ok(!old.ok);
    assert.equal(old.problem.code, 'decision.content-changed');
    assert.ok(rowsRequested(offer, { ...tara, contentHash: offer.contentHash }, route, now).ok);
  });
});
