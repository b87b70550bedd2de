/** Every row of a file against the rules and the directory, all findings at once. Pure: no call is made. */
import { ProblemError, problem } from '../../../errors/problem.ts';
import { folded, shown, tidy } from '../../../text/tidy.ts';
import type { UserContext } from '../../context.ts';
import { checkUser } from '../../fields/check-user.ts';
import { typedPassword } from '../../fields/password.ts';
import type { CheckedUser, Finding, UserDraft, UserField } from '../../new-user.ts';
import { type ColumnPlan, columnOf, planColumns } from '../table/columns.ts';
import { type Table, type TableRow, yieldToEventLoop } from '../table/table.ts';
import type {
  CheckedTable,
  CheckedTableRow,
  RowCorrection,
  RowFinding,
  RowVerdict,
} from './checked-table.ts';
import { hidePasswords } from './hide-passwords.ts';
import { createDraftReader } from './to-draft.ts';

/** About 1 ms of checking; 20 ms where every name in them is wrong and gets a "did you mean". */
const rowsAtOnce = 20;
/** Rows of cells as long as they may be count for many. */
const lettersAtOnce = 100_000;
/** A sentence that lists more rows than this is read by nobody. */
const mostRowsListed = 5;

const nothing: readonly RowFinding[] = [];
const noHierarchies = [] as const;

/**
 * Checks a table. Gives way to others while it does. Throws `ProblemError` where nothing of the file can be
 * used: columns missing or double, or passwords that this bot cannot keep safe.
 *
 * @example
 * const { counts, findings } = await checkRows(await readTable(bytes, name), context);
 */
export async function checkRows(read: Table, context: UserContext): Promise<CheckedTable> {
  const plan = planColumns(read.headers, context.identityMode);
  const table = hidePasswords(read, plan, context);
  const toDraft = createDraftReader(plan, context.directory);
  const drafts: UserDraft[] = [];
  for await (const row of inTurns(table.rows)) drafts.push(toDraft(row));
  assertPasswordsCanBeKept(drafts, context);
  await yieldToEventLoop();
  const created = table.rows.map((row) => createdBefore(row, plan));
  const usernames = drafts.map((draft) => tidy(draft.username ?? '').text.toLowerCase());
  const rowsOfUsername = rowsWithSameUsername(table.rows, usernames, created);
  await yieldToEventLoop();
  const columnFor = columnFinder(table, plan);
  const rows: CheckedTableRow[] = [];
  const corrections: RowCorrection[] = [];
  for await (const row of inTurns(table.rows)) {
    const at = rows.length;
    const draft = drafts[at] ?? {};
    const { number } = row;
    const done = created[at];
    if (done) {
      rows.push({ number, draft, verdict: done });
      continue;
    }
    const own = ownFindings(row, draft, rowsOfUsername.get(usernames[at] ?? ''), table, plan);
    // Where cells are missing or too many, each may stand under the wrong header.
    const shifted = own.some((it) => it.column === null && it.code.startsWith('row.cells'));
    const checked = shifted ? undefined : checkUser(draft, context);
    if (checked?.ok) {
      for (const { field, from, to } of checked.corrections) {
        corrections.push({ row: number, column: columnFor(field, row), field, from, to });
      }
    }
    rows.push({ number, draft, verdict: verdictOf(row, own, checked, columnFor) });
  }
  return {
    table,
    plan,
    rows,
    remarks: unknownColumns(table, plan),
    findings: rows.flatMap(({ verdict }) => ('findings' in verdict ? verdict.findings : [])),
    warnings: rows.flatMap(({ verdict }) => (verdict.kind === 'good' ? verdict.warnings : [])),
    corrections,
    counts: countsOf(rows),
  };
}

/** The rows one after the other, others having their turn after every few of them. */
async function* inTurns(rows: readonly TableRow[]): AsyncGenerator<TableRow> {
  let count = 0;
  let letters = 0;
  for (const row of rows) {
    yield row;
    count += 1;
    for (const cell of row.cells) letters += cell.length;
    if (count < rowsAtOnce && letters < lettersAtOnce) continue;
    count = 0;
    letters = 0;
    await yieldToEventLoop();
  }
}

function verdictOf(
  row: TableRow,
  own: readonly RowFinding[],
  checked: CheckedUser | undefined,
  columnFor: ColumnFinder,
): RowVerdict {
  const named = (it: Finding): RowFinding => ({
    row: row.number,
    column: columnFor(it.field, row),
    field: it.field,
    code: it.problem.code,
    problem: it.problem,
    ...(it.suggestion !== undefined && { suggestion: it.suggestion }),
  });
  if (checked?.ok && own.length === 0) {
    const { user, password } = checked;
    return { kind: 'good', user, password, warnings: checked.warnings.map(named) };
  }
  // What the reader could not read is not empty or unknown on top of it.
  const unread = new Set(own.filter((it) => it.field === undefined).map((it) => it.column));
  const found = checked?.ok === false ? checked.findings.map(named) : [];
  const rest = found.filter((it) => it.column === null || !unread.has(it.column));
  const findings = own.length === 0 ? found : [...own, ...rest];
  const exists = findings.every((it) => it.code === 'username.taken');
  return { kind: exists ? 'exists' : 'invalid', findings };
}

/** What is wrong beside the rules of a single user. */
function ownFindings(
  row: TableRow,
  draft: UserDraft,
  rowsOfUsername: readonly number[] | undefined,
  table: Table,
  plan: ColumnPlan,
): readonly RowFinding[] {
  const [one, other] = twoHierarchies(row, plan);
  if (!row.problems && !rowsOfUsername && one === undefined) return nothing;
  const found = (row.problems ?? []).map(
    ({ column, problem: it }): RowFinding => ({
      row: row.number,
      column: headerAt(table, column),
      code: it.code,
      problem: it,
    }),
  );
  if (rowsOfUsername) {
    const username = shown(draft.username ?? '');
    found.push({
      row: row.number,
      column: headerAt(table, plan.at.get('username')),
      field: 'username',
      code: 'row.username-twice',
      problem: problem('row.username-twice', { username, rows: listed(rowsOfUsername) }),
    });
  }
  if (one !== undefined && other !== undefined) {
    found.push({
      row: row.number,
      column: headerAt(table, plan.at.get('agentHierarchy')),
      field: 'hierarchyGroup',
      code: 'row.two-hierarchies',
      problem: problem('row.two-hierarchies', { one: shown(one), other: shown(other) }),
    });
  }
  return found;
}

function headerAt(table: Table, column: number | null | undefined): string | null {
  return table.headers[column ?? -1]?.trim() ?? null;
}

/** The website's newer header has two columns for the group; only one may say which, or both the same. */
function twoHierarchies(row: TableRow, plan: ColumnPlan): readonly [string, string] | readonly [] {
  const [one, other] = [plan.at.get('agentHierarchy'), plan.at.get('userHierarchy')];
  if (one === undefined || other === undefined) return noHierarchies;
  const [first = '', second = ''] = [row.cells[one], row.cells[other]];
  const bothFilled = first.trim() !== '' && second.trim() !== '';
  return bothFilled && folded(first) !== folded(second) ? [first, second] : noHierarchies;
}

/** A results file says of each row what became of it; those that stand in Connect are not asked for again. */
function createdBefore(row: TableRow, plan: ColumnPlan): RowVerdict | undefined {
  const cell = (key: 'status' | 'user_id' | 'user_arn') =>
    (row.cells[plan.at.get(key) ?? -1] ?? '').trim();
  if (!plan.at.has('status') || !plan.at.has('user_id')) return undefined;
  if (!['created', 'already created'].includes(cell('status').toLowerCase())) return undefined;
  const userId = cell('user_id');
  return userId === '' ? undefined : { kind: 'created', userId, userArn: cell('user_arn') };
}

/**
 * The rows of each username that is there more than once, whatever its case. Rows without one do not
 * count, nor do those that were created before.
 */
function rowsWithSameUsername(
  rows: readonly TableRow[],
  usernames: readonly string[],
  created: readonly (RowVerdict | undefined)[],
): ReadonlyMap<string, readonly number[]> {
  const firstRow = new Map<string, number>();
  const rowsOfUsername = new Map<string, number[]>();
  for (const [at, { number }] of rows.entries()) {
    const username = usernames[at] ?? '';
    if (username === '' || created[at]) continue;
    const first = firstRow.get(username);
    if (first === undefined) {
      firstRow.set(username, number);
      continue;
    }
    const same = rowsOfUsername.get(username);
    if (same) same.push(number);
    else rowsOfUsername.set(username, [first, number]);
  }
  return rowsOfUsername;
}

function listed(rows: readonly number[]): string {
  const more = rows.length - mostRowsListed;
  if (more > 1) return `${rows.slice(0, mostRowsListed).join(', ')} and ${more} more`;
  return `${rows.slice(0, -1).join(', ')} and ${rows.at(-1)}`;
}

/** A file with passwords is refused as a whole: to drop them in silence would lock people out. */
function assertPasswordsCanBeKept(drafts: readonly UserDraft[], context: UserContext): void {
  if (context.canTypePassword || context.identityMode !== 'CONNECT_MANAGED') return;
  if (drafts.some((draft) => typedPassword(draft) !== undefined)) {
    throw new ProblemError(problem('file.passwords-not-kept'));
  }
}

type ColumnFinder = (field: UserField, row: TableRow) => string | null;

/** The uploader's header for a field; where several columns make one field, the first that is filled in. */
function columnFinder(table: Table, plan: ColumnPlan): ColumnFinder {
  const columns = new Map<UserField, number[]>();
  for (const [key, at] of plan.at) {
    const { field } = columnOf(key);
    if (field) columns.set(field, [...(columns.get(field) ?? []), at]);
  }
  return (field, row) => {
    const [first, ...more] = columns.get(field) ?? [];
    const filled = (at: number) => (row.cells[at] ?? '').trim() !== '';
    const at = first === undefined || filled(first) ? first : (more.find(filled) ?? first);
    return at === undefined ? null : (table.headers[at]?.trim() ?? null);
  };
}

function unknownColumns(table: Table, plan: ColumnPlan): RowFinding[] {
  return plan.unknown.map(({ header, suggestion }) => ({
    row: table.headerRow,
    column: header,
    code: 'column.unknown',
    problem: problem('column.unknown', { column: shown(header) }),
    ...(suggestion !== undefined && { suggestion }),
  }));
}

function countsOf(rows: readonly CheckedTableRow[]): CheckedTable['counts'] {
  const counts = { good: 0, exists: 0, invalid: 0, created: 0 };
  for (const { verdict } of rows) counts[verdict.kind] += 1;
  return counts;
}
