/** Checks every row of a file against the rules and the directory; returns all findings at once. Pure: no calls. */
import { ProblemError, problem } from '../../../errors/problem.ts';
import { shown, tidy } from '../../../text/tidy.ts';
import { checkUser } from '../../check/check-user.ts';
import type { UserContext } from '../../context.ts';
import { typedPassword } from '../../fields/password.ts';
import type { CheckedUser, Finding, UserDraft, UserField } from '../../new-user.ts';
import { knownCells } from '../table/build-table.ts';
import { columnOf } from '../table/match-header.ts';
import { type ColumnPlan, planColumns } from '../table/plan-columns.ts';
import { type Table, type TableRow, yieldToEventLoop } from '../table/table.ts';
import type {
  CheckedTable,
  CheckedTableRow,
  RowCorrection,
  RowFinding,
  RowVerdict,
} from './checked-table.ts';
import { countFilledDown, emptyRow, type FilledDown } from './empty-rows.ts';
import { hidePasswords } from './hide-passwords.ts';
import { headerAt, ownFindings, placeOf } from './row-findings.ts';
import { createDraftReader, type DraftRead } from './to-draft.ts';

/** About 1 ms of checking; 20 ms when every name in them is wrong and gets a "did you mean". */
const rowsAtOnce = 20;
/** Rows with cells of maximum length count like many rows. */
const charactersAtOnce = 100_000;

const nothingFound: readonly RowFinding[] = [];
const nothingCorrected: readonly RowCorrection[] = [];
const nothingRead: DraftRead = { draft: {}, findings: [], notes: [] };

/**
 * Checks a table, and yields to the event loop in between. Throws `ProblemError` when the file cannot be used at all:
 * columns missing or duplicated, or passwords that this bot cannot store safely.
 *
 * @example const { counts, findings } = await checkRows(await readTable(bytes, name), context);
 */
export async function checkRows(read: Table, context: UserContext): Promise<CheckedTable> {
  assertNotTransposed(read);
  const hidden = new Set(read.hiddenColumns);
  const plan = planColumns(read.headers, context.identityMode, hidden, read.kind);
  const table = hidePasswords(read, plan, context);
  const readDraft = createDraftReader(plan, context);
  const reads: DraftRead[] = [];
  const readTurn = createTurn();
  for (const row of table.rows) {
    reads.push(readDraft(row));
    if (readTurn.isOver(row)) await yieldToEventLoop();
  }
  assertPasswordsCanBeKept(reads, context);
  await yieldToEventLoop();
  const settled = settledRows(table, plan, reads);
  const usernames = reads.map(({ draft }) => tidy(draft.username ?? '').text.toLowerCase());
  const rowsOfUsername = rowsWithSameUsername(table.rows, usernames, settled);
  await yieldToEventLoop();
  const columnFor = columnFinder(table, plan);
  const rows: CheckedTableRow[] = [];
  const checkTurn = createTurn();
  for (const row of table.rows) {
    if (checkTurn.isOver(row)) await yieldToEventLoop();
    const at = rows.length;
    const cells = reads[at] ?? nothingRead;
    const { draft } = cells;
    const done = settled[at];
    if (done) {
      rows.push(checkedRow(row, draft, done, nothingCorrected));
      continue;
    }
    const own = ownFindings(row, cells, rowsOfUsername.get(usernames[at] ?? ''), table, plan);
    // When a row has too few or too many cells, each may be under the wrong header.
    const shifted = own.some(
      (finding) => finding.column === null && finding.code.startsWith('row.cells'),
    );
    const checked = shifted ? undefined : checkUser(draft, context);
    const corrections = correctionsOf(row, cells, checked, table, columnFor);
    const verdict = goodVerdict(own, checked) ?? verdictOf(row, own, checked, columnFor, context);
    rows.push(checkedRow(row, draft, verdict, corrections));
  }
  return {
    table,
    plan,
    rows,
    remarks: unreadColumns(table, plan),
    findings: rows.flatMap(({ verdict }) =>
      'findings' in verdict ? verdict.findings : nothingFound,
    ),
    warnings: rows.flatMap(({ verdict }) =>
      verdict.kind === 'good' ? verdict.warnings : nothingFound,
    ),
    corrections: rows.flatMap(({ corrections }) => corrections),
    counts: countsOf(rows),
  };
}

function checkedRow(
  { number, sheet }: TableRow,
  draft: UserDraft,
  verdict: RowVerdict,
  corrections: readonly RowCorrection[],
): CheckedTableRow {
  if (sheet === undefined) return { number, draft, verdict, corrections };
  return { number, sheet, draft, verdict, corrections };
}

/** A table with one user per column. */
function assertNotTransposed({ headers, rows }: Table): void {
  if (knownCells(headers) > 2) return;
  const first = [headers, ...rows.slice(0, 30).map(({ cells }) => cells)].map(
    ([cell]) => cell ?? '',
  );
  if (knownCells(first) >= 4) throw new ProblemError(problem('file.transposed'));
}

/** Rows whose verdict is known before their cells are checked: created earlier, or without a person. */
function settledRows(
  table: Table,
  plan: ColumnPlan,
  reads: readonly DraftRead[],
): (RowVerdict | undefined)[] {
  let counted: FilledDown | undefined;
  const filledDown = () => {
    counted ??= countFilledDown(table.rows);
    return counted;
  };
  return table.rows.map((row, at) => {
    const created = createdBefore(row, plan);
    if (created) return created;
    if (row.problems) return undefined;
    const why = emptyRow(row.cells, reads[at]?.draft ?? {}, plan, filledDown);
    return why && { kind: 'empty', problem: why };
  });
}

function correctionsOf(
  row: TableRow,
  read: DraftRead,
  checked: CheckedUser | undefined,
  table: Table,
  columnFor: ColumnFinder,
): readonly RowCorrection[] {
  const ofRules = checked?.ok ? checked.corrections : [];
  if (ofRules.length === 0 && read.notes.length === 0) return nothingCorrected;
  const byColumn = new Map<string | null, RowCorrection>();
  const add = ({ field, from, to, column }: Omit<RowCorrection, 'row'>) => {
    // A cell can have been converted and then corrected again; the original text is the one that counts.
    const before = byColumn.get(column)?.from ?? from;
    byColumn.set(column, { row: row.number, column, field, from: before, to });
  };
  for (const { at, key, from, to } of read.notes) {
    const { field } = columnOf(key);
    if (field) add({ column: headerAt(table, at), field, from, to });
  }
  for (const { field, from, to } of ofRules)
    add({ column: columnFor(field, row), field, from, to });
  return [...byColumn.values()];
}

/** Returns true after every few rows, when it is time to yield to the event loop. */
function createTurn(): { isOver(row: TableRow): boolean } {
  let count = 0;
  let characters = 0;
  return {
    isOver: ({ cells }) => {
      count += 1;
      for (let at = 0; at < cells.length; at += 1) characters += cells[at]?.length ?? 0;
      if (count < rowsAtOnce && characters < charactersAtOnce) return false;
      count = 0;
      characters = 0;
      return true;
    },
  };
}

/** The verdict on nearly every row: without findings and warnings. */
function goodVerdict(
  own: readonly RowFinding[],
  checked: CheckedUser | undefined,
): RowVerdict | undefined {
  if (!checked?.ok || own.length > 0 || checked.warnings.length > 0) return undefined;
  const { user, password } = checked;
  return { kind: 'good', user, password, warnings: nothingFound };
}

function verdictOf(
  row: TableRow,
  own: readonly RowFinding[],
  checked: CheckedUser | undefined,
  columnFor: ColumnFinder,
  { existingUsers }: Pick<UserContext, 'existingUsers'>,
): RowVerdict {
  const named = (finding: Finding): RowFinding => ({
    ...placeOf(row),
    column: columnFor(finding.field, row),
    field: finding.field,
    code: finding.problem.code,
    problem: finding.problem,
    ...(finding.suggestion !== undefined && { suggestion: finding.suggestion }),
  });
  if (checked?.ok && own.length === 0) {
    const { user, password } = checked;
    return { kind: 'good', user, password, warnings: checked.warnings.map(named) };
  }
  // A cell that the reader could not read is not reported as empty or unknown as well.
  const told = own.filter(
    (finding) => finding.code !== 'row.username-twice' && finding.code !== 'row.two-hierarchies',
  );
  const unread = new Set(told.map((finding) => finding.column));
  const found = checked?.ok === false ? checked.findings.map(named) : [];
  const rest = found.filter((finding) => finding.column === null || !unread.has(finding.column));
  const findings = own.length === 0 ? found : [...own, ...rest];
  const [only] = findings;
  if (only?.code === 'username.exists-same' && findings.length === 1) {
    const user = existingUsers?.get(String(only.problem.params.username));
    if (user) return { kind: 'created', userId: user.id, userArn: user.arn, problem: only.problem };
  }
  const exists = findings.every((finding) => finding.code === 'username.taken');
  return { kind: exists ? 'exists' : 'invalid', findings };
}

/** A results file has an outcome for each row; users that already exist in Connect are not requested again. */
function createdBefore(row: TableRow, plan: ColumnPlan): RowVerdict | undefined {
  if (!plan.at.has('status') || !plan.at.has('user_id')) return undefined;
  const cell = (key: 'status' | 'user_id' | 'user_arn') =>
    (row.cells[plan.at.get(key) ?? -1] ?? '').trim();
  if (!['created', 'already created'].includes(cell('status').toLowerCase())) return undefined;
  const userId = cell('user_id');
  return userId === '' ? undefined : { kind: 'created', userId, userArn: cell('user_arn') };
}

/**
 * The rows of each username that occurs more than once, ignoring case. Rows without a username and rows that were
 * created before do not count.
 */
function rowsWithSameUsername(
  rows: readonly TableRow[],
  usernames: readonly string[],
  created: readonly (RowVerdict | undefined)[],
): ReadonlyMap<string, readonly string[]> {
  const firstRow = new Map<string, string>();
  const rowsOfUsername = new Map<string, string[]>();
  for (const [at, row] of rows.entries()) {
    const username = usernames[at] ?? '';
    if (username === '' || created[at]) continue;
    const number =
      row.sheet === undefined ? `${row.number}` : `${row.number} of “${shown(row.sheet)}”`;
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

/** A file with passwords is refused as a whole: ignoring them silently would leave people unable to sign in. */
function assertPasswordsCanBeKept(reads: readonly DraftRead[], context: UserContext): void {
  if (context.canTypePassword || context.identityMode !== 'CONNECT_MANAGED') return;
  if (reads.some(({ draft }) => typedPassword(draft) !== undefined)) {
    throw new ProblemError(problem('file.passwords-not-kept'));
  }
}

type ColumnFinder = (field: UserField, row: TableRow) => string | null;

/** The uploader's header for a field; if several columns form one field, the first one with a value. */
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

function unreadColumns(table: Table, plan: ColumnPlan): RowFinding[] {
  return plan.unread.map(({ header, problem: why, suggestion }) => ({
    row: table.headerRow,
    column: header,
    code: why.code,
    problem: why,
    ...(suggestion !== undefined && { suggestion }),
  }));
}

function countsOf(rows: readonly CheckedTableRow[]): CheckedTable['counts'] {
  const counts = { good: 0, exists: 0, invalid: 0, created: 0, empty: 0 };
  for (const { verdict } of rows) counts[verdict.kind] += 1;
  return counts;
}
