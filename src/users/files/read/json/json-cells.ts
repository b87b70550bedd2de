/** One entry of a JSON file as cells: CreateUser's members by their path. */
import { ProblemError, problem } from '../../../../errors/problem.ts';
import { shown } from '../../../../text/tidy.ts';
import type { ContactChannel } from '../../../new-user.ts';
import type { FileLimits } from '../../table/file-limits.ts';
import type { ChannelSetting, ColumnKey } from '../../table/known-columns.ts';
import { knownColumn, knownHeader } from '../../table/match-header.ts';
import type { Budget } from '../../table/text-limit.ts';
import { type Contact, contactsIn } from './contact-lists.ts';
import { withoutPlaceholders } from './json-placeholders.ts';

export type JsonCell = {
  /** The member's path, as `PhoneConfig.PhoneType`. */
  readonly header: string;
  readonly text: string;
};

export type JsonCells = {
  /** By `cellId`, in the order of the entry. */
  readonly cells: ReadonlyMap<string, JsonCell>;
  readonly problems: readonly MemberProblem[];
  /** Members that have the values of the AWS CLI's skeleton. */
  readonly leftOut: readonly string[];
};

export type MemberProblem = {
  readonly header: string;
  /** The content, as text that follows "is". */
  readonly what: string;
};

type Writing = {
  readonly cells: Map<string, JsonCell>;
  readonly problems: MemberProblem[];
};

/** Members of the same meaning share a column: the phone's type has two places in CreateUser. */
export function cellId(header: string): string {
  const known = knownHeader(header);
  // A preferred name gets a separate column next to the name, and so does each of several profiles.
  const shared = known !== undefined && known.rank < 2 && known.column.key !== 'securityProfiles';
  return shared ? known.column.key : `member ${header}`;
}

/** Members with one setting per channel, and how to find the setting in them. */
const perChannel = new Map<
  string,
  readonly (readonly [path: readonly string[], setting: ChannelSetting])[]
>([
  [
    'AutoAcceptConfigs',
    [
      [['AutoAccept'], 'autoAccept'],
      [['AgentFirstCallbackAutoAccept'], 'agentFirstCallbackAutoAccept'],
    ],
  ],
  [
    'AfterContactWorkConfigs',
    [
      [['AfterContactWorkConfig', 'AfterContactWorkTimeLimit'], 'afterContactWorkSeconds'],
      [
        ['AgentFirstCallbackAfterContactWorkConfig', 'AfterContactWorkTimeLimit'],
        'agentFirstCallbackAfterContactWorkSeconds',
      ],
    ],
  ],
]);

/** Members for the channel VOICE only, and which part of them is read. */
const voiceOnly = new Map<string, readonly string[]>([
  ['PhoneNumberConfigs', ['PhoneType', 'PhoneNumber']],
  ['PersistentConnectionConfigs', ['PersistentConnection']],
  ['VoiceEnhancementConfigs', ['VoiceEnhancementMode']],
]);

/** Structures that are opened; `IdentityInfo.FirstName` is the header of their content. */
const structures = ['identityinfo', 'phoneconfig'];

/** Throws `ProblemError` when the entry is not an object or contains too much. */
export function cellsOfEntry(
  entry: unknown,
  row: number,
  limits: FileLimits,
  budget: Budget,
): JsonCells {
  if (!isObject(entry)) {
    throw new ProblemError(problem('file.json-shape', { row, what: kindOf(entry) }));
  }
  const writing: Writing = { cells: new Map(), problems: [] };
  // Object.entries returns only own members, including `__proto__`.
  const { entry: filledIn, leftOut } = withoutPlaceholders(entry);
  for (const [name, value] of Object.entries(filledIn)) {
    const settings = perChannel.get(name);
    const voice = voiceOnly.get(name);
    const contacts = contactsIn(name, value);
    if (contacts) writeContacts(contacts, writing);
    else if (settings && Array.isArray(value)) writeChannels(name, value, settings, writing);
    else if (voice && Array.isArray(value)) writeVoice(name, value, voice, writing);
    else if (isObject(value) && isOpened(name, value)) {
      for (const [member, inside] of Object.entries(value)) {
        write(`${name}.${member}`, inside, writing);
      }
    } else write(name, value, writing);
    if (writing.cells.size > limits.columns) break;
  }
  assertSizes(writing.cells, row, limits, budget);
  return { ...writing, leftOut };
}

/**
 * CreateUser's structures, and those of other systems that contain a person: `profile.firstName`, `name.givenName`.
 */
function isOpened(name: string, value: Record<string, unknown>): boolean {
  if (structures.includes(name.toLowerCase().replaceAll('_', ''))) return true;
  if (knownColumn(name) !== undefined) return false;
  const members = Object.keys(value).slice(0, 100);
  return members.some((member) => knownColumn(`${name}.${member}`) !== undefined);
}

function writeContacts(contacts: readonly Contact[], writing: Writing): void {
  for (const { header, value, unclear } of contacts) {
    write(header, value, writing);
    if (unclear !== undefined) writing.problems.push({ header, what: unclear });
  }
}

function writeChannels(
  name: string,
  configs: readonly unknown[],
  settings: readonly (readonly [path: readonly string[], setting: ChannelSetting])[],
  writing: Writing,
): void {
  for (const config of configs) {
    const channel = isObject(config) ? config.Channel : undefined;
    if (channel !== 'VOICE' && channel !== 'CHAT' && channel !== 'TASK' && channel !== 'EMAIL') {
      writing.problems.push({ header: name, what: 'a list with an unknown channel' });
      return;
    }
    for (const [path, setting] of settings) {
      const value = path.reduce<unknown>(
        (part, key) => (isObject(part) ? part[key] : undefined),
        config,
      );
      if (value === undefined) continue;
      const voiceColumn: ContactChannel = setting.startsWith('agentFirst') ? 'VOICE' : channel;
      write([name, voiceColumn, ...path].join('.'), value, writing);
      if (voiceColumn !== channel) {
        writing.problems.push({ header: name, what: `a setting of calls for ${channel}` });
      }
    }
  }
}

function writeVoice(
  name: string,
  configs: readonly unknown[],
  members: readonly string[],
  writing: Writing,
): void {
  const [config, ...more] = configs;
  if (config === undefined) return;
  if (!isObject(config) || more.length > 0 || config.Channel !== 'VOICE') {
    writing.problems.push({ header: name, what: 'more or other than one entry for VOICE' });
    return;
  }
  for (const member of members) {
    if (config[member] !== undefined) write(`${name}.${member}`, config[member], writing);
  }
}

function write(header: string, value: unknown, writing: Writing): void {
  const text = textOf(value);
  const id = cellId(header);
  const before = writing.cells.get(id);
  if (before === undefined || text !== '') writing.cells.set(id, { header, text });
  if (before !== undefined && before.text !== '' && text !== '' && before.text !== text) {
    const what =
      before.header === header
        ? 'two different values'
        : `another value than “${shown(before.header)}”`;
    writing.problems.push({ header, what });
  }
  const key = knownColumn(header)?.key;
  if (typeof value === 'boolean' && key !== undefined && isText(key)) {
    writing.problems.push({ header, what: 'a yes or no' });
  }
  const whole =
    key === undefined || key === 'tags' || key === 'proficiencies' || key === 'instance';
  if (whole || typeof value !== 'object' || value === null) return;
  const many = Array.isArray(value);
  const severalAllowed =
    key === 'securityProfiles' || key === 'agentHierarchy' || key === 'userHierarchy';
  if (many && severalAllowed && value.every((entry) => typeof entry === 'string')) return;
  writing.problems.push({ header, what: many ? 'a list' : 'an object' });
}

/** Whether a column contains a person's name, username or address, so that a `true` in it has no meaning. */
function isText(key: ColumnKey): boolean {
  return key === 'firstName' || key === 'lastName' || key === 'username' || key === 'email';
}

/** Lists of texts in the format of a cell with several names; other structures as JSON. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) {
    return value.filter((entry) => entry !== '').join('|');
  }
  if (isObject(value) && Object.keys(value).length === 0) return '';
  return JSON.stringify(value);
}

function assertSizes(
  cells: ReadonlyMap<string, JsonCell>,
  row: number,
  limits: FileLimits,
  budget: Budget,
): void {
  if (cells.size > limits.columns) {
    throw new ProblemError(problem('file.too-many-columns', { limit: limits.columns }));
  }
  for (const { header, text } of cells.values()) {
    const isTooLong = text.length > limits.cellCharacters && knownColumn(header) !== undefined;
    if (isTooLong || header.length > limits.cellCharacters) throw budget.cellTooBig(row, header);
    budget.spend(text.length);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null) return 'nothing (null)';
  if (Array.isArray(value)) return 'a list';
  // The text can be a password.
  return typeof value === 'string' ? 'a text' : `a ${typeof value}`;
}
