/** Converts the options of a pasted `aws connect create-user` command into the operation's input. */
import { ProblemError, problem } from '../../errors/problem.ts';
import { createNearest } from '../../text/nearest.ts';
import { shown } from '../../text/tidy.ts';
import { createUserOptions, type OptionKind, passwordOption } from './create-user-options.ts';
import { asTyped, shellWords } from './shell-words.ts';
import { readShorthand, ShorthandError, type ShorthandValue } from './shorthand.ts';

/** Much longer than the command for one user. */
const longestCommand = 20_000;

const inputJson = '--cli-input-json';

/**
 * Global options of the CLI without a meaning for the user: with a value, without, with or without.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-options.html
 */
const global: Readonly<Record<string, 'value' | 'alone' | 'either'>> = {
  '--region': 'value',
  '--profile': 'value',
  '--output': 'value',
  '--query': 'value',
  '--endpoint-url': 'value',
  '--color': 'value',
  '--ca-bundle': 'value',
  '--cli-read-timeout': 'value',
  '--cli-connect-timeout': 'value',
  '--cli-binary-format': 'value',
  '--cli-error-format': 'value',
  '--debug': 'alone',
  '--no-verify-ssl': 'alone',
  '--no-paginate': 'alone',
  '--no-sign-request': 'alone',
  '--no-cli-pager': 'alone',
  '--cli-auto-prompt': 'alone',
  '--no-cli-auto-prompt': 'alone',
  '--generate-cli-skeleton': 'either',
};

const kinds = new Map(createUserOptions.map(({ option, kind }) => [option, kind]));

const everyOption = [...kinds.keys(), inputJson, '--cli-input-yaml', ...Object.keys(global)];

export type PastedUser = {
  /** The input of CreateUser, without a password and without the instance. */
  readonly input: Readonly<Record<string, unknown>>;
  /** An id or an ARN, as it was pasted. */
  readonly instance?: string;
  /** Whether there was a password; the password itself is not stored here. */
  readonly hadPassword: boolean;
};

/**
 * Whether the text after the slash command consists of options of `aws connect create-user`, or its JSON input. An
 * option of this command is sufficient at any position, because a password can be among them, and unrecognized text
 * is repeated to the person.
 */
export function isPastedUser(text: string): boolean {
  return begins.test(text) || ownOption.test(text);
}

const begins = /^\s*(?:[$>]\s+)?(?:(?:--|[–—])[A-Za-z]|aws\s|(?:connect\s+)?create-user\s|\{)/i;
const ownOption =
  /(?:^|\s)(?:--|[–—])(?:user|pass|identity-|phone-|security-|routing-|instance-|cli-)/i;

/** Whether the pasted text may contain a password, even if it cannot be read. */
export function mayHoldPassword(text: string): boolean {
  return /(?:^|\s)(?:--|[–—])pass|["“”]Password["“”]\s*:/i.test(text);
}

/**
 * Reads the pasted text. A password is dropped and is never part of a message. Throws `ProblemError` `paste.*`, with
 * the option that cannot be read.
 */
export function readPastedUser(text: string): PastedUser {
  if (text.length > longestCommand) {
    throw new ProblemError(problem('paste.too-long', { limit: longestCommand }));
  }
  const typed = asTyped(text).trim();
  const given = typed.startsWith('{')
    ? new Map([[inputJson, [typed]]])
    : valuesByOption(withoutCommand(shellWords(typed)));
  const base = given.get(inputJson);
  const input: Record<string, unknown> = base ? { ...jsonObject(inputJson, base) } : {};
  for (const { option, member, kind } of createUserOptions) {
    const values = given.get(option);
    if (values && option !== passwordOption) input[member] = memberOf(option, kind, values);
  }
  const hadPassword = given.has(passwordOption) || typeof input.Password === 'string';
  const { Password: _, InstanceId, ...user } = input;
  const instance = typeof InstanceId === 'string' && InstanceId !== '' ? InstanceId : undefined;
  return { input: user, hadPassword, ...(instance === undefined ? {} : { instance }) };
}

/** The words from the first option on; global options may come between `aws` and the operation. */
function withoutCommand(words: readonly string[]): string[] {
  const rest = ['$', '>'].includes(words[0] ?? '') ? words.slice(1) : [...words];
  const named: string[] = [];
  const kept: string[] = [];
  const whole = ['aws', 'connect', 'create-user'];
  const start = whole.indexOf((rest[0] ?? '').toLowerCase());
  const expected = start < 0 ? [] : whole.slice(start);
  while (rest.length > 0 && named.length < expected.length) {
    const word = rest.shift() ?? '';
    if (!word.startsWith('--')) {
      named.push(word.toLowerCase());
      continue;
    }
    kept.push(word);
    if (global[word] === 'value') kept.push(rest.shift() ?? '');
  }
  if (named.join(' ') !== expected.join(' ')) {
    throw new ProblemError(problem('paste.other-command', { command: shown(named.join(' ')) }));
  }
  return [...kept, ...rest];
}

function valuesByOption(words: readonly string[]): Map<string, string[]> {
  const given = new Map<string, string[]>();
  let values: string[] | undefined;
  for (const word of words) {
    if (!word.startsWith('--')) {
      if (!values) throw new ProblemError(problem('paste.no-option', { word: shown(word) }));
      values.push(word);
      continue;
    }
    const equals = word.indexOf('=');
    const option = knownOption(equals < 0 ? word : word.slice(0, equals));
    if (given.has(option)) throw new ProblemError(problem('paste.option-twice', { option }));
    values = equals < 0 ? [] : [word.slice(equals + 1)];
    given.set(option, values);
  }
  for (const [option, found] of given) assertCount(option, found);
  return given;
}

/** The CLI accepts the beginning of an option when it is unambiguous. */
function knownOption(typed: string): string {
  const lower = typed.toLowerCase();
  if (everyOption.includes(lower)) return lower;
  const matching = everyOption.filter((option) => option.startsWith(lower));
  const [only] = matching;
  if (only !== undefined && matching.length === 1) return only;
  const option = shown(typed);
  const meant = createNearest(everyOption)(lower);
  throw new ProblemError(
    meant === undefined
      ? problem('paste.unknown-option', { option })
      : problem('paste.misspelled-option', { option, meant }),
  );
}

function assertCount(option: string, values: readonly string[]): void {
  if (option === '--cli-input-yaml') throw new ProblemError(problem('paste.yaml'));
  const takes = global[option];
  // The text after a password can be a part of it.
  if (takes === 'either' || option === passwordOption) return;
  const [first, second] = values;
  if (takes !== 'alone' && first === undefined) {
    throw new ProblemError(problem('paste.no-value', { option }));
  }
  const kind = kinds.get(option);
  const extra = takes === 'alone' ? first : second;
  if (kind === 'texts' || kind === 'structures' || kind === 'structure' || extra === undefined) {
    return;
  }
  throw new ProblemError(problem('paste.two-values', { option, word: shown(extra) }));
}

function memberOf(option: string, kind: OptionKind, values: readonly string[]): unknown {
  for (const value of values) {
    if (/^fileb?:\/\//i.test(value)) throw new ProblemError(problem('paste.file', { option }));
  }
  const [first = ''] = values;
  switch (kind) {
    case 'text':
      return first;
    case 'texts':
      return isJson(first) ? json(option, values) : values;
    case 'structure':
      if (isJson(first)) return jsonObject(option, values);
      // A space after a comma splits a value without quotation marks.
      return structure(option, values.join(values.every(endsPair) ? ',' : ' '));
    case 'structures':
      if (isJson(first)) return json(option, values);
      return values.map((value) => structure(option, value));
  }
}

/** `--tags a=1 b=2`, as people write it, is two pairs. */
function endsPair(value: string): boolean {
  return /^[^,={[]+=[^,{[]*$/.test(value);
}

function isJson(value: string): boolean {
  return /^\s*[{[]/.test(value);
}

function json(option: string, values: readonly string[]): unknown {
  // Without quotation marks, a shell has split it at its spaces.
  const text = values.join(' ');
  // Wikis and keyboards convert straight quotation marks into typographic ones; in valid JSON they are part of the
  // text.
  for (const candidate of [text, text.replace(/[“”„]/g, '"')]) {
    try {
      return JSON.parse(candidate);
    } catch {}
  }
  throw new ProblemError(problem('paste.bad-json', { option }));
}

function jsonObject(option: string, values: readonly string[]): Record<string, unknown> {
  const [first = ''] = values;
  if (/^fileb?:\/\//i.test(first)) throw new ProblemError(problem('paste.file', { option }));
  const value = json(option, values);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ProblemError(problem('paste.bad-json', { option }));
  }
  return { ...value };
}

function structure(option: string, text: string): Record<string, unknown> {
  try {
    const pairs = readShorthand(text);
    assertNoList(pairs);
    return pairs;
  } catch (error) {
    if (!(error instanceof ShorthandError)) throw error;
    const near = error.near.trim() === '' ? 'the end' : shown(error.near);
    throw new ProblemError(
      problem('paste.bad-shorthand', { option, expected: error.expected, near }),
    );
  }
}

/** No structure of CreateUser holds a list: what looks like one is a member without its value. */
function assertNoList(pairs: Readonly<Record<string, ShorthandValue>>): void {
  for (const value of Object.values(pairs)) {
    if (Array.isArray(value)) {
      const [, second = ''] = value;
      throw new ShorthandError('“=”', typeof second === 'string' ? second : '');
    }
    if (typeof value !== 'string') assertNoList(value);
  }
}
