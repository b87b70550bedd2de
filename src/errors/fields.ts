/** Catalogue of errors: a new user, field by field. */
import type { ErrorEntry } from './entry.ts';

export const fieldErrors = {
  'field.missing': {
    sentence: '{what} is missing.',
    todo: '',
  },
  'field.too-long': {
    sentence: 'Maximum {limit} characters (this has {count}).',
    todo: '',
  },
  'field.unprintable': {
    sentence: 'This contains a character that can’t be displayed.',
    todo: 'Type it again by hand.',
  },
  'field.direction-override': {
    sentence: 'This contains a hidden character that reverses the direction of the text.',
    todo: 'Type it again by hand.',
  },
  'field.letters-lost': {
    sentence: 'A character was lost here (shown as �).',
    todo: 'Type it again. If it comes from a file, save the file as “CSV UTF-8”.',
  },
  'field.not-yes-or-no': {
    sentence: '“{value}” is neither yes nor no.',
    todo: '',
  },
  'username.spaces': {
    sentence: 'A username can’t contain spaces.',
    todo: '',
  },
  'username.letters': {
    sentence: 'Only a–z, A–Z, 0–9 and . _ - @ are allowed. “{letters}” can’t be used.',
    todo: '',
  },
  'username.not-an-email': {
    sentence: 'A username with @ must be a complete email address, such as mary@example.com.',
    todo: '',
  },
  'proficiencies.form': {
    sentence: 'I can’t read “{value}” as proficiencies.',
    todo: 'Write each as Attribute=Value:Level, separated by |, such as Language=German:4.',
  },
  'proficiencies.level': {
    sentence: 'A proficiency has a level from 1 to 5, not “{level}”.',
    todo: '',
  },
  'proficiencies.attribute': {
    sentence: '{instance} has no predefined attribute “{attribute}”.',
    todo: 'There is: {list}.',
  },
  'proficiencies.value': {
    sentence: 'The predefined attribute “{attribute}” has no value “{value}” in {instance}.',
    todo: 'There is: {list}.',
  },
  'proficiencies.twice': {
    sentence: 'The proficiency “{key}” appears twice.',
    todo: 'Keep one of them.',
  },
  'proficiencies.too-many': {
    sentence: 'Maximum {limit} proficiencies (this has {count}).',
    todo: '',
  },
  'proficiencies.not-known': {
    sentence:
      'I can’t read the predefined attributes of {instance}, so I can’t check proficiencies.',
    todo: 'Leave them out, or ask an operator to allow connect:SearchPredefinedAttributes.',
  },
  'username.exists-same': {
    sentence: '“{username}” already exists in {instance}, with the same names and profiles.',
    todo: 'There is nothing to do.',
  },
  'username.taken': {
    sentence: '“{username}” already exists in {instance}.',
    todo: '',
  },
  'username.unusual-at': {
    sentence: 'Amazon’s documentation allows an @ only in a complete email address.',
    todo: 'Keep it if your identity provider sends exactly this; otherwise Connect may refuse it.',
  },
  'username.unusual-letters': {
    sentence: 'Amazon’s documentation allows only a–z, A–Z, 0–9 and . _ - @ here, not “{letters}”.',
    todo: 'Keep it if your identity provider sends exactly this; otherwise Connect may refuse it.',
  },
  'username.near-limit': {
    sentence:
      'Amazon’s documentation gives a maximum of 20 characters for a username (this has {count}).',
    todo: 'Connect may refuse it.',
  },
  'username.other-case': {
    sentence: '“{username}” already exists in {instance}; only the capital letters differ.',
    todo: 'Usernames are case sensitive, so this would be another user. Check that it isn’t the same person.',
  },
  'username.same-address': {
    sentence:
      '“{username}” already exists in {instance}, and the same Slack address leads to both.',
    todo: 'Whoever has that address would be the new user from now on, also for approvals. Choose another username.',
  },
  'secondary-email.missing': {
    sentence:
      'Without a secondary email address, users of a SAML instance get no email notifications.',
    todo: 'Add one if they need them.',
  },
  'security-profiles.granular': {
    sentence:
      'At most 2 security profiles of a user can limit access by tag, hierarchy, or data table (these {count} do: {names}).',
    todo: 'Choose fewer of them.',
  },
  'choice.other-instance': {
    sentence: '“{value}” belongs to {instance}, and this request is for {here}.',
    todo: 'Send the file again and write “for {instance}” beside it, or choose one of {here}.',
  },
  'security-profiles.two-readings': {
    sentence: 'This can be the one profile “{whole}”, or the profiles {parts}.',
    todo: 'Separate several profiles with |, or write the id of the one that you mean.',
  },
  'security-profiles.joined': {
    sentence: '“{value}” is no security profile, but its parts are.',
    todo: 'Separate several profiles with |.',
  },
  'username.requested': {
    sentence: '{number} already requests “{username}”.',
    todo: '',
  },
  'last-name.near-limit': {
    sentence:
      'Amazon’s documentation gives a maximum of 256 characters for a last name in one place and 300 in another (this has {count}).',
    todo: 'Connect may refuse it.',
  },
  'email.form': {
    sentence: '“{value}” doesn’t look like an email address.',
    todo: '',
  },
  'email.plain-letters': {
    sentence: 'Amazon Connect accepts only a–z, digits and . _ % + - in this address.',
    todo: '',
  },
  'email.unusual-letters': {
    sentence: 'Amazon Connect may refuse this address.',
    todo: 'a–z, digits and . _ % + - always work.',
  },
  'email.needed-for-password': {
    sentence:
      'An email address is required: I generate the password, so the new user can only get in with “Forgot password”.',
    todo: 'Enter an email address, or a password.',
  },
  'email.missing': {
    sentence: 'Without an email address this person can’t use “Forgot password”.',
    todo: '',
  },
  'email.not-with-saml': {
    sentence: 'In this instance, email addresses come from the identity provider.',
    todo: 'Leave it empty here.',
  },
  'directory-id.not-here': {
    sentence: 'Only an instance with an existing directory has directory user IDs.',
    todo: 'Leave it empty here.',
  },
  'password.not-here': {
    sentence: 'People in this instance sign in with their company account.',
    todo: 'Leave the password empty.',
  },
  'password.cannot-be-typed': {
    sentence: 'This bot has no key to encrypt passwords with, so it doesn’t accept them.',
    todo: 'Leave this empty and I’ll generate one.',
  },
  'password.length': {
    sentence: 'A password must have 8 to 64 characters (this has {count}).',
    todo: '',
  },
  'password.too-simple': {
    sentence:
      'A password must have a lowercase letter, an uppercase letter and a digit. Missing: {missing}.',
    todo: '',
  },
  'password.spaces': {
    sentence: 'A password can’t contain spaces or line breaks, including at the start or end.',
    todo: '',
  },
  'password.is-username': {
    sentence: 'The password is the same as the username.',
    todo: 'Choose another one, or leave it empty and I’ll generate one.',
  },
  'phone.without-country': {
    sentence: 'This looks like a phone number without a country code.',
    todo: 'Start with + and the country code.',
  },
  'phone.without-country-guess': {
    sentence: 'This looks like a phone number without a country code. Did you mean {guess}?',
    todo: '',
  },
  'phone.not-a-number': {
    sentence: '“{value}” doesn’t look like a phone number.',
    todo: 'Start with + and the country code.',
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
    sentence: '“{value}” doesn’t start with the code of any country.',
    todo: '',
  },
  'phone.extension': {
    sentence: 'Amazon Connect can’t dial the extension in “{value}”.',
    todo: 'Enter a direct number.',
  },
  'phone.spreadsheet': {
    sentence: 'A spreadsheet changed this number to “{value}”.',
    todo: 'Format the column as text, and type the number again with + and the country code.',
  },
  'phone-type.unknown': {
    sentence: '“{value}” is neither soft nor desk.',
    todo: '',
  },
  'phone-type.unclear': {
    sentence: 'There is a phone number, but the phone type (soft or desk) is missing.',
    todo: '',
  },
  'desk-phone.no-number': {
    sentence: 'A desk phone needs a number.',
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
    sentence: 'Enter 0 to 2,000,000 seconds (0 means no limit).',
    todo: '',
  },
  'voice-enhancement.unknown': {
    sentence: '“{value}” isn’t an audio enhancement.',
    todo: 'Use none, isolate voice or suppress noise.',
  },
  'channel.voice-only': {
    sentence:
      '{setting} for {channel}: only voice has this setting, because agent-first callbacks are calls.',
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
    sentence: 'The {kind} that was selected no longer exists in {instance}.',
    todo: 'Select another one.',
  },
  'choice.ambiguous': {
    sentence: 'There are several {kind}s “{name}” in {instance}: {list}.',
    todo: 'Enter the full name of the one you mean.',
  },
  'security-profiles.too-many': {
    sentence: 'A user can have at most 10 security profiles (this has {count}).',
    todo: '',
  },
} as const satisfies Record<string, ErrorEntry>;
