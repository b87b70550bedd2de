import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createFreshReads } from '../../src/pacing/fresh-reads.ts';

describe('readings of one id', () => {
  const budget = { burst: 3, everyMs: 20 };

  test('begin at once a few times, and then serve all who have asked before they begin', async () => {
    const began: string[] = [];
    const read = createFreshReads(async (id) => began.push(id), budget);
    const asked = Array.from({ length: 40 }, () => read('U0TARA'));
    assert.deepEqual(began, ['U0TARA', 'U0TARA', 'U0TARA']);
    const answers = await Promise.all(asked);
    assert.deepEqual(answers.slice(0, 4), [1, 2, 3, 4]);
    assert.ok(answers.slice(3).every((answer) => answer === 4));
  });

  test('leave those of others alone', async () => {
    const began: string[] = [];
    const read = createFreshReads(async (id) => began.push(id), budget);
    const asked = Array.from({ length: 10 }, () => read('U0TARA'));
    await read('U0ARI');
    assert.equal(began.filter((id) => id === 'U0ARI').length, 1);
    await Promise.all(asked);
  });

  test('fail for all whom they would have served, and begin again afterward', async () => {
    const outcomes = ['one', 'two', 'three', null];
    const read = createFreshReads(async () => {
      const next = outcomes.shift();
      if (next === null) throw new Error('Slack is away');
      return next ?? 'later';
    }, budget);
    const asked = Array.from({ length: 6 }, () => read('U0TARA'));
    const settled = await Promise.allSettled(asked);
    assert.deepEqual(
      settled.map(({ status }) => status),
      ['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected', 'rejected'],
    );
    assert.equal(await read('U0TARA'), 'later');
  });
});
