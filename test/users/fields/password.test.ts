import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { generatePassword } from '../../../src/users/fields/password.ts';
import { branch, codesOf, findingsOf, managed, mary, right, saml, samlMary } from '../fixtures.ts';

const codes = (password: string) => codesOf('password', { password });

describe('a typed password', () => {
  it('must have 8 to 64 characters with a small letter, a capital letter and a digit', () => {
    assert.deepEqual(codes('Passwor1'), []);
    assert.deepEqual(codes(`Pa1${'x'.repeat(61)}`), []);
    assert.deepEqual(codes('Passwo1'), ['password.length']);
    assert.deepEqual(codes(`Pa1${'x'.repeat(62)}`), ['password.length']);
    assert.deepEqual(codes('password1'), ['password.too-simple']);
    assert.deepEqual(codes('PASSWORD1'), ['password.too-simple']);
    assert.deepEqual(codes('Password'), ['password.too-simple']);
  });

  it('must have no white space, and none is removed from its ends', () => {
    assert.deepEqual(codes(' Passwor1'), ['password.spaces']);
    assert.deepEqual(codes('Passwor1\u00A0'), ['password.spaces']);
    assert.deepEqual(codes('Pass\u200Bwor1'), ['field.unprintable']);
  });

  it('counts as empty when it has spaces only', () => {
    assert.equal(right({ ...mary, password: '  ' }).password, 'generated');
  });

  it('must differ from the username', () => {
    const draft = { username: 'MaryMajor1', password: 'marymajor1X'.slice(0, 10) };
    assert.ok(codesOf('password', draft).includes('password.is-username'));
  });

  it('is refused when the instance has no passwords, or there is no key to seal it', () => {
    assert.deepEqual(codesOf('password', { password: 'Passwor1' }, branch), ['password.not-here']);
    const draft = { ...samlMary, password: 'Passwor1' };
    assert.deepEqual(
      findingsOf(draft, saml).map((finding) => finding.problem.code),
      ['password.not-here'],
    );
    const keyless = { ...managed, canTypePassword: false };
    assert.deepEqual(codesOf('password', { password: 'Passwor1' }, keyless), [
      'password.cannot-be-typed',
    ]);
  });

  it('is never repeated in a finding (H4)', () => {
    for (const password of ['hunter2hunter', 'Hunter two 2', 'H2', 'Hunter\u0000two2']) {
      const said = JSON.stringify(findingsOf({ ...mary, password }));
      assert.ok(said.includes('password.') || said.includes('unprintable'));
      assert.ok(!said.includes(password) && !said.includes('unter'));
    }
  });
});

describe('a generated password', () => {
  it('meets every rule that a typed one must meet, and is never the same', () => {
    const made = new Set(Array.from({ length: 2_000 }, generatePassword));
    assert.equal(made.size, 2_000);
    for (const password of made) {
      assert.match(password, /^[A-Za-z0-9]{24}$/);
      assert.deepEqual(codes(password), []);
    }
  });

  it('uses every letter and digit', () => {
    const letters = new Set(Array.from({ length: 500 }, generatePassword).join(''));
    assert.equal(letters.size, 62);
  });
});
