import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lookalikes } from '../../src/users/lookalikes.ts';

const named = (username: string, name?: string) => {
  const [firstName, lastName] = name?.split(' ') ?? [];
  return { username, ...(firstName && { firstName }), ...(lastName && { lastName }) };
};
const alike = (added: ReturnType<typeof named>, ...existing: ReturnType<typeof named>[]) =>
  lookalikes([added], existing).map((found) => found.existing.username);

describe('usernames that look alike', () => {
  test('differ by one added, missing or replaced character, or by two swapped ones', () => {
    for (const username of ['mmajors', 'mmajo', 'mmajar', 'mmjaor', 'M.Major@old.example']) {
      const isSamePerson = username.includes('@');
      const found = alike(
        named('mmajor', 'Mary Major'),
        named(username, isSamePerson ? 'Mary Major' : 'Max Maier'),
      );
      assert.deepEqual(found, [username]);
    }
  });

  test('do not differ in two characters, and are not equal', () => {
    assert.deepEqual(alike(named('mmajor'), named('mminor'), named('mmajor'), named('jroe')), []);
    assert.deepEqual(alike(named('mmajor'), named('mmajorxx')), []);
  });

  test('with a number at the end are not reported, unless the people have the same name', () => {
    assert.deepEqual(alike(named('agent17', 'Ann Ames'), named('agent18', 'Bob Berg')), []);
    assert.deepEqual(alike(named('aames2', 'Ann Ames'), named('aames', 'ann ames')), ['aames']);
  });

  test('with few characters are not reported, because they are similar by chance', () => {
    assert.deepEqual(alike(named('amy'), named('may'), named('am')), []);
  });
});
