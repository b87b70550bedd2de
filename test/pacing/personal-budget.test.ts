import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPersonalBudget } from '../../src/pacing/personal-budget.ts';

function start() {
  let nowMs = 0;
  const { take } = createPersonalBudget({ burst: 3, everyMs: 2_000 }, () => nowMs);
  const pass = (ms: number) => {
    nowMs += ms;
  };
  const several = (personId: string, count: number) =>
    Array.from({ length: count }, () => take(personId));
  return { several, pass };
}

test('a person gets a few at once, and then one for each time that passes', () => {
  const { several, pass } = start();
  assert.deepEqual(several('U0TARA', 5), [
    'granted',
    'granted',
    'granted',
    'refused',
    'refused-again',
  ]);
  pass(1_999);
  assert.deepEqual(several('U0TARA', 1), ['refused-again']);
  pass(1);
  assert.deepEqual(several('U0TARA', 2), ['granted', 'refused']);
  pass(60_000);
  assert.deepEqual(several('U0TARA', 4), ['granted', 'granted', 'granted', 'refused']);
});

test('what one person has used up is there for others', () => {
  const { several } = start();
  several('U0TARA', 50);
  assert.deepEqual(several('U0SAM', 1), ['granted']);
});

test('people by the thousand are not all remembered, and the latest are', () => {
  const { several } = start();
  for (let at = 0; at < 3_000; at += 1) several(`U${at}`, 3);
  assert.deepEqual(several('U2999', 1), ['refused']);
  assert.deepEqual(several('U0', 1), ['granted']);
});
