/** One entry of a JSON file as cells: CreateUser's members by their path, channels by our own columns. */
import { ProblemError, problem } from '../../../errors/problem.ts';
import type { ContactChannel } from '../../new-user.ts';
import type { Budget } from '../table/budget.ts';
import type { ChannelSetting } from '../table/column-list.ts';
import { columnOf, knownColumn } from '../table/columns.ts';
import type { FileLimits } from '../table/table.ts';

export type JsonCells = {
  /** In the order of the entry. */
  readonly cells: ReadonlyMap<string, string>;
  readonly problems: readonly { readonly header: string; readonly what: string }[];
};

type Writing = {
  readonly cells: Map<string, string>;
  readonly problems: { header: string; what: string }[];
};

/** Members that hold one setting for each channel, and how to find the setting in them. */
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

/** Members for the channel VOICE alone; these are the columns that a file has for them. */
const voiceOnly = new Map<string, readonly (readonly [member: string, title: string])[]>([
  [
    'PhoneNumberConfigs',
    [
      ['PhoneType', columnOf('phoneType').title],
      ['PhoneNumber', columnOf('deskPhoneNumber').title],
    ],
  ],
  [
    'PersistentConnectionConfigs',
    [['PersistentConnection', columnOf('persistentConnection').title]],
  ],
  ['VoiceEnhancementConfigs', [['VoiceEnhancementMode', columnOf('voiceEnhancement').title]]],
]);

/** Structures that are opened; `IdentityInfo.FirstName` is the header of what is in them. */
const structures = ['IdentityInfo', 'PhoneConfig'];

/** Throws `ProblemError` when the entry is no object or holds too much. */
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
  // Object.entries gives own members only, `__proto__` as any other.
  for (const [name, value] of Object.entries(entry)) {
    const settings = perChannel.get(name);
    const voice = voiceOnly.get(name);
    if (settings && Array.isArray(value)) writeChannels(name, value, settings, writing);
    else if (voice && Array.isArray(value)) writeVoice(name, value, voice, writing);
    else if (structures.includes(name) && isObject(value)) {
      for (const [member, inside] of Object.entries(value)) {
        write(`${name}.${member}`, inside, writing);
      }
    } else write(name, value, writing);
    if (writing.cells.size > limits.columns) break;
  }
  assertSizes(writing.cells, row, limits, budget);
  return writing;
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
      writing.cells.set(name, textOf(configs));
      writing.problems.push({ header: name, what: 'a list with an unknown channel' });
      return;
    }
    for (const [path, setting] of settings) {
      const value = path.reduce<unknown>((it, key) => (isObject(it) ? it[key] : undefined), config);
      if (value === undefined) continue;
      const voiceColumn: ContactChannel = setting.startsWith('agentFirst') ? 'VOICE' : channel;
      write(columnOf(`${voiceColumn}.${setting}`).title, value, writing);
      if (voiceColumn !== channel) {
        writing.problems.push({ header: name, what: `a setting of calls for ${channel}` });
      }
    }
  }
}

function writeVoice(
  name: string,
  configs: readonly unknown[],
  members: readonly (readonly [member: string, title: string])[],
  writing: Writing,
): void {
  const [config, ...more] = configs;
  if (config === undefined) return;
  if (!isObject(config) || more.length > 0 || config.Channel !== 'VOICE') {
    writing.cells.set(name, textOf(configs));
    writing.problems.push({ header: name, what: 'more or other than one entry for VOICE' });
    return;
  }
  for (const [member, title] of members) {
    if (config[member] !== undefined) write(title, config[member], writing);
  }
}

function write(header: string, value: unknown, writing: Writing): void {
  const text = textOf(value);
  const before = writing.cells.get(header);
  writing.cells.set(header, text);
  if (before !== undefined && before !== text) {
    writing.problems.push({ header, what: 'two different values' });
  }
  const key = knownColumn(header)?.key;
  const whole =
    key === undefined || key === 'tags' || key === 'proficiencies' || key === 'instance';
  if (whole || typeof value !== 'object' || value === null) return;
  const many = Array.isArray(value);
  const severalAllowed =
    key === 'securityProfiles' || key === 'agentHierarchy' || key === 'userHierarchy';
  if (many && severalAllowed && value.every((it) => typeof it === 'string')) return;
  writing.problems.push({ header, what: many ? 'a list' : 'an object' });
}

/** Lists of texts as a cell holds several names; other structures as JSON. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && value.every((it) => typeof it === 'string')) return value.join('|');
  return JSON.stringify(value);
}

function assertSizes(
  cells: ReadonlyMap<string, string>,
  row: number,
  limits: FileLimits,
  budget: Budget,
): void {
  if (cells.size > limits.columns) {
    throw new ProblemError(problem('file.too-many-columns', { limit: limits.columns }));
  }
  for (const [header, text] of cells) {
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
  // What the text says may be a password.
  return typeof value === 'string' ? 'a text' : `a ${typeof value}`;
}
