/** Removes passwords from cells where none belong before anything is stored, shown or posted (H4). */
import { problem } from '../../../errors/problem.ts';
import type { DirectoryView, UserContext } from '../../context.ts';
import {
  hasPasswordLetters,
  looksLikePassword,
  type PasswordClues,
} from '../../fields/password-like.ts';
import type { ColumnKey } from '../table/known-columns.ts';
import { columnOf } from '../table/match-header.ts';
import type { ColumnPlan } from '../table/plan-columns.ts';
import type { CellProblem, Table, TableRow } from '../table/table.ts';

/**
 * The table with every cell emptied that looks like a password and is not in the password column, each with a finding
 * in its place. Returns the same table when there is none.
 */
export function hidePasswords(
  table: Table,
  plan: ColumnPlan,
  context: Pick<UserContext, 'directory'>,
): Table {
  const isKnownName = nameFinder(context.directory);
  const passwordAt = plan.at.get('password');
  const expectsPassword = passwordsAreFilledIn(table, passwordAt);
  const common = commonPasswords(table, passwordAt);
  const columns = columnsOf(plan).flatMap(([key, at]) =>
    key === 'password' ? [] : [{ key, at, isPasswordAmongNames: amongNames(key, isKnownName) }],
  );
  let hidden = 0;
  const rows = table.rows.map((row) => {
    let clues: PasswordClues | undefined;
    let found: Set<number> | undefined;
    for (const { key, at, isPasswordAmongNames } of columns) {
      const cell = row.cells[at] ?? '';
      if (cell.length < shortestPassword || !mayBePassword(key, cell)) continue;
      const own = cellAt(row, passwordAt);
      let isOne = (own !== '' && isPassword(own) && cell.includes(own)) || holdsOneOf(common, cell);
      if (!isOne && isShifted(row)) {
        clues ??= cluesOf(row, plan, expectsPassword, passwordAt);
        isOne = holdsPassword(key, cell, clues, isKnownName);
      }
      if (!isOne && isPasswordAmongNames) isOne = isPasswordAmongNames(cell);
      else if (!isOne) {
        clues ??= cluesOf(row, plan, expectsPassword, passwordAt);
        isOne = isPasswordIn(key, cell, clues, isKnownName);
      }
      if (!isOne) continue;
      found ??= new Set();
      found.add(at);
    }
    if (!found) return row;
    hidden += found.size;
    return withoutCells(row, found);
  });
  return hidden === 0 ? table : { ...table, rows };
}

/** The number of different profile names in a file; more than this is not a list of profiles. */
const mostRemembered = 10_000;

/**
 * The verdict on each text of a column of names once: profiles and groups are the same in most rows. Undefined for the
 * other columns.
 */
function amongNames(
  key: ColumnKey,
  isKnownName: NameFinder,
): ((cell: string) => boolean) | undefined {
  if (!namesOf.has(key)) return undefined;
  const known = new Map<string, boolean>();
  return (cell) => {
    const before = known.get(cell);
    if (before !== undefined) return before;
    const verdict = isPasswordIn(key, cell, nothingKnown, isKnownName);
    if (known.size < mostRemembered) known.set(cell, verdict);
    return verdict;
  };
}

const shortestPassword = 8;

/** Avoids further checks for most cells: a possible password has a digit and, except in tags, letters of both cases. */
function mayBePassword(key: ColumnKey, cell: string): boolean {
  return key === 'tags' ? digit.test(cell) : hasPasswordLetters(cell);
}

const digit = /[0-9]/;

function cluesOf(
  row: TableRow,
  plan: ColumnPlan,
  expectsPassword: boolean,
  passwordAt: number | undefined,
): PasswordClues {
  const cell = (key: ColumnKey) => cellAt(row, plan.at.get(key));
  const inPasswordColumn = cellAt(row, passwordAt);
  const hasLostIt = expectsPassword && !isPassword(inPasswordColumn);
  // The password's column contains something else, because an additional separator has moved the cells.
  const holdsOther = inPasswordColumn.trim() !== '' && !isPassword(inPasswordColumn);
  // The names matter only for the strict check.
  if (!hasLostIt && !holdsOther && !isShifted(row)) return notStrict;
  const names = [cell('firstName'), cell('lastName'), cell('email').split('@')[0] ?? ''];
  return { names, strict: true };
}

function cellAt({ cells }: TableRow, at: number | undefined): string {
  return at === undefined ? '' : (cells[at] ?? '');
}

/** Whether its number of cells is wrong, so that each may be under another header, or contain several values. */
function isShifted(row: TableRow): boolean {
  if (!row.problems) return false;
  return row.problems.some(
    ({ column, problem: { code } }) => column === null && code.startsWith('row.cells'),
  );
}

/**
 * Characters that can have joined cells into one: separators of another kind, quotation marks, control characters.
 */
const joint = /[\s\p{Cc};,|=:"]+/u;

/** Whether a part of a shifted row's cell looks like a password. */
function holdsPassword(
  key: ColumnKey,
  cell: string,
  clues: PasswordClues,
  isKnownName: NameFinder,
): boolean {
  return cell
    .split(joint)
    .some(
      (part) => looksLikePassword(part, clues) && !(namesOf.has(key) && isKnownName(key, cell)),
    );
}

const namesOf: ReadonlySet<ColumnKey> = new Set([
  'routingProfile',
  'securityProfiles',
  'agentHierarchy',
  'userHierarchy',
]);

/**
 * Cells are compared with the passwords of other rows only when a file has at most this many different ones, because
 * searching for more would take too long.
 */
const mostCommon = 20;

/** The passwords of a file with few different ones, for example one initial password for everybody. */
function commonPasswords(table: Table, at: number | undefined): readonly string[] {
  const found = new Set<string>();
  if (at === undefined) return [];
  for (const { cells } of table.rows) {
    const password = cells[at] ?? '';
    if (isPassword(password)) found.add(password);
    if (found.size > mostCommon) return [];
  }
  return [...found];
}

function holdsOneOf(passwords: readonly string[], cell: string): boolean {
  return passwords.length > 0 && passwords.some((password) => cell.includes(password));
}

const nothingKnown: PasswordClues = { names: [], strict: true };
const notStrict: PasswordClues = { names: [], strict: false };

function isPassword(text: string): boolean {
  return looksLikePassword(text, nothingKnown);
}

/** Whether most rows have a password, so that a row without one has probably put it elsewhere. */
function passwordsAreFilledIn(table: Table, at: number | undefined): boolean {
  if (at === undefined) return false;
  const filled = table.rows.filter((row) => isPassword(row.cells[at] ?? '')).length;
  return filled * 2 >= table.rows.length && filled > 0;
}

/** A tag whose key means password; everybody who may see the user sees its tags. */
const tagOfPassword = /(?:^|[|{,;\s"])(?:pass(?:word|wort)?|pwd?|kennwort|secret)"?\s*[=:]/i;

type NameFinder = (key: ColumnKey, name: string) => boolean;

function isPasswordIn(
  key: ColumnKey,
  cell: string,
  clues: PasswordClues,
  isKnownName: NameFinder,
): boolean {
  switch (key) {
    case 'routingProfile':
    case 'agentHierarchy':
    case 'userHierarchy':
      // This cell may contain any name, so text that is neither a known name nor close to one is examined strictly.
      return isPassword(cell) && !isKnownName(key, cell);
    case 'securityProfiles':
      return hasPasswordLetters(cell) && isPasswordInList(key, cell, isKnownName);
    case 'tags':
      // A tag has the form `team=North1`; text without a key is not a tag.
      if (tagOfPassword.test(cell)) return true;
      return !/^[\s{]*["\w .-]+[=:]/.test(cell) && looksLikePassword(cell, clues);
    case 'instance':
      // An id or an ARN has letters of both cases as well.
      return !/^[\w.:/-]*$/.test(cell) && isPassword(cell);
    case 'firstName':
    case 'lastName':
    case 'username':
      if (!/\s/u.test(cell)) return looksLikePassword(cell, clues);
      return isPasswordAmongWords(cell, clues);
    case 'email':
    case 'secondaryEmail':
    case 'mobile':
    case 'deskPhoneNumber':
      return isPassword(cell);
    default:
      return looksLikePassword(cell, clues);
  }
}

function isPasswordInList(key: ColumnKey, cell: string, isKnownName: NameFinder): boolean {
  return cell.split(/[|,;\n]/).some((part) => isPassword(part) && !isKnownName(key, part));
}

function isPasswordAmongWords(cell: string, clues: PasswordClues): boolean {
  return cell.split(/\s+/u).some((word) => looksLikePassword(word, clues));
}

/** Whether a directory has this name, by id, exactly, or nearly. */
function nameFinder(directory: DirectoryView): NameFinder {
  return (key, name) => {
    const { routingProfiles, securityProfiles, hierarchyGroups } = directory;
    const index =
      key === 'routingProfile'
        ? routingProfiles
        : key === 'securityProfiles'
          ? securityProfiles
          : hierarchyGroups;
    if (index.byId(name.trim()) !== undefined) return true;
    const match = index.match(name);
    return match.kind !== 'none' || match.nearest !== undefined;
  };
}

function withoutCells(row: TableRow, columns: ReadonlySet<number>): TableRow {
  const problems = [...columns].map(
    (column): CellProblem => ({ column, problem: problem('cell.looks-like-password') }),
  );
  return {
    ...row,
    cells: row.cells.map((cell, at) => (columns.has(at) ? '' : cell)),
    problems: [...(row.problems ?? []), ...problems],
  };
}

/**
 * The text of a report in place of a password: when it is sent again, the cell still has to be corrected, and does
 * not count as empty.
 */
export const removedMark = '(password removed)';

/** The cells of a row for its report. Without the mark the row would count as correct when it is sent again. */
export function withRemovedMarks(
  cells: readonly string[],
  problems: readonly CellProblem[],
): readonly string[] {
  const removed = problems.filter(({ problem: { code } }) => code === 'cell.looks-like-password');
  if (removed.length === 0) return cells;
  const at = new Set(removed.map(({ column }) => column));
  return cells.map((cell, column) => (at.has(column) && cell === '' ? removedMark : cell));
}

/** Whether any cell of this table was taken out. */
export function holdsHiddenPassword(table: Table): boolean {
  return table.rows.some((row) =>
    row.problems?.some((problem) => problem.problem.code === 'cell.looks-like-password'),
  );
}

const alsoKept: ReadonlySet<ColumnKey> = new Set(['user_id', 'user_arn', 'status', 'instance']);

/** Every column that is read, including each of those for a security profile. */
function columnsOf(plan: ColumnPlan): (readonly [ColumnKey, number])[] {
  const [, ...more] = plan.securityProfiles;
  return [...plan.at, ...more.map((at) => ['securityProfiles', at] as const)];
}

/**
 * The columns that are stored and returned: those of a field, and the columns of an earlier report about created
 * rows. All others can contain anything.
 */
export function keptColumns(plan: ColumnPlan): { readonly key: ColumnKey; readonly at: number }[] {
  return columnsOf(plan)
    .filter(([key]) => columnOf(key).field !== undefined || alsoKept.has(key))
    .map(([key, at]) => ({ key, at }))
    .sort((left, right) => left.at - right.at);
}
