import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createNearest } from '../../src/text/nearest.ts';
import { checkUser } from '../../src/users/check/check-user.ts';
import { createGroupIndex } from '../../src/users/hierarchy.ts';
import { createNameIndex } from '../../src/users/name-index.ts';
import { managed, mary } from '../users/fixtures.ts';

describe('did you mean', () => {
  const nearest = createNearest([
    'Agent',
    'Agent Lead',
    'Supervisor',
    'Back Office',
    'Bank Office',
  ]);

  it('finds a name with a letter added, missing or replaced, or with two letters swapped', () => {
    for (const typed of ['Agentt', 'Agen', 'Agemt', 'Aegnt', 'agnet']) {
      assert.equal(nearest(typed), 'Agent', typed);
    }
    assert.equal(nearest('Suprevsior'), 'Supervisor');
  });

  it('knows a beginning that only one name has', () => {
    assert.equal(nearest('superv'), 'Supervisor');
    assert.equal(nearest('agent l'), 'Agent Lead');
    assert.equal(nearest('su'), undefined);
  });

  it('suggests nothing when no name is near, or when two are equally near', () => {
    assert.equal(nearest('Billing'), undefined);
    assert.equal(nearest('Bak Office'), undefined);
    assert.equal(nearest(''), undefined);
  });

  it('finds what comparing with every name in full would find', () => {
    const text = fc.string({ unit: fc.constantFrom(...'aab c'), maxLength: 9 });
    fc.assert(
      fc.property(fc.uniqueArray(text, { maxLength: 12 }), text, (names, typed) => {
        const clean = names.filter(
          (name) => name.trim() === name && name !== '' && !name.includes('  '),
        );
        const allowed = typed.length <= 3 ? 1 : typed.length <= 8 ? 2 : 3;
        fc.pre(typed.trim() === typed && typed !== '' && !typed.includes('  '));
        fc.pre(!clean.includes(typed));
        const ranked = clean.map((name) => ({ name, errors: distance(typed, name) }));
        const least = Math.min(...ranked.map((entry) => entry.errors));
        fc.pre(least <= allowed);
        const best = ranked.filter((entry) => entry.errors === least);
        const going = clean.filter((name) => typed.length >= 3 && name.startsWith(typed));
        const winners = least > 1 && going.length === 1 ? going : best.map((entry) => entry.name);
        const expected = winners.length === 1 ? winners[0] : undefined;
        assert.equal(createNearest(clean)(typed), expected);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('checking a big file', () => {
  const numbered = (count: number, name: string) =>
    Array.from({ length: count }, (_, at) => ({
      id: `${name}${at}`,
      name: `${name} ${at} of York`,
    }));
  const big = {
    ...managed,
    directory: {
      routingProfiles: createNameIndex(numbered(500, 'Routing profile'), (profile) => profile.name),
      securityProfiles: createNameIndex(
        numbered(100, 'Security profile'),
        (profile) => profile.name,
      ),
      hierarchyGroups: createGroupIndex(
        numbered(500, 'Team').map(({ id, name }) => ({ id, path: ['York', 'Sales', name] })),
      ),
      hasUsername: () => false,
      similarUsername: () => undefined,
    },
  };

  it('with ten thousand different misspellings takes seconds, not minutes', () => {
    const before = process.cpuUsage();
    let suggestions = 0;
    for (let row = 0; row < 10_000; row += 1) {
      const checked = checkUser(
        {
          ...mary,
          username: `user${row}`,
          routingProfile: { name: `Rooting profile ${row} of York` },
          securityProfiles: [{ name: `Secruity profile ${row} of York` }],
          hierarchyGroup: { name: `York|Slaes|Team ${row} of York` },
        },
        big,
      );
      assert.ok(!checked.ok);
      suggestions += checked.findings.filter((finding) => finding.suggestion !== undefined).length;
    }
    assert.ok(suggestions > 500);
    // Far above the usual two seconds, and far below the forty seconds of comparing every name with every other.
    // Processor time is measured, so that other work of the machine does not count.
    assert.ok(process.cpuUsage(before).user / 1e6 < 12);
  });
});

/** Optimal string alignment distance, in its simplest implementation. */
function distance(left: string, right: string): number {
  const rows = Array.from({ length: left.length + 1 }, (_, row) =>
    Array.from({ length: right.length + 1 }, (_, column) => (row === 0 ? column : row)),
  );
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= left.length; row += 1) {
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      const cost = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (same ? 0 : 1),
        row > 1 && column > 1 && swapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
      rows[row]?.splice(column, 1, cost);
    }
  }
  return at(left.length, right.length);
}
