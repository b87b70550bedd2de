/** The username: Connect's rules, and a similar valid username as a suggestion. */
import { problem } from '../../errors/problem.ts';
import { inLatinLetters } from '../../text/latin-letters.ts';
import { lengthOf, shown } from '../../text/tidy.ts';
import type { UserContext } from '../context.ts';
import { type Notes, readText } from '../draft-findings.ts';
import type { IdentityMode, UserDraft } from '../new-user.ts';
import { looksLikeEmail } from './email.ts';

/**
 * Characters that are not documented by CreateUser for SAML. That the other modes accept no more is a guess: their
 * usernames are freely chosen, so a stricter rule costs nothing.
 */
const unusual = /[^a-zA-Z0-9_.@-]/gu;
/** The other characters, to accept nearly every username with one test. */
const isPlain = /^[a-zA-Z0-9_.@-]*$/;

/**
 * Additional characters that an identity provider may send: `HARBOUR\\bo.rug`, `cy+support@…`, `alias@userId@orgId`
 * of Salesforce Service Cloud Voice. These are the characters of Entra's user principal names and of STS's
 * RoleSessionName: the model of the API has no pattern, so they are sent, with a warning. That Connect accepts them
 * is a guess.
 */
const sentBySingleSignOn = /^[a-zA-Z0-9_][a-zA-Z0-9_.@+=,'/\\!#^~&$-]*$/u;

/** CreateUser docs: 64 characters for SAML, 20 otherwise. */
const documentedLength = 20;

/**
 * The longest username that can be sent successfully. Where the documentation says 20, public acceptance tests create
 * CONNECT_MANAGED users with more than 40 on AWS, and the model of the API accepts 100; for an existing directory
 * there is no such evidence.
 */
export function longestUsername(mode: IdentityMode): number {
  switch (mode) {
    case 'SAML':
      return 64;
    case 'CONNECT_MANAGED':
      return 100;
    case 'EXISTING_DIRECTORY':
      return documentedLength;
  }
}

export function checkUsername(
  draft: UserDraft,
  context: UserContext,
  notes: Notes,
): string | undefined {
  const username = readText(notes, 'username', draft.username);
  if (username === undefined) {
    if (notes.findings.every((finding) => finding.field !== 'username')) {
      notes.wrong('username', problem('field.missing', { what: 'The username' }));
    }
    return undefined;
  }
  notes.corrected('username', draft.username ?? '', username);
  const before = notes.findings.length;
  if (!isPlain.test(username)) checkLetters(username, context, notes);
  const limit = longestUsername(context.identityMode);
  const count = lengthOf(username);
  if (count > limit) {
    const localPart = looksLikeEmail(username) ? username.slice(0, username.indexOf('@')) : '';
    notes.wrong(
      'username',
      problem('field.too-long', { limit, count }),
      suggestable(localPart, context),
    );
  }
  const isOddAddress = username.includes('@') && !looksLikeEmail(username);
  // Salesforce Service Cloud Voice names SAML users with two @: `alias@userId@orgId`.
  if (isOddAddress && context.identityMode !== 'SAML') {
    notes.wrong('username', problem('username.not-an-email'));
  }
  if (notes.findings.length > before) return undefined;
  if (context.directory.hasUsername(username)) {
    notes.wrong(
      'username',
      problem('username.taken', { username: shown(username), instance: context.alias }),
      nextFree(username, context),
    );
    return undefined;
  }
  const number = context.requested?.get(username);
  if (number !== undefined) {
    const params = { username: shown(username), number };
    notes.wrong('username', problem('username.requested', params), nextFree(username, context));
    return undefined;
  }
  const undocumented = undocumentedCharacters(username);
  if (undocumented !== '') {
    notes.warn('username', problem('username.unusual-letters', { letters: shown(undocumented) }));
  } else if (isOddAddress) {
    notes.warn('username', problem('username.unusual-at'));
  }
  if (context.identityMode === 'CONNECT_MANAGED' && count > documentedLength) {
    notes.warn('username', problem('username.near-limit', { count }));
  }
  const similar = context.directory.similarUsername(username);
  if (similar !== undefined) {
    const params = { username: shown(similar), instance: context.alias };
    notes.warn('username', problem('username.other-case', params));
  }
  const { identityDomains = [] } = context;
  const sameAddress =
    identityDomains.length === 0
      ? undefined
      : userOfSameAddress(username, identityDomains, context.directory);
  if (sameAddress !== undefined) {
    const params = { username: shown(sameAddress), instance: context.alias };
    notes.warn('username', problem('username.same-address', params));
  }
  return username;
}

/**
 * An existing user whom the same Slack address identifies: `mary` and `mary@example.com`. If both users existed, the
 * person with that address would be matched to the other user and lose their permissions here.
 */
function userOfSameAddress(
  username: string,
  identityDomains: readonly string[],
  directory: UserContext['directory'],
): string | undefined {
  const [localPart = '', domain] = username.split('@');
  const usernames =
    domain === undefined
      ? identityDomains.map((known) => `${username}@${known}`)
      : identityDomains.includes(domain.toLowerCase())
        ? [localPart]
        : [];
  return usernames
    .map((name) => (directory.hasUsername(name) ? name : directory.similarUsername(name)))
    .find((name) => name !== undefined);
}

/** The characters beyond the documented ones, each once. */
function undocumentedCharacters(username: string): string {
  return isPlain.test(username) ? '' : [...new Set(username.match(unusual) ?? [])].join('');
}

function checkLetters(username: string, context: UserContext, notes: Notes): void {
  const found = username.match(unusual);
  if (!found) return;
  if (context.identityMode === 'SAML' && sentBySingleSignOn.test(username)) return;
  // Without one of its letters it would be a different person's name.
  const plain = () => suggestable(plainLetters(username) ?? '', context);
  if (/\s/u.test(username)) {
    // A guess: AWS does not document whether a space is allowed outside SAML.
    notes.wrong('username', problem('username.spaces'), plain());
  }
  const letters = [...new Set(found)].filter((character) => !/\s/u.test(character));
  if (letters.length === 0) return;
  const params = { letters: shown(letters.slice(0, 10).join('')) };
  notes.wrong('username', problem('username.letters', params), plain());
}

function plainLetters(username: string): string | undefined {
  return inLatinLetters(username)?.replace(/\s+/gu, '.').replace(unusual, '');
}

/**
 * With single sign-on the username must be the one that the identity provider sends, so no alternative is suggested.
 */
function suggestable(username: string, context: UserContext): string | undefined {
  const fits =
    context.identityMode !== 'SAML' &&
    username !== '' &&
    username.length <= longestUsername(context.identityMode) &&
    (!username.includes('@') || looksLikeEmail(username)) &&
    !context.directory.hasUsername(username) &&
    context.directory.similarUsername(username) === undefined &&
    !context.requested?.has(username);
  return fits ? username : undefined;
}

/** The same username with the lowest free number at its end; undefined when there is none. */
export function nextFree(username: string, context: UserContext): string | undefined {
  const at = username.includes('@') ? username.indexOf('@') : username.length;
  const [stem, rest] = [username.slice(0, at), username.slice(at)];
  for (let number = 2; number < 100; number += 1) {
    const free = suggestable(`${stem}${number}${rest}`, context);
    if (free !== undefined) return free;
  }
  return undefined;
}
