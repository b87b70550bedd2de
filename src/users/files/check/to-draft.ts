/** One row of a file in the form that the rules expect: texts by field, names for choices. */
import { type Problem, problem } from '../../../errors/problem.ts';
import { shown } from '../../../text/tidy.ts';
import type { UserContext } from '../../context.ts';
import type { ChannelDraft, Choice, ContactChannel, UserDraft, Writable } from '../../new-user.ts';
import type { ColumnKey, HierarchyLevel, ReportColumn } from '../table/known-columns.ts';
import type { ColumnPlan } from '../table/plan-columns.ts';
import type { TableRow } from '../table/table.ts';
import { readCellValue } from './cell-values.ts';
import { readInstance } from './named-instance.ts';
import { severalNames } from './several-names.ts';

/** A finding from reading a row, by the index of its column. */
export type CellFinding = {
  readonly at: number;
  readonly key: ColumnKey;
  readonly problem: Problem;
  readonly suggestion?: string;
};

/** A cell that was read as something else than its text. */
export type CellNote = {
  readonly at: number;
  readonly key: ColumnKey;
  readonly from: string;
  readonly to: string;
};

export type DraftRead = {
  readonly draft: UserDraft;
  readonly findings: readonly CellFinding[];
  readonly notes: readonly CellNote[];
};

type Growing = Writable<UserDraft> & {
  channels?: Partial<Record<ContactChannel, Writable<ChannelDraft>>>;
};

type Reading = {
  readonly draft: Growing;
  readonly findings: CellFinding[];
  readonly levels: string[];
};

type Setter = (reading: Reading, text: string, at: number) => void;

const none = [] as const;

/**
 * Creates the reader of one file's rows. Cells of the columns for profiles and groups contain names, but an id of the
 * instance or its ARN is accepted as well, because CreateUser's input contains them.
 */
export function createDraftReader(
  plan: ColumnPlan,
  context: UserContext,
): (row: TableRow) => DraftRead {
  const puts = [...plan.at].flatMap(([key, at]) => {
    const put = setterOf(key, context);
    const columns = key === 'securityProfiles' ? plan.securityProfiles : [at];
    const readCell = cachedReader((cell) => readCellValue(key, cell));
    return put ? columns.map((column) => ({ at: column, key, put, readCell })) : [];
  });
  return (row) => {
    const reading: Reading = { draft: {}, findings: [], levels: [] };
    const notes: CellNote[] = [];
    for (const { key, at, put, readCell } of puts) {
      const cell = row.cells[at];
      if (cell === undefined || cell === '') continue;
      const value = readCell(cell);
      if (value?.kind === 'wrong') {
        const { problem: why, suggestion } = value;
        const hint = suggestion === undefined ? {} : { suggestion };
        reading.findings.push({ at, key, problem: why, ...hint });
        continue;
      }
      if (value) notes.push({ at, key, from: cell, to: value.text });
      const text = value ? value.text : cell;
      if (text !== '') put(reading, text, at);
    }
    const { draft, findings, levels } = reading;
    if (levels.length > 0 && !draft.hierarchyGroup) {
      const path = levels.filter((level) => level !== undefined && level.trim() !== '');
      if (path.length > 0) draft.hierarchyGroup = { name: path.join('|') };
    }
    return {
      draft,
      findings: findings.length > 0 ? findings : none,
      notes: notes.length > 0 ? notes : none,
    };
  };
}

/**
 * The number of different texts of a column that are cached: settings and profiles are the same in most rows, people
 * are not.
 */
const mostRemembered = 500;

/** Reads a column's cells, each different text once while there are few. */
function cachedReader<Value extends object>(
  read: (cell: string) => Value | undefined,
): (cell: string) => Value | undefined {
  const known = new Map<string, Value | null>();
  return (cell) => {
    if (known.size > mostRemembered) return read(cell);
    const before = known.get(cell);
    if (before !== undefined) return before ?? undefined;
    const value = read(cell);
    known.set(cell, value ?? null);
    return value;
  };
}

function setterOf(key: ColumnKey, context: UserContext): Setter | undefined {
  const { directory } = context;
  switch (key) {
    case 'status':
    case 'user_id':
    case 'user_arn':
    case 'problem':
    case 'suggestion':
      return undefined;
    case 'instance':
      return ({ findings }, text, at) => {
        const why = readInstance(text, context);
        if (why) findings.push({ at, key, problem: why });
      };
    case 'routingProfile':
      return choicesSetter(
        key,
        (text) => choicesOf([text], directory.routingProfiles, context),
        (draft, [choice]) => {
          if (choice) draft.routingProfile = choice;
        },
      );
    case 'securityProfiles':
      return choicesSetter(
        key,
        (text) => severalChoices(text, context),
        (draft, choices) => {
          const before = draft.securityProfiles;
          draft.securityProfiles = before ? [...before, ...choices] : choices;
        },
      );
    case 'agentHierarchy':
    case 'userHierarchy':
      return choicesSetter(
        key,
        (text) =>
          text.trim() === '' ? undefined : choicesOf([text], directory.hierarchyGroups, context),
        (draft, [choice]) => {
          if (choice) draft.hierarchyGroup = choice;
        },
      );
    default:
      if (isLevelKey(key)) {
        const level = Number(key.slice(-1));
        return ({ levels }, text) => {
          levels[level - 1] = text;
        };
      }
      return isTextKey(key) ? textSetter(key) : channelSetter(key);
  }
}

type ChannelKey = Extract<ColumnKey, `${ContactChannel}.${string}`>;
type LevelKey = `hierarchyLevel.${HierarchyLevel}`;
type TextKey = Exclude<
  ColumnKey,
  | ChannelKey
  | LevelKey
  | ReportColumn
  | 'instance'
  | 'routingProfile'
  | 'securityProfiles'
  | 'agentHierarchy'
  | 'userHierarchy'
>;

function isLevelKey(key: ColumnKey): key is LevelKey {
  return key.startsWith('hierarchyLevel.');
}

function isTextKey(key: ChannelKey | TextKey): key is TextKey {
  return !key.includes('.');
}

function textSetter(key: TextKey): Setter {
  return ({ draft }, text) => {
    draft[key] = text;
  };
}

function channelSetter(key: ChannelKey): Setter {
  const [channel, setting] = key.split('.') as [ContactChannel, keyof ChannelDraft];
  return ({ draft }, text) => {
    draft.channels ??= {};
    draft.channels[channel] = { ...draft.channels[channel], [setting]: text };
  };
}

/** The choices of a cell with names, and its problems. */
type Choices = {
  readonly choices: readonly Choice[];
  readonly faults: readonly Pick<CellFinding, 'problem' | 'suggestion'>[];
};

/** Stores the choices of a cell; most rows have the same ones, which are computed once. */
function choicesSetter(
  key: ColumnKey,
  read: (text: string) => Choices | undefined,
  put: (draft: Growing, choices: readonly Choice[]) => void,
): Setter {
  const readOnce = cachedReader(read);
  return ({ draft, findings }, text, at) => {
    const found = readOnce(text);
    if (!found) return;
    for (const fault of found.faults) findings.push({ at, key, ...fault });
    put(draft, found.choices);
  };
}

function choicesOf(
  names: readonly string[],
  index: { byId(id: string): unknown },
  context: UserContext,
): Choices {
  const choices = names.map((name) => chosen(name, index));
  const faults = choices.flatMap((choice, at) => {
    const why = elsewhere(names[at] ?? '', choice, context);
    return why ? [{ problem: why }] : [];
  });
  return { choices, faults };
}

function severalChoices(text: string, context: UserContext): Choices {
  const { securityProfiles } = context.directory;
  const { names, problem: why, suggestion } = severalNames(text, securityProfiles);
  const { choices, faults } = choicesOf(names, securityProfiles, context);
  if (!why) return { choices, faults };
  return { choices, faults: [{ problem: why, ...(suggestion && { suggestion }) }, ...faults] };
}

const arn = /^arn:[\w-]+:connect:[^:]*:\d*:instance\/([^/]+)\/[\w-]+\/([^/]+)$/;

function partsOfArn(text: string): readonly (string | undefined)[] {
  return text.startsWith('arn:') ? (arn.exec(text) ?? none) : none;
}

function chosen(text: string, index: { byId(id: string): unknown }): Choice {
  const plain = text.trim();
  const id = partsOfArn(plain)[2] ?? plain;
  return index.byId(id) === undefined ? { name: text } : { id };
}

/** An id or an ARN of another instance is reported as such, and not as an unknown name. */
function elsewhere(text: string, choice: Choice, context: UserContext): Problem | undefined {
  const plain = text.trim();
  const [, instanceId, id = plain] = partsOfArn(plain);
  const here = context.instance;
  const isHere = instanceId === undefined || here === undefined || instanceId === here.id;
  if (isHere && 'id' in choice) return undefined;
  const alias = isHere ? here?.owners.get(id) : (here?.others.get(instanceId) ?? instanceId);
  if (alias === undefined) return undefined;
  const params = { value: shown(plain), instance: shown(alias), here: context.alias };
  return problem('choice.other-instance', params);
}
