import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { buttonValue, parseButtonValue } from '../../src/messages/card-actions.ts';
import { ago, count, duration } from '../../src/text/durations.ts';
import { fewNames, listed } from '../../src/text/lists.ts';

describe('times in words', () => {
  test('use the largest unit that fits, in the singular or plural', () => {
    const second = 1000;
    const cases: [number, string][] = [
      [0, '0 seconds'],
      [-5, '0 seconds'],
      [second, '1 second'],
      [59.4 * second, '59 seconds'],
      [59.6 * second, '1 minute'],
      [90 * second, '2 minutes'],
      [59 * 60 * second, '59 minutes'],
      [60 * 60 * second, '1 hour'],
      [47 * 3600 * second, '47 hours'],
      [48 * 3600 * second, '2 days'],
      [240 * 3600 * second, '10 days'],
    ];
    for (const [ms, words] of cases) assert.equal(duration(ms), words);
  });

  test('say "just now" for what was a moment ago, and for a clock that is behind', () => {
    const now = new Date('2026-11-21T13:00:00Z');
    const before = (ms: number) => ago(new Date(now.getTime() - ms), now);
    assert.equal(before(-5000), 'just now');
    assert.equal(before(1000), 'just now');
    assert.equal(before(4000), '4 seconds ago');
    assert.equal(before(3 * 3600_000), '3 hours ago');
  });
});

test('the number one has the singular and every other number the plural', () => {
  assert.deepEqual(
    [0, 1, 2, 48].map((n) => count(n, 'user')),
    ['0 users', '1 user', '2 users', '48 users'],
  );
});

test('a list is written with commas and “and”', () => {
  assert.deepEqual([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed), [
    '',
    'a',
    'a and b',
    'a, b and c',
  ]);
});

describe('what a button carries', () => {
  test('is read back unchanged', () => {
    const hash = fc.string({
      unit: fc.constantFrom(...'0123456789abcdef'),
      minLength: 64,
      maxLength: 64,
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999_999_999 }),
        fc.option(hash, { nil: null }),
        (requestId, contentHash) => {
          assert.deepEqual(parseButtonValue(buttonValue({ requestId, contentHash })), {
            requestId,
            contentHash,
          });
        },
      ),
    );
  });

  test('is ignored when this bot did not write it', () => {
    for (const odd of [
      undefined,
      '',
      'x',
      '-1',
      '1.5',
      '1e3',
      '1 abc',
      ` 1`,
      '1 ',
      `1 ${'A'.repeat(64)}`,
      `1 ${'a'.repeat(64)}\n`,
      '99999999999999999999',
      '１',
    ]) {
      assert.equal(parseButtonValue(odd), null, JSON.stringify(odd));
    }
  });
});

test('a long list of names shows two names and the number of the rest', () => {
  const all = ['Ari', 'Bea', 'Cid', 'Dee', 'Eve'];
  const said = all.map((_, index) => fewNames(all.slice(0, index + 1)));
  assert.deepEqual(said, [
    'Ari',
    'Ari and Bea',
    'Ari, Bea and Cid',
    'Ari, Bea and 2 others',
    'Ari, Bea and 3 others',
  ]);
});
