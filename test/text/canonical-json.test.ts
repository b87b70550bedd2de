/** Equal values have the same canonical text, which is hashed. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { canonicalJson } from '../../src/text/canonical-json.ts';

/** An implementation of the definition itself, without regard to the number of objects. */
function byTheRule(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(byTheRule).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([name], [otherName]) => (name < otherName ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${byTheRule(member)}`);
  return `{${members.join(',')}}`;
}

describe('canonical JSON', () => {
  it('sorts members by name and leaves undefined ones out', () => {
    assert.equal(
      canonicalJson({ b: [1, undefined, 'ä"'], a: undefined, A: { z: null, y: true }, '': {} }),
      '{"":{},"A":{"y":true,"z":null},"b":[1,null,"ä\\""]}',
    );
  });

  it('follows the definition for any value', () => {
    const values = fc.anything({ maxDepth: 3, maxKeys: 5 });
    fc.assert(
      fc.property(values, (value) => {
        assert.equal(canonicalJson(value), byTheRule(value));
      }),
      { numRuns: 100 },
    );
  });
});
