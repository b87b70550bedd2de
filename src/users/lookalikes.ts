/** Usernames that are easily confused: they differ by one character, or only in digits and marks. Pure. */
import { fullName } from './full-name.ts';

type Called = {
  readonly username: string;
  readonly firstName?: string;
  readonly lastName?: string;
};

/** The letters of a username without digits and marks; the part after an @ is the domain and not the person. */
function lettersOf(username: string): string {
  return (username.split('@')[0] ?? '').toLowerCase().replace(/[^\p{L}]/gu, '');
}

/** Shorter ones differ by one character by chance. */
const shortestCompared = 4;

/**
 * The new users whose username is similar to an existing one, with that one. Numbered names (agent17 and agent18) are
 * similar on purpose; they count only when the people also have the same name.
 */
export function lookalikes<New extends Called>(
  added: readonly New[],
  existing: readonly Called[],
): { readonly added: New; readonly existing: Called }[] {
  const byKey = new Map<string, New[]>();
  for (const user of added) {
    for (const key of keysOf(lettersOf(user.username))) {
      const same = byKey.get(key);
      if (same) same.push(user);
      else byKey.set(key, [user]);
    }
  }
  const found = new Map<New, Called>();
  for (const existingUser of existing) {
    const letters = lettersOf(existingUser.username);
    for (const key of keysOf(letters)) {
      for (const user of byKey.get(key) ?? []) {
        if (!found.has(user) && isAlike(user, existingUser)) found.set(user, existingUser);
      }
    }
  }
  return [...found].map(([user, existingUser]) => ({ added: user, existing: existingUser }));
}

/** The word, and the word with each of its letters left out: words that differ by one step share one of these. */
function keysOf(letters: string): string[] {
  if (letters.length < shortestCompared) return letters ? [letters] : [];
  return [letters, ...Array.from(letters, (_letter, at) => without(letters, at))];
}

function without(letters: string, at: number): string {
  return letters.slice(0, at) + letters.slice(at + 1);
}

function isAlike(user: Called, existingUser: Called): boolean {
  if (user.username === existingUser.username) return false;
  const [first, second] = [lettersOf(user.username), lettersOf(existingUser.username)];
  if (first === second)
    return fullName(user).toLowerCase() === fullName(existingUser).toLowerCase();
  return Math.min(first.length, second.length) >= shortestCompared && isOneStep(first, second);
}

/** One letter more, fewer or different, or two neighbors swapped. */
function isOneStep(first: string, second: string): boolean {
  const [short, long] = first.length <= second.length ? [first, second] : [second, first];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (long.length > short.length) return short.slice(at) === long.slice(at + 1);
  const isSwapped = short[at] === long[at + 1] && short[at + 1] === long[at];
  return (
    short.slice(at + 1) === long.slice(at + 1) ||
    (isSwapped && short.slice(at + 2) === long.slice(at + 2))
  );
}
