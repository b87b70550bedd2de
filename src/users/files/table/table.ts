/** A file of users as its uploader sees it: headers, and rows of texts in the uploader's order. */
import type { Problem } from '../../../errors/problem.ts';

export type Delimiter = ',' | ';' | '\t';
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** How a text file was written, so that the report can be written the same way. */
export type Dialect = {
  readonly delimiter: Delimiter;
  readonly encoding: Encoding;
  readonly bom: boolean;
  readonly eol: '\r\n' | '\n' | '\r';
};

/** Something that the reader itself found wrong; `column` counts from 0, null means the whole row. */
export type CellProblem = { readonly column: number | null; readonly problem: Problem };

/** Something that is in the file and is not read as a user. */
export type LeftOut = {
  readonly problem: Problem;
  /** The rows that it is about, in ascending order; empty for a column or a whole sheet. */
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
  /** Where the headers stand; null where nothing of that kind is in the file (JSON). */
  readonly headerRow: number | null;
  readonly headers: readonly string[];
  readonly rows: readonly TableRow[];
  readonly dialect: Dialect;
  /** What the bytes were read as, by the encoding's name on the Web; null for a workbook. */
  readonly encoding: string | null;
  /** The sheet that was read, of several their names; null where a file has none. */
  readonly sheet: string | null;
  /** The cells that were read, as spreadsheets write it: `A1:K49`. */
  readonly range?: string;
  readonly leftOut: readonly LeftOut[];
  /** Columns that the spreadsheet does not show, from 0. */
  readonly hiddenColumns?: readonly number[];
};

/** What a report is written in when the upload was no text file: Excel opens this right everywhere. */
export const standardDialect: Dialect = {
  delimiter: ',',
  encoding: 'utf-8',
  bom: true,
  eol: '\r\n',
};

/** Whether nothing can be read in any cell. */
export function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell === '' || cell.trim() === '');
}

/**
 * Lets others have their turn. Reading and checking are cut into pieces with this between them, so that
 * a file of 10,000 rows does not keep a button from being answered.
 */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
