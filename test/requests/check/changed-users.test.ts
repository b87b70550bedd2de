import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesBetween } from '../../../src/requests/check/changed-users.ts';
import type { NewUser } from '../../../src/users/new-user.ts';

function user(username: string, profiles: readonly string[], changes: Partial<NewUser> = {}) {
  return {
    username,
    routingProfile: { id: 'rp-1', name: 'Basic' },
    securityProfiles: profiles.map((name) => ({ id: `sp-${name}`, name })),
    phone: { type: 'soft', autoAccept: false, persistentConnection: false },
    afterContactWorkSeconds: 0,
    tags: {},
    ...changes,
  } satisfies NewUser;
}

test('profiles that are gone or new come first, then the fields of a single user', () => {
  const before = [user('mary', ['Agent', 'Admin'])];
  const after = [user('mary', ['Agent'], { email: 'mary@example.com' })];
  assert.equal(changesBetween(before, after), 'removed: Admin · changed: email');
  assert.equal(changesBetween(after, before), 'added: Admin · changed: email');
  assert.equal(changesBetween(before, before), '');
});

test('changes of many users are shown as numbers only', () => {
  const before = ['a', 'b', 'c'].map((name) => user(name, ['Agent']));
  const after = [
    user('a', ['Agent']),
    user('b', ['Agent'], { tags: { x: 'y' } }),
    user('d', ['Agent']),
  ];
  assert.equal(changesBetween(before, after), '1 user left out · 1 user new · 1 user changed');
});

test('no change is shown when the earlier users are unknown', () => {
  assert.equal(changesBetween([], [user('mary', ['Agent'])]), '');
});
