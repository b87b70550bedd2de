/** Paths that match no group exactly: the probable group is suggested, and never used automatically. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createGroupIndex } from '../../src/users/hierarchy.ts';

const groups = [['A'], ['A', 'B'], ['A', 'B', 'C'], ['A', 'D'], ['A', 'D', 'C'], ['B'], ['B', 'E']];
const index = createGroupIndex(groups.map((path) => ({ id: path.join('.'), path })));

describe('a path that no group has', () => {
  const meant: readonly (readonly [string, string])[] = [
    ['C / B / A', 'A / B / C'],
    ['B, A', 'A / B'],
    ['C < D < A', 'A / D / C'],
    ['c - b - a', 'A / B / C'],
    ['E|B', 'B / E'],
    ['B / C', 'A / B / C'],
    ['C; D', 'A / D / C'],
  ];
  for (const [typed, suggestion] of meant) {
    it(`such as ${typed} is probably ${suggestion}`, () => {
      assert.deepEqual(index.match(typed), { kind: 'none', nearest: suggestion });
    });
  }

  it('gets both groups as suggestions when two are possible', () => {
    const match = index.match('A, C');
    assert.ok(match.kind === 'several');
    assert.deepEqual(match.items.map(index.textOf), ['A / B / C', 'A / D / C']);
  });

  it('gets no suggestion when no group has its words', () => {
    assert.deepEqual(index.match('X / Y'), { kind: 'none' });
    assert.deepEqual(index.match('A / B / C / D / E / F'), { kind: 'none' });
  });

  it('from the top down is the group itself', () => {
    assert.equal(index.match('A / B').kind, 'one');
  });
});
