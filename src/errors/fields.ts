/** Catalogue of errors: a new user, field by field. */
import type { ErrorEntry } from './entry.ts';

export const fieldErrors = {
  'field.missing': {
    sentence: '{what} is missing.',
    todo: '',
  },
  'field.too-long': {
    sentence: '{limit} characters at most here (yours has {count}).',
    todo: '',
  },
  'field.unprintable': {
    sentence: 'This has a character in it that cannot be shown.',
    todo: 'Type it again by hand.',
  },
  'field.direction-override': {
    sentence: 'This has a hidden character in it that turns the direction of the letters around.',
    todo: 'Type it again by hand.',
  },
  'field.letters-lost': {
    sentence: 'A letter got lost in this (shown as �).',
    todo: 'Type it again; if it comes from a file, save the file as “CSV UTF-8”.',
  },
  'field.not-yes-or-no': {
    sentence: '“{value}” is neither yes nor no.',
    todo: '',
  },
  'username.spaces': {
    sentence: 'A username has no spaces.',
    todo: '',
  },
  'username.letters': {
    sentence: 'Only the letters a–z, digits and . _ - @ here; “{letters}” cannot be used.',
    todo: '',
  },
  'username.not-an-email': {
    sentence: 'A username with @ must be a whole e-mail address, such as mary@example.com.',
    todo: '',
  },
  'username.taken': {
    sentence: '“{username}” exists already in {instance}.',
    todo: '',
  },
  'last-name.near-limit': {
    sentence:
      'Amazon’s documentation says 256 characters at most in one place and 300 in another (yours has {count}).',
    todo: 'Connect may refuse it.',
  },
  'email.form': {
    sentence: '“{value}” does not look like an e-mail address.',
    todo: '',
  },
  'email.plain-letters': {
    sentence: 'Amazon Connect takes only a–z, digits and . _ % + - in this address.',
    todo: '',
  },
  'email.unusual-letters': {
    sentence: 'Amazon Connect may refuse this address.',
    todo: 'a–z, digits and . _ % + - are safe.',
  },
  'email.needed-for-password': {
    sentence:
      'An e-mail address is needed: I generate the password, so “Forgot password” is the newcomer’s only way in.',
    todo: 'Give an e-mail address, or a password.',
  },
  'email.missing': {
    sentence: 'Without an e-mail address this person cannot use “Forgot password”.',
    todo: '',
  },
  'email.not-with-saml': {
    sentence: 'People of this instance come from the identity provider, e-mail address included.',
    todo: 'Leave it empty here.',
  },
  'directory-id.not-here': {
    sentence: 'Only an instance with an existing directory takes a directory id.',
    todo: 'Leave it empty here.',
  },
  'password.not-here': {
    sentence: 'People of this instance sign in with their company account.',
    todo: 'Leave the password empty.',
  },
  'password.cannot-be-typed': {
    sentence: 'This bot takes no typed passwords, as it has no key to keep them safe with.',
    todo: 'Leave it empty and I generate one.',
  },
  'password.length': {
    sentence: 'A password has 8 to 64 characters (yours has {count}).',
    todo: '',
  },
  'password.too-simple': {
    sentence:
      'A password needs a small letter, a capital letter and a digit; {missing} is missing.',
    todo: '',
  },
  'password.spaces': {
    sentence: 'A password has no spaces or line breaks, also not at its ends.',
    todo: '',
  },
  'password.is-username': {
    sentence: 'The password is the username.',
    todo: 'Choose another one, or leave it empty and I generate one.',
  },
  'phone.without-country': {
    sentence: 'Looks like a phone number without a country.',
    todo: 'Begin with + and the country code.',
  },
  'phone.without-country-guess': {
    sentence: 'Looks like a phone number without a country: did you mean {guess}?',
    todo: '',
  },
  'phone.not-a-number': {
    sentence: '“{value}” does not look like a phone number.',
    todo: 'Begin with + and the country code.',
  },
  'phone.too-short': {
    sentence: '“{value}” is too short for a phone number.',
    todo: '',
  },
  'phone.too-long': {
    sentence: '“{value}” is too long for a phone number.',
    todo: '',
  },
  'phone.wrong-length': {
    sentence: '“{value}” has the wrong number of digits for its country.',
    todo: '',
  },
  'phone.country-unknown': {
    sentence: 'No country has the code that “{value}” begins with.',
    todo: '',
  },
  'phone.extension': {
    sentence: 'Amazon Connect calls a whole number; it cannot dial the extension in “{value}”.',
    todo: 'Give a direct number.',
  },
  'phone.spreadsheet': {
    sentence: 'A spreadsheet has turned this number into “{value}”.',
    todo: 'Make the column text, and type the number again with + and the country code.',
  },
  'phone-type.unknown': {
    sentence: '“{value}” is neither soft nor desk.',
    todo: '',
  },
  'phone-type.unclear': {
    sentence: 'There is a phone number, but it is not said whether the phone is soft or desk.',
    todo: '',
  },
  'desk-phone.no-number': {
    sentence: 'A desk phone needs its number.',
    todo: '',
  },
  'soft-phone.number-unused': {
    sentence: 'A soft phone has no number of its own, so {number} is left out.',
    todo: '',
  },
  'desk-phone.persistent-unused': {
    sentence: 'A persistent connection is for soft phones, so it is left out.',
    todo: '',
  },
  'seconds.not-whole': {
    sentence: '“{value}” is not a whole number of seconds.',
    todo: '',
  },
  'seconds.range': {
    sentence: '0 to 2,000,000 seconds here (0: no limit).',
    todo: '',
  },
  'voice-enhancement.unknown': {
    sentence: '“{value}” is not an audio enhancement.',
    todo: 'Use none, isolate voice or suppress noise.',
  },
  'channel.voice-only': {
    sentence: '{setting} for {channel}: agent-first callbacks are calls, so only voice has this.',
    todo: '',
  },
  'channel.not-yes-or-no': {
    sentence: '{setting} for {channel}: “{value}” is neither yes nor no.',
    todo: '',
  },
  'channel.seconds': {
    sentence:
      '{setting} for {channel}: “{value}” is not a whole number of seconds from 0 to 2,000,000.',
    todo: '',
  },
  'choice.unknown': {
    sentence: 'There is no {kind} “{name}” in {instance}.',
    todo: '',
  },
  'choice.gone': {
    sentence: 'The {kind} that was picked is not in {instance} any more.',
    todo: 'Pick another one.',
  },
  'choice.ambiguous': {
    sentence: 'There are several {kind}s “{name}” in {instance}: {list}.',
    todo: 'Write the one you mean in full.',
  },
  'security-profiles.too-many': {
    sentence: '10 security profiles at most for a user (there are {count} here).',
    todo: '',
  },
  'tags.form': {
    sentence: 'Cannot read “{value}” as a tag.',
    todo: 'Write key=value, several separated by | or on lines of their own, or a JSON object.',
  },
  'tags.json': {
    sentence: 'Cannot read these tags as JSON.',
    todo: 'Write one flat JSON object whose values are texts in quotes, or key=value|key=value.',
  },
  'tags.no-key': {
    sentence: 'The tag value “{value}” has no key before it.',
    todo: '',
  },
  'tags.key-letters': {
    sentence: 'The tag key “{key}” may have only letters, digits, spaces and _ . : / = + - @.',
    todo: '',
  },
  'tags.key-too-long': {
    sentence: 'The tag key “{key}” has {count} characters; 128 at most.',
    todo: '',
  },
  'tags.value-too-long': {
    sentence: 'The value of the tag “{key}” has {count} characters; 256 at most.',
    todo: '',
  },
  'tags.value-unprintable': {
    sentence: 'The value of the tag “{key}” has a character in it that cannot be shown.',
    todo: 'Type it again by hand.',
  },
  'tags.reserved': {
    sentence: 'Tag keys that begin with aws: belong to AWS (“{key}”).',
    todo: '',
  },
  'tags.twice': {
    sentence: 'The tag key “{key}” stands here twice.',
    todo: '',
  },
  'tags.too-many': {
    sentence: '{limit} tags at most for a user (there are {count} here).',
    todo: '',
  },
} as const satisfies Record<string, ErrorEntry>;
