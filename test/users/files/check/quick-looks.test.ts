/** Quick checks of cells, which avoid the full rules for most of a file, have the same results as the rules. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { hasPasswordLetters } from '../../../../src/users/fields/password-like.ts';
import { readSeconds } from '../../../../src/users/fields/setting-words.ts';
import { readCellValue, readOddCell } from '../../../../src/users/files/check/cell-values.ts';
import type { ColumnKey } from '../../../../src/users/files/table/known-columns.ts';

const keys: readonly ColumnKey[] = [
  'firstName',
  'username',
  'email',
  'mobile',
  'password',
  'routingProfile',
  'securityProfiles',
  'agentHierarchy',
  'phoneType',
  'autoAccept',
  'tags',
  'instance',
];

/** Words that programs and people write for an empty value, with something before and after them. */
const nearWords = fc
  .tuple(
    fc.constantFrom('', ' ', '\t', '\u00A0', '#', '=', '-', 'z'),
    fc.constantFrom(
      ...['n/a', 'None', 'undefined', 'k.A.', 'entf', 'Err:502', 'not available', '0', '1', 'soft'],
      ...[
        '#N/A',
        'TRUE',
        'Agent',
        '12.0',
        'x',
        '•••',
        '(blank)',
        'Kundendienst',
        'Élan',
        '\u212A.a.',
      ],
    ),
    fc.constantFrom('', ' ', '.0', '.00 ', '0', 'e+5', '\u2003', 'ö', '!'),
  )
  .map((parts) => parts.join(''));
const cells = fc.oneof(nearWords, fc.string({ maxLength: 12 }), fc.string({ unit: 'grapheme' }));

describe('a quick check', () => {
  it('skips no cell to which a rule applies', () => {
    fc.assert(
      fc.property(fc.constantFrom(...keys), cells, (key, cell) => {
        assert.deepEqual(readCellValue(key, cell), readOddCell(key, cell));
      }),
      { numRuns: 2000 },
    );
  });

  it('finds the characters of Connect’s rule for passwords', () => {
    const texts = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.stringMatching(/^[aZ5é\uFF11 -]{0,9}$/),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const rule = [/[a-z]/, /[A-Z]/, /[0-9]/].every((part) => part.test(text));
        assert.equal(hasPasswordLetters(text), rule);
      }),
      { numRuns: 500 },
    );
  });

  it('reads seconds as the number that they are', () => {
    for (const text of ['0', '007', '60', '999999']) {
      assert.deepEqual(readSeconds(text), { kind: 'seconds', seconds: Number(text) });
    }
    assert.deepEqual(readSeconds('2000001'), { kind: 'out-of-range' });
    assert.deepEqual(readSeconds('٦٠'), { kind: 'not-whole' });
  });
});
