/** The identity of the new user: names, email addresses, mobile number, and the id in an existing directory. */
import { problem } from '../../errors/problem.ts';
import { lengthOf, shown } from '../../text/tidy.ts';
import type { UserContext } from '../context.ts';
import { type Notes, readText } from '../draft-findings.ts';
import type { NewUser, UserDraft, Writable } from '../new-user.ts';
import { longestEmail, looksLikeEmail, nearestEmail } from './email.ts';
import { lostLetters } from './names/lost-letters.ts';
import { findTextBesideName, isUnusualName } from './names/text-beside-name.ts';
import { typedPassword } from './password.ts';
import { checkPhoneNumber } from './phone-number.ts';

type Identity = Pick<
  NewUser,
  'firstName' | 'lastName' | 'email' | 'secondaryEmail' | 'mobile' | 'directoryUserId'
>;

/** The model of CreateUser. */
const longestFirstName = 255;
const longestLastName = 300;
/** The docs of UserIdentityInfo, for CONNECT_MANAGED only: less than in the model. */
const documentedLastName = 256;
/** The pattern in CreateUser's docs for SecondaryEmail, with its length limit separate for its own message. */
const documentedEmail = /^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,63}$/;
const longestSecondaryEmail = 265;
/** AWS documents no limit for the id; this guess excludes a pasted document. */
const longestDirectoryId = 1000;

/** Reads the person's identity; invalid members are left out and added to the findings. */
export function checkIdentity(draft: UserDraft, context: UserContext, notes: Notes): Identity {
  const firstName = checkName('firstName', draft, context, notes);
  const lastName = checkName('lastName', draft, context, notes);
  const email = checkEmail(draft, context, notes);
  const secondary = checkSecondaryEmail(draft, context, notes);
  const mobile = checkPhoneNumber('mobile', draft.mobile, context.defaultCountry, notes);
  const directoryUserId = checkDirectoryId(draft, context, notes);
  const identity: Writable<Identity> = {};
  if (firstName !== undefined) identity.firstName = firstName;
  if (lastName !== undefined) identity.lastName = lastName;
  if (email !== undefined) identity.email = email;
  if (secondary !== undefined) identity.secondaryEmail = secondary;
  if (mobile !== undefined) identity.mobile = mobile;
  if (directoryUserId !== undefined) identity.directoryUserId = directoryUserId;
  return identity;
}

function checkName(
  field: 'firstName' | 'lastName',
  draft: UserDraft,
  context: UserContext,
  notes: Notes,
): string | undefined {
  const isFirst = field === 'firstName';
  const before = notes.findings.length;
  const name = readText(notes, field, draft[field], 'name');
  if (name === undefined) {
    // An existing directory provides the names of its people.
    const needed = context.identityMode !== 'EXISTING_DIRECTORY';
    if (needed && notes.findings.length === before) {
      const what = isFirst ? 'The first name' : 'The last name';
      notes.wrong(field, problem('field.missing', { what }));
    }
    return undefined;
  }
  notes.corrected(field, draft[field] ?? '', name);
  const otherName = isFirst ? draft.lastName : draft.firstName;
  const wrong = lostLetters(name) ?? findTextBesideName(name, otherName);
  if (wrong) {
    notes.wrong(field, wrong.problem, wrong.suggestion);
    return undefined;
  }
  const limit = isFirst ? longestFirstName : longestLastName;
  const count = lengthOf(name);
  if (count > limit) {
    notes.wrong(field, problem('field.too-long', { limit, count }));
    return undefined;
  }
  const beyondDocs =
    field === 'lastName' &&
    context.identityMode === 'CONNECT_MANAGED' &&
    count > documentedLastName;
  if (beyondDocs) notes.warn(field, problem('last-name.near-limit', { count }));
  if (isUnusualName(name)) notes.warn(field, problem('name.unusual', { value: shown(name) }));
  return name;
}

function checkEmail(draft: UserDraft, context: UserContext, notes: Notes): string | undefined {
  const before = notes.findings.length;
  const email = readText(notes, 'email', draft.email);
  if (email === undefined) {
    if (notes.findings.length === before && context.identityMode === 'CONNECT_MANAGED') {
      noteMissingEmail(draft, notes);
    }
    return undefined;
  }
  if (context.identityMode === 'SAML' && context.samlEmail === 'refuse') {
    notes.wrong('email', problem('email.not-with-saml'));
    return undefined;
  }
  notes.corrected('email', draft.email ?? '', email);
  const count = lengthOf(email);
  if (count > longestEmail) {
    notes.wrong('email', problem('field.too-long', { limit: longestEmail, count }));
  } else if (!looksLikeEmail(email)) {
    notes.wrong('email', problem('email.form', { value: shown(email) }), nearestEmail(email));
  } else {
    // It is not documented whether the primary address must match the other's pattern, and people cannot choose their
    // address, so this is a warning and not a refusal.
    if (!documentedEmail.test(email)) notes.warn('email', problem('email.unusual-letters'));
    return email;
  }
  return undefined;
}

function noteMissingEmail(draft: UserDraft, notes: Notes): void {
  if (typedPassword(draft) === undefined)
    notes.wrong('email', problem('email.needed-for-password'));
  else notes.warn('email', problem('email.missing'));
}

function checkSecondaryEmail(
  draft: UserDraft,
  context: UserContext,
  notes: Notes,
): string | undefined {
  const email = readText(notes, 'secondaryEmail', draft.secondaryEmail);
  if (email === undefined) {
    // Notifications are sent to the primary address, which a SAML user does not have:
    // https://docs.aws.amazon.com/connect/latest/APIReference/API_UserIdentityInfo.html
    if (context.identityMode === 'SAML' && draft.email === undefined) {
      notes.warn('secondaryEmail', problem('secondary-email.missing'));
    }
    return undefined;
  }
  notes.corrected('secondaryEmail', draft.secondaryEmail ?? '', email);
  const count = lengthOf(email);
  if (count > longestSecondaryEmail) {
    const params = { limit: longestSecondaryEmail, count };
    notes.wrong('secondaryEmail', problem('field.too-long', params));
    return undefined;
  }
  if (documentedEmail.test(email)) return email;
  const guess = nearestEmail(email);
  const suggestion = guess !== undefined && documentedEmail.test(guess) ? guess : undefined;
  const wrong = looksLikeEmail(email)
    ? problem('email.plain-letters')
    : problem('email.form', { value: shown(email) });
  notes.wrong('secondaryEmail', wrong, suggestion);
  return undefined;
}

function checkDirectoryId(
  draft: UserDraft,
  context: UserContext,
  notes: Notes,
): string | undefined {
  const id = readText(notes, 'directoryUserId', draft.directoryUserId);
  if (id === undefined) return undefined;
  if (context.identityMode !== 'EXISTING_DIRECTORY') {
    notes.wrong('directoryUserId', problem('directory-id.not-here'));
    return undefined;
  }
  notes.corrected('directoryUserId', draft.directoryUserId ?? '', id);
  const count = lengthOf(id);
  if (count <= longestDirectoryId) return id;
  notes.wrong('directoryUserId', problem('field.too-long', { limit: longestDirectoryId, count }));
  return undefined;
}
