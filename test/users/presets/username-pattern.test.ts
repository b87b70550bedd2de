/** Usernames made from a pattern: always valid for Connect, whatever a person's name is. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { freeUsernameBy, usernameBy } from '../../../src/users/presets/username-pattern.ts';
import { managed } from '../fixtures.ts';

const mary = { firstName: 'Mary', lastName: 'Major', email: 'm.major@example.com' };

describe('a username by a pattern', () => {
  test('has names, their first letters and parts of the address', () => {
    assert.equal(usernameBy('{first}.{last}', mary), 'mary.major');
    assert.equal(usernameBy('{f}{last}', mary), 'mmajor');
    assert.equal(usernameBy('cc-{first}{l}', mary), 'cc-marym');
    assert.equal(usernameBy('{local}', mary), 'm.major');
    assert.equal(usernameBy('{email}', mary), 'm.major@example.com');
  });

  test('has only unaccented Latin letters', () => {
    const name = (firstName: string, lastName: string) =>
      usernameBy('{first}.{last}', { firstName, lastName });
    assert.equal(name('Zoë', 'Größe'), 'zoe.grosse');
    assert.equal(name('Søren', 'Łukasz'), 'soren.lukasz');
    assert.equal(name('Jean Luc', "O'Neil"), 'jean-luc.oneil');
    assert.equal(name('Юлия', 'Щукина-Ёлкина'), 'yuliya.shchukina-elkina');
    assert.equal(name('Ірина', 'Ґалаґан'), 'irina.galagan');
    assert.equal(name('Ђорђе', 'Његош'), 'djordje.njegosh');
    assert.equal(name('Ελένη', 'Παπαδάκης'), 'eleni.papadakis');
    // It contains a Cyrillic character, which is not dropped.
    assert.equal(name('Ann\u0430', 'Quinn'), 'anna.quinn');
    assert.equal(name('Anna', 'Quinn太'), undefined);
    assert.equal(name('太郎', '山田'), undefined);
    assert.equal(name('', 'Major'), undefined);
  });

  test('gets the next free number when it is taken, except with single sign-on', () => {
    const taken = new Set(['mary.major', 'mary.major2']);
    const directory = { ...managed.directory, hasUsername: (name: string) => taken.has(name) };
    const context = { ...managed, directory };
    assert.equal(freeUsernameBy('{first}.{last}', mary, context), 'mary.major3');
    assert.equal(
      freeUsernameBy('{first}.{last}', mary, context, new Set(['mary.major3'])),
      'mary.major4',
    );
    const sso = { ...context, identityMode: 'SAML' as const };
    assert.equal(freeUsernameBy('{first}.{last}', mary, sso), 'mary.major');
  });

  test('has only characters that Connect accepts, for any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        const username = usernameBy('{first}.{last}', { firstName: a, lastName: b });
        if (username !== undefined) assert.match(username, /^[a-z0-9_.-]+$/);
      }),
    );
  });
});
