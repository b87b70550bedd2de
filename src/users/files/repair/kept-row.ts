/** The stored data of an invalid row, with which it can be corrected in Slack without its file. Pure. */
import type { Problem } from '../../../errors/problem.ts';
import { shown, tidy } from '../../../text/tidy.ts';
import type { UserField } from '../../new-user.ts';
import type { CheckedTable, RowFinding } from '../check/checked-table.ts';
import { keptColumns } from '../check/hide-passwords.ts';
import type { ColumnKey } from '../table/known-columns.ts';
import { columnOf } from '../table/match-header.ts';
import type { CellProblem } from '../table/table.ts';

/** One thing wrong in a stored row. */
export type KeptFinding = {
  /** The cell, from 0 among the stored ones; null for the whole row, or a field without a column. */
  readonly at: number | null;
  readonly field?: UserField;
  readonly problem: Problem;
  /** A possible replacement. */
  readonly suggestion?: string;
  /** The invalid text, when the cell contains more than that: one name of several. */
  readonly part?: string;
  /** Present when no other reading is possible, so that the suggestion can be used without typing. */
  readonly sure?: true;
};

export type KeptRow = {
  readonly findings: readonly KeptFinding[];
  /** The reader's findings; columns are counted among the stored ones. */
  readonly problems?: readonly CellProblem[];
  readonly sheet?: string;
};

/** Suggestions that are one of several possible readings, between which a person has to choose. */
const unsureCodes: ReadonlySet<Problem['code']> = new Set([
  'tags.one-or-two',
  'tags.two-readings',
  'phone-type.unclear',
  'username.requested',
  'username.taken',
]);

/** Fields of several columns, or whose finding can concern only a part of the cell. */
const unsureFields: ReadonlySet<UserField> = new Set(['channels', 'password', 'proficiencies']);

type Kept = { readonly key: ColumnKey; readonly at: number };

/** Creates the stored data of each invalid row of a checked table, by its index. */
export function createRowKeeper(checked: CheckedTable): (index: number) => KeptRow | null {
  const kept = keptColumns(checked.plan);
  const storedAt = new Map(kept.map(({ at }, index) => [at, index]));
  const columns = createStoredColumns(kept, checked.table.headers);
  return (index) => {
    const row = checked.rows[index];
    const source = checked.table.rows[index];
    if (!row || !source || !('findings' in row.verdict)) return null;
    const names = createNamesOfRow(source.cells);
    const findings = row.verdict.findings.map((finding) =>
      keptFinding(finding, placeOf(finding, names, columns), kept),
    );
    const problems = (source.problems ?? []).flatMap(({ column, problem }): CellProblem[] => {
      if (column === null) return [{ column, problem }];
      const stored = storedAt.get(column);
      return stored === undefined ? [] : [{ column: stored, problem }];
    });
    return {
      findings,
      ...(problems.length > 0 && { problems }),
      ...(row.sheet !== undefined && { sheet: row.sheet }),
    };
  };
}

function keptFinding(
  finding: RowFinding,
  place: PlaceInRow | null,
  kept: readonly Kept[],
): KeptFinding {
  const { field, problem, suggestion } = finding;
  const said = {
    ...(field !== undefined && { field }),
    problem,
    ...(suggestion !== undefined && { suggestion }),
  };
  if (!place) return { at: null, ...said };
  const { index, part } = place;
  const key = kept[index]?.key;
  const isSure =
    suggestion !== undefined &&
    field !== undefined &&
    !unsureFields.has(field) &&
    !unsureCodes.has(problem.code) &&
    !key?.startsWith('hierarchyLevel.');
  return { at: index, ...said, ...(part !== undefined && { part }), ...(isSure && { sure: true }) };
}

/** A stored cell, from 0, and the part of it that is meant. */
type PlaceInRow = { readonly index: number; readonly part?: string };

/** Which stored cell a finding is about, and which part of it. */
function placeOf(
  { column, field, problem }: RowFinding,
  names: NamesOfRow,
  columns: StoredColumns,
): PlaceInRow | null {
  if (column === null) return null;
  const name = problem.params.name;
  const isName = field === 'securityProfiles' && typeof name === 'string';
  const ofField = columns(field);
  if (isName) {
    for (const { index, at } of ofField) {
      const named = names(at);
      if (named.whole === name) return { index };
      const part = named.parts.get(name);
      if (part !== undefined) return { index, part };
    }
  }
  const found = ofField.find(({ header }) => header === column);
  return found ? { index: found.index } : null;
}

type StoredColumn = { readonly index: number; readonly at: number; readonly header: string };
/** The stored columns of a field; all of them for a finding without a field. */
type StoredColumns = (field: UserField | undefined) => readonly StoredColumn[];

function createStoredColumns(kept: readonly Kept[], headers: readonly string[]): StoredColumns {
  const all = kept.map(({ key, at }, index) => {
    const header = (headers[at] ?? '').trim();
    return { field: columnOf(key).field, index, at, header };
  });
  const byField = new Map<UserField | undefined, readonly StoredColumn[]>([[undefined, all]]);
  return (field) => {
    const known = byField.get(field);
    if (known) return known;
    const ofField = all.filter((column) => column.field === field);
    byField.set(field, ofField);
    return ofField;
  };
}

/** A cell as a name, and each name in it with its original spelling, by the form in which findings show it. */
type NamedCell = { readonly whole: string; readonly parts: ReadonlyMap<string, string> };
/** The names in the cell of a column. */
type NamesOfRow = (at: number) => NamedCell;

/** A cell is split once, however many findings concern it, because it can contain hundreds of names. */
function createNamesOfRow(cells: readonly string[]): NamesOfRow {
  const byColumn = new Map<number, NamedCell>();
  return (at) => {
    const known = byColumn.get(at);
    if (known) return known;
    const cell = cells[at] ?? '';
    const parts = new Map<string, string>();
    for (const part of new Set(partsOf(cell))) {
      const name = shownName(part);
      if (!parts.has(name)) parts.set(name, part);
    }
    const named = { whole: shownName(cell), parts };
    byColumn.set(at, named);
    return named;
  };
}

function shownName(text: string): string {
  return shown(tidy(text, 'name').text);
}

/** The names in a cell of several, without what separates them. */
function partsOf(cell: string): string[] {
  return cell
    .split(/[|,;\r\n[\]"']+/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
}

/** The cell with the text that was found wrong replaced. */
export function replaceIn(cell: string, { part }: Pick<KeptFinding, 'part'>, by: string): string {
  return part === undefined ? by : cell.replace(part, () => by);
}
