/**
 * Every error a person can meet: a code, a sentence, and what to do. Sentences are plain text with
 * `{placeholders}`; whoever shows one escapes it for the place where it is shown. docs/errors.md is
 * this catalogue as a page, kept equal by a test.
 */

type Entry = {
  /** What happened, in words for the person who reads it on a phone. */
  readonly sentence: string;
  /** What to do about it; stands last. Empty where the sentence says it already. */
  readonly todo: string;
};

export const errors = {
  unexpected: {
    sentence: 'Something went wrong that I did not expect.',
    todo: 'Try again; if it happens again, give the operator this reference: {reference}.',
  },

  // Who may
  'person.stranger': {
    sentence:
      'You belong to another company’s workspace, so I cannot take requests or decisions from you here.',
    todo: 'Ask somebody at {team} to do it.',
  },
  'person.guest': {
    sentence: 'Guests cannot ask for Connect users or decide about them.',
    todo: 'Ask a full member of this workspace.',
  },
  'person.not-active': {
    sentence: 'This Slack account is deactivated or belongs to a bot.',
    todo: 'Use your own, active account.',
  },
  'identity.no-match': {
    sentence: 'I could not tell which user in {instance} you are: {tried}.',
    todo: 'An operator can link you in the policy file: identity.links, {person}: your Connect username.',
  },
  'identity.ambiguous': {
    sentence: 'I could not tell which Connect user you are: {why}.',
    todo: 'An operator can link you in the policy file: identity.links, {person}: your Connect username.',
  },
  'identity.foreign-domain': {
    sentence: 'Your Slack e-mail address is not in a domain that this bot trusts ({domains}).',
    todo: 'An operator can link you in the policy file: identity.links, {person}: your Connect username.',
  },
  'identity.link-dead': {
    sentence: 'You are linked to the Connect user “{username}”, but {instance} has no such user.',
    todo: 'Ask an operator to mend identity.links in the policy file.',
  },
  'request.not-allowed': {
    sentence: 'Asking for users in {instance} is limited to {allowed}.',
    todo: 'Ask one of them, or ask an operator to add you to mayRequest in the policy file.',
  },
  'request.nobody-may': {
    sentence: 'Nobody may ask for users in {instance} yet: mayRequest in the policy file is empty.',
    todo: 'Ask an operator to fill it in.',
  },
  'decision.own-request': {
    sentence: 'You can’t approve your own request.',
    todo: 'Somebody else who holds Users – Create in {instance} can; to take it back, press Cancel.',
  },
  'decision.own-request-others': {
    sentence: 'You can’t approve your own request.',
    todo: '{others} can; to take it back, press Cancel.',
  },
  'decision.needs-create': {
    sentence:
      'Deciding needs Users – Create in {instance}; your Connect user “{username}” does not have it.',
    todo: 'Ask an admin of {instance}.',
  },
  'decision.more-than-held': {
    sentence:
      'The security profile “{profile}” holds permissions that you do not hold yourself ({missing}).',
    todo: 'Somebody who holds them can approve this.',
  },
  'decision.could-not-check': {
    sentence:
      'Amazon Connect does not answer, so I could not check that you may decide. Nothing has changed.',
    todo: 'Try again in a minute.',
  },
  'decision.content-changed': {
    sentence: 'This request is not the one you were shown any more.',
    todo: 'Look at the card again before you decide.',
  },
  'decision.profile-gone': {
    sentence: 'A security profile of this request is not in {instance} any more.',
    todo: 'Deny it, so that {requester} can send it again with another one.',
  },
  'decision.already': {
    sentence: '{who} {did} this {ago}.',
    todo: '',
  },
  'decision.already-you': {
    sentence: 'You {did} this yourself {ago}.',
    todo: '',
  },
  'decision.over': {
    sentence: 'This request is over: {state}.',
    todo: 'Send a new one with /connect-add-user.',
  },
  'decision.not-ready': {
    sentence: 'This request is still being checked.',
    todo: 'Try again in a moment.',
  },
  'cancel.not-yours': {
    sentence: 'Only {requester}, who asked, can cancel this request.',
    todo: 'If you hold Users – Create you can deny it.',
  },
  'retry.under-way': {
    sentence: 'This request is being created already.',
    todo: 'The card shows how far it is.',
  },
  'retry.nothing': {
    sentence: 'Nothing in this request can be tried again as it is.',
    todo: 'Change what failed and send it as a new request.',
  },
  'retry.too-late': {
    sentence: 'The approval of this request is too old to create anybody under it.',
    todo: 'Send what failed as a new request.',
  },
  'request.unknown': {
    sentence: 'I do not know this request any more.',
    todo: 'Send a new one with /connect-add-user.',
  },

  // The form
  'form.too-slow': {
    sentence: 'Slack gave me no time to open the form.',
    todo: 'Run /connect-add-user again.',
  },
  'form.directory-unreachable': {
    sentence: 'Amazon Connect does not tell me what {instance} offers ({why}).',
    todo: 'Try again in a minute. If it goes on, tell the operator.',
  },
  'form.not-saved': {
    sentence: 'I could not save this just now, so nothing was sent. What you typed is still here.',
    todo: 'Press the button again in a moment.',
  },
  'form.reason-missing': {
    sentence: 'Say in a few words why.',
    todo: '',
  },
  'form.unknown-instance': {
    sentence: 'The instance “{instance}” is not configured any more.',
    todo: 'Open the form again.',
  },
  'click.not-saved': {
    sentence: 'I could not save that just now, so nothing has changed.',
    todo: 'Click again in a moment.',
  },

  'card.refused': {
    sentence:
      'I cannot post your request in the requests channel {channel} (Slack says {code}), so nobody can approve it yet.',
    todo: 'Ask an operator to invite me to that channel; I try again by myself.',
  },

  // Creating
  'create.duplicate': {
    sentence: 'The username “{username}” exists already in {instance}.',
    todo: 'Choose another username, or edit the user that exists.',
  },
  'create.invalid': {
    sentence: 'Amazon Connect refused these values: {detail}',
    todo: 'Change what it names and send the request again.',
  },
  'create.not-found': {
    sentence: 'A profile or group of this request is not in {instance} any more: {detail}',
    todo: 'Choose another one and send the request again.',
  },
  'create.quota': {
    sentence: '{instance} is full: its quota of users is used up.',
    todo: 'Ask AWS for a higher quota (Service Quotas, Amazon Connect, Users per instance) or delete users that left; then press Resume on the card.',
  },
  'create.denied': {
    sentence: 'AWS does not let me create users in {instance}: {detail}',
    todo: 'An operator must allow connect:CreateUser as in docs/iam-policy.json; then press Resume on the card.',
  },
  'create.look-up-denied': {
    sentence:
      'AWS does not let me find out whether a user was created in {instance}: it denies {operation}.',
    todo: 'An operator must allow it as in docs/iam-policy.json; then press Resume on the card.',
  },
  'create.throttled': {
    sentence: 'Amazon Connect is slowing us down.',
    todo: 'I carry on at its pace.',
  },
  'create.unavailable': {
    sentence: 'Amazon Connect does not answer. Nothing is lost.',
    todo: 'I try again every minute and tell you here.',
  },
  'create.unclear-for-good': {
    sentence:
      'Amazon Connect gave no clear answer, and I cannot tell whether the user “{username}” that exists in {instance} now is ours.',
    todo: 'Please look at that user in Connect before you ask again.',
  },
  'create.password-lost': {
    sentence:
      'The password typed for this user cannot be read any more (the SECRETS_KEY has changed).',
    todo: 'Send the request again.',
  },
  'create.no-longer-valid': {
    sentence: 'What was approved for this row is not what stands in the database.',
    todo: 'Nothing was created for it. Tell the operator, and send the request again.',
  },

  // The database, told to the operator
  'database.folder-in-use': {
    sentence: 'Another bot is using the data folder {folder}.',
    todo: 'Stop that one first. To run several bots, give all of them one Postgres through DATABASE_URL.',
  },
  'database.embedded-failed': {
    sentence: 'The database in {folder} did not start: {detail}',
    todo: 'Mend what it names, point DATA_DIR to another folder, or give a Postgres through DATABASE_URL.',
  },
  'database.unreachable': {
    sentence: 'The database at {where} cannot be used: {detail}',
    todo: 'Check DATABASE_URL and that the Postgres behind it runs. Without DATABASE_URL the bot brings its own.',
  },
  'database.newer': {
    sentence: 'The database was prepared by a newer version of this bot (it knows {migrations}).',
    todo: 'Start that version, or a later one; this one would misread what is stored.',
  },
  // A file of users, as a whole
  'file.empty': {
    sentence: 'This file is empty.',
    todo: 'Save it again with the users in it, or get one to fill in with /connect-add-user template.',
  },
  'file.no-rows': {
    sentence: 'This file has a header, but no user below it.',
    todo: 'Write one user a row and send it again.',
  },
  'file.too-big': {
    sentence: 'This file is bigger than {limit} MB.',
    todo: 'Split it into several files.',
  },
  'file.too-many-rows': {
    sentence: 'This file has more than {limit} users.',
    todo: 'Split it into several files.',
  },
  'file.too-many-columns': {
    sentence: 'This file has more than {limit} columns.',
    todo: 'Keep the columns of the template: /connect-add-user template.',
  },
  'file.cell-too-big': {
    sentence: 'The cell in row {row} under “{column}” has more than {limit} characters.',
    todo: 'Shorten it and send the file again.',
  },
  'file.too-much-text': {
    sentence:
      'The cells of this file hold more than {limit} million characters all together; a list of 10,000 users has about 2 million.',
    todo: 'Take out what is not about the users, or split it into several files.',
  },
  'file.other-kind': {
    sentence: '“{name}” is {what}.',
    todo: 'Send a .csv, .xlsx or .json file.',
  },
  'file.web-page': {
    sentence: 'This is a web page, not a table: often a login page that was saved in its place.',
    todo: 'Open the file once to see what is in it, and send the table itself.',
  },
  'file.binary': {
    sentence: 'I cannot read this file: it holds no text.',
    todo: 'Send a .csv, .xlsx or .json file.',
  },
  'file.nul': {
    sentence: 'Row {row} has bytes in it that are no text (NUL), so the file is damaged.',
    todo: 'Save it again from your spreadsheet.',
  },
  'file.quote-open': {
    sentence: 'The quotation mark that opens a cell in row {row} is never closed.',
    todo: 'Close it or take it out, or save the file again from your spreadsheet.',
  },
  'file.columns-missing': {
    sentence: 'The header does not have {columns}.',
    todo: 'Put the names of the columns into the first row, as in /connect-add-user template.',
  },
  'file.columns-missing-guess': {
    sentence: 'The header does not have {columns}. Is “{header}” meant to be “{guess}”?',
    todo: 'Rename it and send the file again.',
  },
  'file.columns-double': {
    sentence: 'The columns “{one}” and “{other}” mean the same.',
    todo: 'Keep one of them. Several security profiles go into one cell, separated by |.',
  },
  'file.passwords-not-kept': {
    sentence: 'This file holds passwords, and this bot has no key to keep them safe with.',
    todo: 'Empty the password column and I generate them, or ask the operator to set SECRETS_KEY.',
  },
  'file.encrypted': {
    sentence: 'This workbook is protected with a password, so I cannot read it.',
    todo: 'Save a copy without the password and send that.',
  },
  'file.not-a-workbook': {
    sentence: 'This is a compressed folder (zip), but not an Excel workbook (.xlsx).',
    todo: 'Send the table itself, as .csv, .xlsx or .json.',
  },
  'file.workbook-broken': {
    sentence: 'This workbook is damaged, so I cannot read it.',
    todo: 'Open it, save it again, and send that; or save it as “CSV UTF-8”.',
  },
  'file.unpacks-too-big': {
    sentence: 'This workbook unpacks to more than {limit} MB, far more than its users need.',
    todo: 'Copy the table into a new workbook and send that.',
  },
  'file.json-syntax': {
    sentence: 'Line {line} is not valid JSON.',
    todo: 'Mend what stands there: often a comma or a quotation mark is missing or too many.',
  },
  'file.json-deep': {
    sentence: 'Line {line} is nested deeper than any user is.',
    todo: 'Write each user as “aws connect create-user --generate-cli-skeleton” prints it.',
  },
  'file.json-shape': {
    sentence: 'Entry {row} is not a user, but {what}.',
    todo: 'Write each user as “aws connect create-user --generate-cli-skeleton” prints it.',
  },
  // A file of users, row by row
  'row.cells-few': {
    sentence: 'This row has {count} cells where the header has {expected}.',
    todo: 'Fill it up with empty cells, and see that each value stands in its own column.',
  },
  'row.cells-many': {
    sentence: 'This row has {count} cells where the header has {expected}.',
    todo: 'Put a cell with a comma or semicolon in it between quotation marks.',
  },
  'row.username-twice': {
    sentence: 'The username “{username}” is in this file more than once: rows {rows}.',
    todo: 'Keep one of them, or give each their own.',
  },
  'row.two-hierarchies': {
    sentence: '“{one}” and “{other}” name two different groups for one user.',
    todo: 'Fill in only one of them.',
  },
  'row.not-a-text': {
    sentence: '“{name}” is {what} where one value is wanted.',
    todo: '',
  },
  'row.formula-without-value': {
    sentence: 'This formula was saved without its value.',
    todo: 'Open the workbook in Excel and save it again, or write the value itself.',
  },
  'column.unknown': {
    sentence: 'I do not know the column “{column}”, so I leave it out.',
    todo: '',
  },

  // A new user, field by field
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

  // Files
  'file.gone': {
    sentence: '{name} is not in Slack any more.',
    todo: 'Post it again.',
  },
  'file.not-given': {
    sentence: 'Slack did not give me {name}.',
    todo: 'Post it where I am a member, or send it to me in a direct message.',
  },
  'file.cannot-fetch': {
    sentence: 'Slack does not hand me {name} just now. Nothing is lost.',
    todo: 'I try again every minute and tell you here.',
  },
  'file.no-good-row': {
    sentence: 'No row of {name} can be asked for.',
    todo: 'Mend what is named here and post the file again.',
  },
  'file.nothing-new': {
    sentence: 'Every row of {name} is created already.',
    todo: '',
  },
  'file.none-attached': {
    sentence: 'There is no file on this message.',
    todo: 'Choose a message that has a .csv, .xlsx or .json file.',
  },
  'offer.not-yours': {
    sentence: 'Only {requester}, who sent the file, can ask for these users.',
    todo: 'Post the file yourself to ask for them.',
  },
} as const satisfies Record<string, Entry>;

export type ErrorCode = keyof typeof errors;

type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** What the placeholders of an error's sentence and todo want. */
export type ErrorParams<Code extends ErrorCode> = {
  readonly [Name in Placeholders<`${(typeof errors)[Code]['sentence']} ${(typeof errors)[Code]['todo']}`>]:
    | string
    | number;
};

/** One occurrence of an error: data, so that it can be stored and shown again later. */
export type Problem = {
  readonly code: ErrorCode;
  readonly params: Readonly<Record<string, string | number>>;
};

/** Makes a problem of the catalogue; the compiler asks for exactly the placeholders of its text. */
export function problem<Code extends ErrorCode>(
  code: Code,
  ...params: keyof ErrorParams<Code> extends never ? [] : [ErrorParams<Code>]
): Problem {
  return { code, params: params[0] ?? {} };
}

function fill(text: string, params: Problem['params']): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

/** What happened, as plain text; closed with a full stop where it ends in somebody else's words. */
export function sentenceOf(it: Problem): string {
  const text = fill(errors[it.code].sentence, it.params).trimEnd();
  return /[.!?…”)]$/.test(text) ? text : `${text}.`;
}

/** What to do, as plain text; empty when the sentence says it. */
export function todoOf(it: Problem): string {
  return fill(errors[it.code].todo, it.params);
}

/** Sentence and todo in one line. */
export function explain(it: Problem): string {
  return [sentenceOf(it), todoOf(it)].filter((part) => part !== '').join(' ');
}

/** Carries a problem up to where it can be told. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(it: Problem, options?: { cause?: unknown }) {
    super(explain(it), options);
    this.problem = it;
  }
}
