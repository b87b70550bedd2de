/** Converts records of a file, one after the other, into a header and rows; all others are left out and reported. */
import { type Problem, ProblemError, problem } from '../../../errors/problem.ts';
import { shown } from '../../../text/tidy.ts';
import { withoutPasswords } from '../../fields/password-like.ts';
import type { FileLimits } from './file-limits.ts';
import { knownColumn } from './match-header.ts';
import { type Headers, headersOf, rowOf } from './row-cells.ts';
import { type CellProblem, isBlank, type LeftOut, type TableRow } from './table.ts';
import { aloneInRow, isTitleOfGone, oddRow, rowAboveHeader } from './title-and-total-rows.ts';

export type FileRecord = {
  /** Counted from 1. */
  readonly number: number;
  readonly cells: readonly string[];
  readonly problems?: readonly CellProblem[];
};

export type BuiltTable = {
  /** Undefined when there is no record. */
  readonly headers?: Headers;
  readonly rows: readonly TableRow[];
  readonly leftOut: readonly LeftOut[];
};

export type TableBuilder = {
  /** Adds the next record that is not blank. Throws `ProblemError` when there are too many. */
  add(record: FileRecord): void;
  /** The result of reading the records. */
  end(): BuiltTable;
};

/** The header is searched within this number of records, because there are few titles and notes above it. */
export const headerWithin = 30;

/**
 * Creates a builder. Records are held back until the header is found, so that a title above it is not mistaken for
 * it.
 *
 * @param sparse whether missing cells at the end of a record are normal blanks, as in a sheet
 */
export function createTableBuilder(
  limits: FileLimits,
  { sparse }: { sparse: boolean },
): TableBuilder {
  const early: FileRecord[] = [];
  let headers: Headers | undefined;
  const rows: TableRow[] = [];
  const leftOut = createLeftOut();
  /** The last title between the rows. */
  let title = '';

  const findHeader = (): void => {
    const at = headerAmong(early.map((record) => record.cells));
    const header = early[at];
    if (!header) return;
    for (const record of early.slice(0, at)) {
      leftOut.add(rowAboveHeader(record.cells), record.number);
    }
    headers = headersOf(header.number, header.cells, limits);
    for (const record of early.slice(at + 1)) take(record, headers);
    early.length = 0;
  };

  const take = ({ number, cells, problems = [] }: FileRecord, known: Headers): void => {
    const odd = oddRow(cells, known);
    if (odd) {
      leftOut.add(odd, number);
      return;
    }
    if (rows.length >= limits.rows) {
      throw new ProblemError(problem('file.too-many-rows', { limit: limits.rows }));
    }
    const alone = aloneInRow(cells, known);
    if (alone !== undefined) title = alone;
    const columns = known.texts.length;
    const whole =
      sparse && cells.length < columns ? known.texts.map((_, at) => cells[at] ?? '') : cells;
    const near =
      problems.length === 0 ? problems : problems.filter(({ column }) => (column ?? 0) < columns);
    const why = aboutRow(alone, title);
    rows.push(rowOf(number, whole, known, why ? [...near, { column: null, problem: why }] : near));
  };

  return {
    add: (record) => {
      if (isBlank(record.cells) && !record.problems?.length) return;
      if (headers) return take(record, headers);
      early.push(record);
      if (early.length >= headerWithin) findHeader();
    },
    end: () => {
      if (!headers) findHeader();
      return { ...(headers && { headers }), rows, leftOut: leftOut.list() };
    },
  };
}

/** The problem of a row that is a title, or is below the title of people who should not be created. */
function aboutRow(alone: string | undefined, title: string): Problem | undefined {
  if (alone !== undefined) {
    return problem('row.cells-one', { text: shown(withoutPasswords(alone)) });
  }
  if (title === '' || !isTitleOfGone(title)) return undefined;
  return problem('row.below-title', { title: shown(withoutPasswords(title)) });
}

/**
 * Which of the first records is the header: the first one with nearly as many known columns as the best one. If none
 * has two known columns, it is the first record that is not a comment.
 */
export function headerAmong(records: readonly (readonly string[])[]): number {
  const known = records.map(knownCells);
  const most = Math.max(0, ...known);
  if (most >= 2) return known.findIndex((count) => count >= Math.max(2, most * 0.6));
  const plain = records.findIndex((cells) => !/^\s*(?:#|\/\/)/.test(cells.join('')));
  return Math.max(0, plain);
}

/** How many different columns are known by these cells. */
export function knownCells(cells: readonly string[]): number {
  return new Set(cells.flatMap((cell) => knownColumn(cell)?.key ?? [])).size;
}

/** Collects what is left out, with one entry per cause. */
export function createLeftOut(): { add(why: Problem, row: number): void; list(): LeftOut[] } {
  const causes = new Map<string, { readonly problem: Problem; readonly rows: number[] }>();
  return {
    add: (why, row) => {
      const key = JSON.stringify(why);
      const cause = causes.get(key);
      if (cause) cause.rows.push(row);
      else causes.set(key, { problem: why, rows: [row] });
    },
    list: () => [...causes.values()].map((cause) => ({ ...cause, column: null })),
  };
}
