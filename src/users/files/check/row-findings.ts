/** Findings of a row in addition to the rules of a user: from the reader, and from the comparison with other rows. */
import { problem } from '../../../errors/problem.ts';
import { folded, shown } from '../../../text/tidy.ts';
import type { ColumnKey } from '../table/known-columns.ts';
import { columnOf } from '../table/match-header.ts';
import type { ColumnPlan } from '../table/plan-columns.ts';
import type { Table, TableRow } from '../table/table.ts';
import { isNeverDate, mayBeZero } from './cell-values.ts';
import type { RowFinding } from './checked-table.ts';
import type { DraftRead } from './to-draft.ts';

/** At most this many rows are listed in a sentence. */
const mostRowsListed = 5;

const nothing: readonly RowFinding[] = [];
const noHierarchies = [] as const;

/** Findings that do not come from the rules of a single user. */
export function ownFindings(
  row: TableRow,
  read: DraftRead,
  rowsOfUsername: readonly string[] | undefined,
  table: Table,
  plan: ColumnPlan,
): readonly RowFinding[] {
  const [firstHierarchy, secondHierarchy] = twoHierarchies(row, plan);
  const isPlain =
    !row.problems && !rowsOfUsername && firstHierarchy === undefined && read.findings.length === 0;
  if (isPlain) return nothing;
  const found: RowFinding[] = readerFindings(row, table, plan);
  for (const { at, key, problem: why, suggestion } of read.findings) {
    // An error of the spreadsheet is reported with its formula when the reader has it.
    if (found.some((finding) => finding.column === headerAt(table, at))) continue;
    const { field } = columnOf(key);
    found.push({
      ...placeOf(row),
      column: headerAt(table, at),
      ...(field && { field }),
      code: why.code,
      problem: why,
      ...(suggestion !== undefined && { suggestion }),
    });
  }
  if (rowsOfUsername) {
    const username = shown(read.draft.username ?? '');
    found.push({
      ...placeOf(row),
      column: headerAt(table, plan.at.get('username')),
      field: 'username',
      code: 'row.username-twice',
      problem: problem('row.username-twice', { username, rows: listed(rowsOfUsername) }),
    });
  }
  if (firstHierarchy !== undefined && secondHierarchy !== undefined) {
    found.push({
      ...placeOf(row),
      column: headerAt(table, plan.at.get('agentHierarchy')),
      field: 'hierarchyGroup',
      code: 'row.two-hierarchies',
      problem: problem('row.two-hierarchies', {
        one: shown(firstHierarchy),
        other: shown(secondHierarchy),
      }),
    });
  }
  return found;
}

/** The reader's findings in cells that are used; those in other cells do not matter. */
function readerFindings(row: TableRow, table: Table, plan: ColumnPlan): RowFinding[] {
  if (!row.problems) return [];
  const keys = new Map<number, ColumnKey>([...plan.at].map(([key, at]) => [at, key]));
  for (const at of plan.securityProfiles) keys.set(at, 'securityProfiles');
  return row.problems.flatMap(({ column, problem: why }): RowFinding[] => {
    const key = column === null ? undefined : keys.get(column);
    if (column !== null && key === undefined) return [];
    if (key !== undefined && why.code === 'cell.stored-as-date' && !isNeverDate(key)) return [];
    if (key !== undefined && why.code === 'cell.formula-zero' && mayBeZero(key)) return [];
    return [{ ...placeOf(row), column: headerAt(table, column), code: why.code, problem: why }];
  });
}

/** The location of a finding about a row. */
export function placeOf(row: TableRow): Pick<RowFinding, 'row' | 'sheet'> {
  return { row: row.number, ...(row.sheet !== undefined && { sheet: row.sheet }) };
}

/** The uploader's header of a column; null for the whole row. */
export function headerAt(table: Table, column: number | null | undefined): string | null {
  return table.headers[column ?? -1]?.trim() ?? null;
}

/** The website's newer header has two columns for the group; only one may contain it, or both the same. */
function twoHierarchies(row: TableRow, plan: ColumnPlan): readonly [string, string] | readonly [] {
  const [agentColumn, userColumn] = [plan.at.get('agentHierarchy'), plan.at.get('userHierarchy')];
  if (agentColumn === undefined || userColumn === undefined) return noHierarchies;
  const [first = '', second = ''] = [row.cells[agentColumn], row.cells[userColumn]];
  const bothFilled = first.trim() !== '' && second.trim() !== '';
  return bothFilled && folded(first) !== folded(second) ? [first, second] : noHierarchies;
}

function listed(rows: readonly string[]): string {
  const more = rows.length - mostRowsListed;
  if (more > 1) return `${rows.slice(0, mostRowsListed).join(', ')} and ${more} more`;
  return `${rows.slice(0, -1).join(', ')} and ${rows.at(-1)}`;
}
