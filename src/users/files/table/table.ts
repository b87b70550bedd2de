/** A file of users as its uploader sees it: headers, and rows of texts in the uploader's order. */
import type { Problem } from '../../../errors/problem.ts';

export type Delimiter = ',' | ';' | '\t';
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** The format of a text file, so that the report can have the same format. */
export type Dialect = {
  readonly delimiter: Delimiter;
  readonly encoding: Encoding;
  readonly bom: boolean;
  readonly eol: '\r\n' | '\n' | '\r';
};

/** A problem that the reader itself found; `column` counts from 0, null means the whole row. */
export type CellProblem = { readonly column: number | null; readonly problem: Problem };

/** Content of the file that is not read as a user. */
export type LeftOut = {
  readonly problem: Problem;
  /** The affected rows, in ascending order; empty for a column or a whole sheet. */
  readonly rows: readonly number[];
  readonly column: string | null;
};

export type TableRow = {
  /** As people count: a spreadsheet's row, a CSV's record (blank ones count too), the number of an entry. */
  readonly number: number;
  /** As many as there are headers. */
  readonly cells: readonly string[];
  readonly problems?: readonly CellProblem[];
  /** The sheet that it is on, where several are read together. */
  readonly sheet?: string;
};

export type Table = {
  readonly kind: 'csv' | 'xlsx' | 'json';
  /** The row of the headers; null when the file has none (JSON). */
  readonly headerRow: number | null;
  readonly headers: readonly string[];
  readonly rows: readonly TableRow[];
  readonly dialect: Dialect;
  /** The encoding with which the bytes were read, by its WHATWG name; null for a workbook. */
  readonly encoding: string | null;
  /** The sheet that was read, of several their names; null where a file has none. */
  readonly sheet: string | null;
  /** The cells that were read, as spreadsheets write it: `A1:K49`. */
  readonly range?: string;
  readonly leftOut: readonly LeftOut[];
  /** Columns that the spreadsheet does not show, from 0. */
  readonly hiddenColumns?: readonly number[];
};

/** The format of a report when the upload was not a text file: Excel opens it correctly everywhere. */
export const standardDialect: Dialect = {
  delimiter: ',',
  encoding: 'utf-8',
  bom: true,
  eol: '\r\n',
};

/** Whether every cell is empty. */
export function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell === '' || cell.trim() === '');
}

/**
 * Yields to the event loop. Reading and checking are split into parts with this in between, so that a file of 10,000
 * rows does not delay the answer to a button.
 */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
