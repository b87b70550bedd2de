/** Usernames that are easily taken for another one: one letter apart, or the same but for digits and marks. Pure. */
import { fullName } from './full-name.ts';

type Called = {
  readonly username: string;
  readonly firstName?: string;
  readonly lastName?: string;
};

/** Letters of a username without digits and marks; what follows an @ says where, not who. */
function lettersOf(username: string): string {
  return (username.split('@')[0] ?? '').toLowerCase().replace(/[^\p{L}]/gu, '');
}

/** Shorter ones are one letter apart by chance. */
const shortestCompared = 4;

/**
 * Of the new users those whose username looks like an existing one, with that one. Counted names (agent17 beside
 * agent18) look alike on purpose; they count only where the people are called the same as well.
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

/** The word and all that it is with one letter left out: words one step apart have one of these in common. */
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

/** A letter more, fewer or other, or two neighbors swapped. */
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
