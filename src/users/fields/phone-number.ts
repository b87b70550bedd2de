/** Phone numbers as people write them, converted to Connect's only format (E.164). */
import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from 'libphonenumber-js/min';
import { problem } from '../../errors/problem.ts';
import { shown } from '../../text/tidy.ts';
import { type Notes, readText } from '../draft-findings.ts';
import { isComplete } from './complete-number.ts';

/**
 * The pattern of CreateUser's phone numbers. A number must also have a possible length for its country, but it does
 * not have to be assigned: AWS's own example uses +1 555 555 1212.
 */
const e164 = /^\+[1-9]\d{1,14}$/;

/**
 * Reads a phone number; undefined when it is empty or invalid.
 *
 * @param defaultCountry ISO 3166 country of a number without `+`
 */
export function checkPhoneNumber(
  field: 'mobile' | 'deskPhoneNumber',
  typed: string | undefined,
  defaultCountry: string | undefined,
  notes: Notes,
): string | undefined {
  // Compatibility forms: East Asian keyboards type fullwidth digits and a fullwidth plus.
  const text = readText(notes, field, typed)?.normalize('NFKC');
  if (text === undefined) return undefined;
  if (isComplete(text)) {
    notes.corrected(field, typed ?? '', text);
    return text;
  }
  const value = shown(text);
  // The library throws for such a text, which is slow when 10,000 rows have one.
  if (!/\p{Nd}/u.test(text)) {
    notes.wrong(field, problem('phone.not-a-number', { value }));
    return undefined;
  }
  if (/^\+?\d+(?:[.,]\d+)?e\+?\d+$/i.test(text)) {
    notes.wrong(field, problem('phone.spreadsheet', { value }));
    return undefined;
  }
  const number = parse(text, defaultCountry);
  if (typeof number === 'string') {
    notes.corrected(field, typed ?? '', number);
    return number;
  }
  if (number?.ext) {
    notes.wrong(field, problem('phone.extension', { value }), possible(number));
    return undefined;
  }
  if (number && isOfAnotherCountry(text, number)) noteNoCountry(field, text, notes);
  else noteWhatIsWrong(field, text, defaultCountry, notes);
  return undefined;
}

/** The number in E.164, or the problem of the text. */
function parse(text: string, defaultCountry: string | undefined): string | PhoneNumber | undefined {
  const country = countryOf(defaultCountry);
  const found = parsePhoneNumberFromString(text, {
    extract: false,
    ...(country && { defaultCountry: country }),
  });
  if (!found || found.ext || isOfAnotherCountry(text, found)) return found;
  return possible(found) ?? found;
}

/**
 * Whether it cannot be a number of North America: no area code there begins with 0 or 1, and the only prefix is a 1,
 * so `0206555015` was written in another country. The numbering plan: ITU-T E.164, country code 1
 */
function isOfAnotherCountry(text: string, found: PhoneNumber): boolean {
  return (
    !text.startsWith('+') &&
    found.countryCallingCode === '1' &&
    found.nationalNumber.startsWith('0')
  );
}

function possible(found: PhoneNumber): string | undefined {
  return found.isPossible() && e164.test(found.number) ? found.number : undefined;
}

function countryOf(code: string | undefined): CountryCode | undefined {
  return code !== undefined && isSupportedCountry(code) ? code : undefined;
}

function noteWhatIsWrong(
  field: 'mobile' | 'deskPhoneNumber',
  text: string,
  defaultCountry: string | undefined,
  notes: Notes,
): void {
  const value = shown(text);
  const country = countryOf(defaultCountry);
  // `00` begins an international number in most countries, whatever the assumed country's rules are.
  if (text.startsWith('00') && withCountry(text)) {
    noteNoCountry(field, text, notes);
    return;
  }
  switch (validatePhoneNumberLength(text, country && { defaultCountry: country })) {
    case 'TOO_SHORT':
      notes.wrong(field, problem('phone.too-short', { value }));
      return;
    case 'TOO_LONG':
      notes.wrong(field, problem('phone.too-long', { value }));
      return;
    case 'INVALID_COUNTRY':
      if (text.startsWith('+')) notes.wrong(field, problem('phone.country-unknown', { value }));
      else noteNoCountry(field, text, notes);
      return;
    case 'NOT_A_NUMBER':
      notes.wrong(field, problem('phone.not-a-number', { value }), numberInside(text));
      return;
    default:
      notes.wrong(field, problem('phone.wrong-length', { value }));
  }
}

function noteNoCountry(field: 'mobile' | 'deskPhoneNumber', text: string, notes: Notes): void {
  const guess = withCountry(text);
  if (guess === undefined) {
    notes.wrong(field, problem('phone.without-country'));
    return;
  }
  const shownGuess = guess.formatInternational();
  notes.wrong(field, problem('phone.without-country-guess', { guess: shownGuess }), guess.number);
}

/** The few cases in which the country can be guessed: `00…`, a lost `+`, ten digits as in North America. */
function withCountry(text: string): PhoneNumber | undefined {
  const digits = text.replace(/\D/g, '');
  const guesses = [
    ...(digits.startsWith('00') ? [`+${digits.slice(2)}`] : []),
    ...(digits.length >= 11 ? [`+${digits}`] : []),
    ...(/^[2-9]\d{2}[2-9]\d{6}$/.test(digits) ? [`+1${digits}`] : []),
  ];
  for (const guess of guesses) {
    const found = parsePhoneNumberFromString(guess, { extract: false });
    if (found && possible(found) !== undefined) return found;
  }
  return undefined;
}

/** A complete number with other text around it, such as `call +1 555 555 1212 (desk)`. */
function numberInside(text: string): string | undefined {
  const found = text.length <= 250 ? parsePhoneNumberFromString(text) : undefined;
  return found && !found.ext ? possible(found) : undefined;
}

/** An E.164 number with spaces for reading: +1 555 555 1212. */
export function phoneInWords(number: string): string {
  return parsePhoneNumberFromString(number)?.formatInternational() ?? number;
}
