/**
 * Whether a sign-in at the identity provider satisfies an approval: by the same person, recent enough, and with a
 * required method. Pure.
 */
import { type Problem, problem } from '../errors/problem.ts';
import { foldCase } from './connect-identity.ts';
import type { SignIn } from './decision-basis.ts';

/** The provider's statement about the person who signed in; its signature was verified. */
export type SignedIn = {
  readonly signIn: SignIn;
  /** The claim that identifies the person; null when it is missing. */
  readonly named: string | null;
  /** Another claim, which contains their Connect username, where one was requested. */
  readonly username?: string | null;
  /** Whether that claim is an email address that the provider reports as not verified. */
  readonly isUnverified: boolean;
};

/** The largest expected difference between the clocks of two companies. */
export const clocksDifferMs = 30_000;

/**
 * Why the sign-in does not count, or null.
 *
 * @param names the names of the person who pressed the button: their Slack address, their Connect username
 */
export function judgeSignIn(
  { signIn, named, isUnverified }: SignedIn,
  needed: { readonly maxAgeMs: number; readonly acrValues: readonly string[] },
  names: readonly (string | undefined)[],
  now: Date,
): Problem | null {
  const folded = foldCase(named?.trim() ?? '');
  const isSame = names.some((name) => name !== undefined && foldCase(name.trim()) === folded);
  if (folded === '' || !isSame) return problem('sign-in.other-person');
  if (isUnverified) return problem('sign-in.unverified-address');
  const ageMs = now.getTime() - new Date(signIn.authTime).getTime();
  const isFresh = ageMs >= -clocksDifferMs && ageMs <= needed.maxAgeMs + clocksDifferMs;
  if (!isFresh) return problem('sign-in.not-fresh');
  return whyNotThisWay(signIn, needed);
}

/** Why a method of signing in does not count, or null: it must be one of `acrValues`, if there are any. */
export function whyNotThisWay(
  { acr }: Pick<SignIn, 'acr'>,
  { acrValues }: { readonly acrValues: readonly string[] },
): Problem | null {
  const isWay = acrValues.length === 0 || acrValues.includes(acr ?? '');
  return isWay ? null : problem('sign-in.other-way');
}
