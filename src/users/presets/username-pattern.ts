/** Usernames made from a person's names with a pattern such as `{first}.{last}`. */
import { inLatinLetters } from '../../text/latin-letters.ts';
import type { UserContext } from '../context.ts';
import { nextFree } from '../fields/username.ts';

/** The placeholders of a pattern. `f` and `l` are first letters, `local` is the part before the @. */
export const placeholders = ['first', 'last', 'f', 'l', 'email', 'local'] as const;

export type NamesOfPerson = {
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly email?: string | undefined;
};

/** @returns undefined when a name that the pattern needs is missing, or has a letter without a Latin form */
export function usernameBy(pattern: string, person: NamesOfPerson): string | undefined {
  const first = plain(person.firstName);
  const last = plain(person.lastName);
  const email = person.email?.trim() ?? '';
  const values: Readonly<Record<string, string>> = {
    first,
    last,
    f: first.slice(0, 1),
    l: last.slice(0, 1),
    email,
    local: plain(email.slice(0, Math.max(0, email.lastIndexOf('@')))),
  };
  let isMissing = false;
  const made = pattern.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = values[name] ?? '';
    if (value === '') isMissing = true;
    return value;
  });
  return isMissing || made === '' ? undefined : made;
}

function plain(text: string | undefined): string {
  return (inLatinLetters((text ?? '').trim().toLowerCase()) ?? '')
    .toLowerCase()
    .replaceAll(/\s+/g, '-')
    .replaceAll(/[^a-z0-9_.-]/g, '')
    .replaceAll(/^[-.]+|[-.]+$/g, '');
}

/**
 * The username from a pattern; if it is taken, with the lowest free number at its end. With single sign-on no number
 * is added, because the name must be the one that the identity provider sends.
 *
 * @param alsoTaken usernames that others of the same request get
 */
export function freeUsernameBy(
  pattern: string,
  person: NamesOfPerson,
  context: UserContext,
  alsoTaken: ReadonlySet<string> = new Set(),
): string | undefined {
  const username = usernameBy(pattern, person);
  if (username === undefined || context.identityMode === 'SAML') return username;
  const { directory } = context;
  const isTaken = (candidate: string) =>
    alsoTaken.has(candidate) || directory.hasUsername(candidate);
  if (!isTaken(username) && !context.requested?.has(username)) return username;
  const hasUsername = isTaken;
  return nextFree(username, { ...context, directory: { ...directory, hasUsername } }) ?? username;
}
