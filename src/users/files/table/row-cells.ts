/** The common processing of a row's cells by all readers: guards removed, as wide as the header. */
import { ProblemError, problem } from '../../../errors/problem.ts';
import type { FileLimits } from './file-limits.ts';
import { plainCell } from './formula-guard.ts';
import { notWanted, type StatusColumn, statusColumns } from './inactive-rows.ts';
import type { ColumnKey } from './known-columns.ts';
import { knownColumn } from './match-header.ts';
import { type CellProblem, isBlank, type TableRow } from './table.ts';
import { type Budget, createBudget } from './text-limit.ts';

export type Headers = {
  readonly row: number;
  readonly texts: readonly string[];
  /** Whether a column is known; cells of other columns are left out, however long they are. */
  readonly isKnown: readonly boolean[];
  /** Columns of personal data, in whose place a title between rows would be. */
  readonly isPersonal: readonly boolean[];
  /** A password must not be changed, and no report of ours contains one, so nothing is removed from it. */
  readonly isPassword: readonly boolean[];
  /** The columns that determine whether a person should be created at all. */
  readonly status: readonly StatusColumn[];
  readonly budget: Budget;
};

const personal: ReadonlySet<ColumnKey> = new Set(['firstName', 'lastName', 'username', 'email']);

/** The header cells without the blank ones at the end that spreadsheets leave behind. */
export function headersOf(row: number, cells: readonly string[], limits: FileLimits): Headers {
  const last = cells.findLastIndex((cell) => cell.trim() !== '');
  if (last >= limits.columns) {
    throw new ProblemError(problem('file.too-many-columns', { limit: limits.columns }));
  }
  const texts = cells.slice(0, last + 1).map(plainCell);
  const budget = createBudget(limits);
  const longest = texts.findIndex((text) => text.length > limits.cellCharacters);
  if (longest >= 0) throw budget.cellTooBig(row, texts[longest] ?? '');
  const keys = texts.map((text) => knownColumn(text)?.key);
  return {
    row,
    texts,
    isKnown: keys.map((key) => key !== undefined),
    isPersonal: keys.map((key) => key !== undefined && personal.has(key)),
    isPassword: keys.map((key) => key === 'password'),
    status: statusColumns(texts),
    budget,
  };
}

/** A row fitted to the header; missing cells, and cells without a header, are added to its problems. */
export function rowOf(
  number: number,
  cells: readonly string[],
  headers: Headers,
  problems: readonly CellProblem[] = [],
): TableRow {
  const expected = headers.texts.length;
  spend(number, cells, headers);
  const plain = cells.some((cell) => cell.includes("'"))
    ? cells.map((cell, at) => (headers.isPassword[at] ? cell : plainCell(cell)))
    : cells;
  const unwanted =
    headers.status.length === 0 ? undefined : notWanted(plain, headers.status, headers.texts);
  const isRight = cells.length === expected && problems.length === 0 && !unwanted;
  if (isRight) return { number, cells: plain };
  const fitted = headers.texts.map((_, at) => plain[at] ?? '');
  const found = [...problems];
  if (unwanted) found.push({ column: null, problem: unwanted });
  if (problems.some(({ problem: why }) => why.code === 'row.cells-one')) {
    return { number, cells: fitted, problems };
  }
  if (cells.length < expected) {
    const params = { count: cells.length, expected };
    found.push({ column: null, problem: problem('row.cells-few', params) });
  } else if (!isBlank(cells.slice(expected))) {
    const count = cells.findLastIndex((cell) => cell.trim() !== '') + 1;
    found.push({ column: null, problem: problem('row.cells-many', { count, expected }) });
  }
  return { number, cells: fitted, ...(found.length > 0 && { problems: found }) };
}

/** Throws `ProblemError` when the row has a cell that is too long, or all rows together hold too much. */
function spend(number: number, cells: readonly string[], headers: Headers): void {
  const { budget, isKnown, texts } = headers;
  let characters = 0;
  for (let at = 0; at < cells.length; at += 1) {
    const { length } = cells[at] ?? '';
    characters += length;
    if (length > budget.cellCharacters && isKnown[at]) {
      throw budget.cellTooBig(number, texts[at] ?? '');
    }
  }
  budget.spend(characters);
}
