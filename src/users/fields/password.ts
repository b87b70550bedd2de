/** Passwords: the rules for typed ones, and generating one. No message here ever contains the password. */
import { randomInt } from 'node:crypto';
import { problem } from '../../errors/problem.ts';
import { lengthOf } from '../../text/tidy.ts';
import type { UserContext } from '../context.ts';
import type { Notes } from '../draft-findings.ts';
import type { PasswordPlan, UserDraft } from '../new-user.ts';

/** The pattern in the model of CreateUser, split so that each part has its own message. */
const shortest = 8;
const longest = 64;
const parts: readonly (readonly [RegExp, string])[] = [
  [/[a-z]/, 'a small letter (a–z)'],
  [/[A-Z]/, 'a capital letter (A–Z)'],
  [/[0-9]/, 'a digit'],
];

/**
 * The password exactly as it was typed; undefined when the field was left empty or contains only spaces, as a cell of
 * a spreadsheet can.
 */
export function typedPassword(draft: UserDraft): string | undefined {
  return draft.password === undefined || draft.password.trim() === '' ? undefined : draft.password;
}

/**
 * Determines the source of the password, and checks a typed one exactly as typed: nothing is trimmed, because its
 * owner would not know about the change.
 */
export function checkPassword(draft: UserDraft, context: UserContext, notes: Notes): PasswordPlan {
  const typed = typedPassword(draft);
  if (context.identityMode !== 'CONNECT_MANAGED') {
    if (typed !== undefined) notes.wrong('password', problem('password.not-here'));
    return 'none';
  }
  if (typed === undefined) return 'generated';
  if (!context.canTypePassword) {
    notes.wrong('password', problem('password.cannot-be-typed'));
    return 'typed';
  }
  const count = lengthOf(typed);
  if (count < shortest || count > longest) {
    notes.wrong('password', problem('password.length', { count }));
  }
  const missing = parts.filter(([part]) => !part.test(typed)).map(([, name]) => name);
  if (missing.length > 0) {
    notes.wrong('password', problem('password.too-simple', { missing: missing.join(' and ') }));
  }
  if (/\s/u.test(typed)) notes.wrong('password', problem('password.spaces'));
  else if (/[\p{Cc}\p{Cf}]/u.test(typed) || !typed.isWellFormed()) {
    notes.wrong('password', problem('field.unprintable'));
  }
  const username = draft.username?.trim().toLowerCase();
  if (typed.toLowerCase() === username) notes.wrong('password', problem('password.is-username'));
  return 'typed';
}

const small = 'abcdefghijklmnopqrstuvwxyz';
const capital = small.toUpperCase();
const digits = '0123456789';
const generatedLength = 24;

/**
 * Generates a password that meets every rule of Connect, with about 140 bits of entropy. Only the function that sends
 * CreateUser may call this, and must not pass the result on (H4).
 */
export function generatePassword(): string {
  const all = small + capital + digits;
  for (;;) {
    const password = Array.from({ length: generatedLength }, () => pick(all)).join('');
    // Generated again, not patched, so that every valid password is equally likely.
    if (parts.every(([part]) => part.test(password))) return password;
  }
}

function pick(letters: string): string {
  return letters.charAt(randomInt(letters.length));
}
