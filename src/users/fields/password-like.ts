/** Detects text that is probably a password, in a place where no password belongs. */
import { looksLikeEmail } from './email.ts';

const shortest = 8;
const longest = 64;

/** `Agent0042`, `Mary.Jones2`: words followed by a number, a common form of usernames. */
const wordsAndNumbers = /^(?:[\p{L}'’]+\d{0,6}|\d+)(?:[._@-](?:[\p{L}'’]+\d{0,6}|\d+))*$/u;

/** Words in capitals are shorter than this; parts of a random text can be longer. */
const longShout = /\p{Lu}{7}/u;

/** Common beginnings of weak passwords, in the languages of the column names. */
const weak =
  /^(?:p[a4@]s+w(?:o|0)r[dt]|passe?|pwd|kennwort|geheim|secret|welcome|willkommen|bienvenue|start|change ?me|qwert[yz]|contrase|summer|sommer|winter|spring|autumn|herbst|letmein|initial|temp|hunter|admin)\P{L}*\d/iu;

/**
 * `ckrug@0058c00000JKQ7EAAX@00D8c0000006f1hEAA`, the form of usernames in Salesforce Service Cloud Voice: the ids of
 * the user and of the organization, of 15 or 18 letters and digits.
 * https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/field_types.htm
 */
const salesforceName =
  /^(?:[^@\s]{1,40}@)?[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?@00D[a-zA-Z0-9]{12}(?:[a-zA-Z0-9]{3})?$/;

/** A name in quoted-printable, in percent encoding, or as an encoded word of mail: `Ren=C3=A9e`. */
const codesOfLetters =
  /^(?:=\?[\w-]+\?[QB]\?[^\s?]*\?=|[\p{L}'’.-]*(?:[=%][C-F][0-9A-F](?:[=%][89AB][0-9A-F]){1,3}[\p{L}'’.-]*)+)$/u;

/** A character that occurs in every email address, link, ARN and encoded name. */
const signOfOthers = /[@:=%]/;

export type PasswordClues = {
  /** Names of the same person, because a username often contains them. */
  readonly names: readonly string[];
  /** True when the row has lost its password, or its cells may be under the wrong headers. */
  readonly strict: boolean;
};

/**
 * Whether a text that is not a known name looks like a password: it passes Connect's rule (8 to 64 characters, a
 * small letter, a capital letter, a digit), has no space, and is not an email address, a number with a unit, an
 * address or an ARN. `Agent0042` passes that rule as well, so words followed by a number do not count unless they are
 * common in weak passwords.
 */
export function looksLikePassword(text: string, clues: PasswordClues): boolean {
  const plain = text.trim();
  if (plain.length < shortest || plain.length > longest) return false;
  if (!hasPasswordLetters(plain) || /\s/u.test(plain)) return false;
  if (signOfOthers.test(plain)) {
    if (looksLikeEmail(plain) || /^(?:https?:\/\/|arn:|mailto:)/i.test(plain)) return false;
    if (salesforceName.test(plain) || codesOfLetters.test(plain)) return false;
  }
  if (weak.test(plain)) return true;
  if (!wordsAndNumbers.test(plain) || longShout.test(plain)) return true;
  return clues.strict && !isMadeOf(plain, clues.names);
}

/**
 * Whether a text has a small letter, a capital letter and a digit, as Connect's rule requires. A single pass over the
 * text, because every name, address and profile of a file is checked.
 */
export function hasPasswordLetters(text: string): boolean {
  let found = 0;
  for (let at = 0; at < text.length && found < 7; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 97 && code <= 122) found |= 1;
    else if (code >= 65 && code <= 90) found |= 2;
    else if (code >= 48 && code <= 57) found |= 4;
  }
  return found === 7;
}

/** The maximum length of a shown text; the rest is cut off anyway. */
const longestScanned = 1_000;

/** The text without the words that look like a password, for texts that are shown unchanged. */
export function withoutPasswords(text: string): string {
  const clues: PasswordClues = { names: [], strict: false };
  return text
    .slice(0, longestScanned)
    .replace(/\S{8,64}/gu, (word) => (looksLikePassword(word, clues) ? '•••' : word));
}

function isMadeOf(text: string, names: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return names.some((name) => {
    const word = name.trim().toLowerCase();
    return word.length >= 3 && lower.includes(word);
  });
}
