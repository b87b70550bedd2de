import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { judgeSignIn, type SignedIn } from '../../src/auth/judge-sign-in.ts';

const now = new Date('2026-11-27T12:00:00Z');
const needed = { maxAgeMs: 5 * 60_000, acrValues: ['mfa', 'phr'] };
const names = ['Ari.Admin@harbour.example', 'ari.admin'];

function signedIn(
  changes: Partial<SignedIn> & { readonly secondsAgo?: number; readonly acr?: string | null } = {},
): SignedIn {
  const { secondsAgo = 10, acr = 'mfa', ...more } = changes;
  return {
    signIn: {
      issuer: 'https://sso.example',
      subjectHash: 'f'.repeat(64),
      authTime: new Date(now.getTime() - secondsAgo * 1000).toISOString(),
      acr,
    },
    named: 'ari.admin@harbour.example',
    isUnverified: false,
    ...more,
  };
}

const codeOf = (by: SignedIn, of: readonly (string | undefined)[] = names) =>
  judgeSignIn(by, needed, of, now)?.code ?? null;

describe('a sign-in', () => {
  test('counts for the person whose Slack address or Connect username matches, whatever the case', () => {
    assert.equal(codeOf(signedIn()), null);
    assert.equal(codeOf(signedIn({ named: ' ARI.ADMIN ' })), null);
  });

  test('counts for no other person, also when a name is missing', () => {
    for (const named of ['bea@harbour.example', 'ari.admin@harbour.example.evil', '', null]) {
      assert.equal(codeOf(signedIn({ named })), 'sign-in.other-person', String(named));
    }
    assert.equal(codeOf(signedIn({ named: '' }), ['', undefined]), 'sign-in.other-person');
    // The Kelvin sign becomes a k in lower case; the bot does not convert it.
    assert.equal(codeOf(signedIn({ named: '\u212Aim' }), ['kim']), 'sign-in.other-person');
  });

  test('does not count with an address that is not verified', () => {
    assert.equal(codeOf(signedIn({ isUnverified: true })), 'sign-in.unverified-address');
  });

  test('is fresh until the policy’s time is over, with an allowance for clock differences', () => {
    const cases: [number, string | null][] = [
      [0, null],
      [300, null],
      [330, null],
      [331, 'sign-in.not-fresh'],
      [86_400, 'sign-in.not-fresh'],
      [-30, null],
      [-31, 'sign-in.not-fresh'],
    ];
    for (const [secondsAgo, code] of cases) {
      assert.equal(codeOf(signedIn({ secondsAgo })), code, String(secondsAgo));
    }
  });

  test('must use one of the required methods when the policy names any', () => {
    assert.equal(codeOf(signedIn({ acr: 'phr' })), null);
    for (const acr of ['password', 'MFA', '', null]) {
      assert.equal(codeOf(signedIn({ acr })), 'sign-in.other-way', String(acr));
    }
    const any = { ...needed, acrValues: [] };
    assert.equal(judgeSignIn(signedIn({ acr: null }), any, names, now), null);
  });
});
