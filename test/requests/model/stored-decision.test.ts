import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Decision } from '../../../src/requests/model/states.ts';
import {
  fromStoredDecision,
  toStoredDecision,
} from '../../../src/requests/model/stored-decision.ts';
import { own } from '../lives.ts';

describe('a stored decision', () => {
  const approver = { id: 'U0ARI', name: 'Ari Admin', at: '2026-01-31T12:00:00.000Z' };
  const decision: Decision = {
    kind: 'approved',
    by: approver.id,
    byName: approver.name,
    at: approver.at,
    contentHash: 'a'.repeat(64),
    basis: own,
    approvers: [{ ...approver, basis: own }],
  };

  test('has its basis under the key that earlier versions of the bot wrote', () => {
    const stored = toStoredDecision(decision);
    assert.deepEqual(stored.ground, own);
    assert.deepEqual(stored.approvers, [{ ...approver, ground: own }]);
    assert.doesNotMatch(JSON.stringify(stored), /"basis"/);
  });

  test('is read as the decision that was written', () => {
    assert.deepEqual(fromStoredDecision(toStoredDecision(decision)), decision);
    const { basis: _, approvers: __, ...denied } = decision;
    assert.deepEqual(fromStoredDecision(toStoredDecision(denied)), denied);
    assert.equal(fromStoredDecision(null), null);
  });
});
