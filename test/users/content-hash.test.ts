import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { contentHash } from '../../src/users/content-hash.ts';
import type { NewUser } from '../../src/users/new-user.ts';
import { mary, right } from './fixtures.ts';

const { user } = right({
  ...mary,
  hierarchyGroup: { name: 'Tier 1' },
  channels: { CHAT: { autoAccept: 'yes' } },
  tags: 'b=1|a=2',
});
const hashOf = (changed: NewUser) => contentHash([{ user: changed, password: 'generated' }]);

/** The value with the members of every object in a different order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, member]) => [key, shuffled(member)]));
}

describe('the hash an approval is bound to (H2)', () => {
  it('is sixty-four hexadecimal digits, the same every time', () => {
    assert.match(hashOf(user), /^[0-9a-f]{64}$/);
    assert.equal(hashOf(user), hashOf(structuredClone(user)));
  });

  it('does not depend on the order of members, nor on members that are undefined', () => {
    assert.equal(hashOf(shuffled(user) as NewUser), hashOf(user));
    assert.equal(hashOf({ ...user, mobile: undefined } as unknown as NewUser), hashOf(user));
  });

  it('survives being stored as JSON and read again', () => {
    assert.equal(hashOf(JSON.parse(JSON.stringify(user))), hashOf(user));
  });

  it('depends on every value of every member', () => {
    const seen = new Set([hashOf(user)]);
    for (const [place, changed] of variations(user)) {
      const hash = hashOf(changed as NewUser);
      assert.ok(!seen.has(hash), `${place} does not count`);
      seen.add(hash);
    }
    assert.ok(seen.size > 15);
  });

  it('depends on where the password comes from, and on the rows and their order', () => {
    const secondUser = { ...user, username: 'other' };
    const row = { user, password: 'generated' } as const;
    const hashes = [
      contentHash([]),
      contentHash([row]),
      contentHash([{ user, password: 'typed' }]),
      contentHash([row, row]),
      contentHash([row, { user: secondUser, password: 'generated' }]),
      contentHash([{ user: secondUser, password: 'generated' }, row]),
    ];
    assert.equal(new Set(hashes).size, hashes.length);
  });

  it('differs for any two users that differ', () => {
    const tags = fc.dictionary(fc.string(), fc.string(), { maxKeys: 4 });
    fc.assert(
      fc.property(tags, tags, (left, right) => {
        const same = hashOf({ ...user, tags: left }) === hashOf({ ...user, tags: right });
        const sorted = (tags: object) => JSON.stringify(Object.entries(tags).sort());
        assert.equal(same, sorted(left) === sorted(right));
      }),
    );
  });
});

/** The value with one change at a time, for every place in it. */
function* variations(value: unknown, place = 'user'): Generator<readonly [string, unknown]> {
  if (typeof value === 'string') yield [place, `${value}!`];
  else if (typeof value === 'number') yield [place, value + 1];
  else if (typeof value === 'boolean') yield [place, !value];
  else if (Array.isArray(value)) {
    yield [`${place} (one more)`, [...value, value[0]]];
    for (const [at, member] of value.entries()) {
      for (const [where, changed] of variations(member, `${place}[${at}]`)) {
        yield [where, value.with(at, changed)];
      }
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      const { [key as keyof typeof value]: _gone, ...without } = value;
      yield [`${place}.${key} (gone)`, without];
      for (const [where, changed] of variations(member, `${place}.${key}`)) {
        yield [where, { ...value, [key]: changed }];
      }
    }
  }
}
