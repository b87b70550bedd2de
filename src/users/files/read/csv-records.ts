/**
 * CSV as spreadsheets write it (RFC 4180), and as people do: one record at a time, with its number for error
 * messages. Written by hand because a library reports an unclosed quotation mark only at the end of the file, and
 * because most lines have no quotation mark and can be split natively, which is several times faster. A property test
 * compares it with csv-parse.
 */
import { ProblemError, problem } from '../../../errors/problem.ts';
import type { FileLimits } from '../table/file-limits.ts';
import type { Delimiter } from '../table/table.ts';

export type CsvRecord = {
  /** Blank lines count, line breaks inside quotation marks do not, as in a spreadsheet's row numbers. */
  readonly number: number;
  /** One empty cell for a blank line; one more than the limit of columns when there are too many. */
  readonly cells: readonly string[];
};

export type CsvReader = {
  /** The next record; undefined at the end. Throws `ProblemError` for a record that cannot be read. */
  next(): CsvRecord | undefined;
};

const quote = '"';

export function createCsvReader(
  text: string,
  delimiter: Delimiter | '|',
  limits: Pick<FileLimits, 'cellCharacters' | 'columns'>,
): CsvReader {
  const nextLineFeed = createFinder(text, '\n');
  const nextReturn = createFinder(text, '\r');
  const nextBreak = (from: number) => Math.min(nextLineFeed(from), nextReturn(from));
  const nextDelimiter = createFinder(text, delimiter);
  let at = 0;
  let number = 0;

  const afterBreak = (end: number) =>
    text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1;

  /** Cells with quotation marks among them, from `at` on, over any number of lines. */
  const readQuoted = (): string[] => {
    const cells: string[] = [];
    for (;;) {
      const { cell, end } = readCell(at);
      if (cells.length <= limits.columns) cells.push(cell);
      if (end >= text.length || text[end] !== delimiter) {
        at = end >= text.length ? end : afterBreak(end);
        return cells;
      }
      at = end + 1;
      // A delimiter as the very last character: an empty cell follows it.
      if (at >= text.length) {
        cells.push('');
        return cells;
      }
    }
  };

  const readCell = (from: number): { cell: string; end: number } => {
    let start = from;
    while (text[start] === ' ') start += 1;
    if (text[start] !== quote) return readPlain(from);
    const { inside, end } = readInside(start);
    let after = end;
    while (text[after] === ' ') after += 1;
    const next = text[after];
    if (next === undefined || next === delimiter || next === '\n' || next === '\r') {
      return { cell: inside, end: after };
    }
    // If there is a line break in between, the next cell's quotation mark has closed this one.
    if (/[\r\n]/.test(inside)) throw new ProblemError(problem('file.quote-open', { row: number }));
    const rest = readPlain(end);
    return { cell: inside + rest.cell, end: rest.end };
  };

  const readPlain = (from: number): { cell: string; end: number } => {
    const end = Math.min(nextDelimiter(from), nextBreak(from));
    return { cell: text.slice(from, end), end };
  };

  /** The text between two quotation marks; a doubled one means one. */
  const readInside = (start: number): { inside: string; end: number } => {
    let inside = '';
    let from = start + 1;
    for (;;) {
      const mark = text.indexOf(quote, from);
      if (mark < 0) throw new ProblemError(problem('file.quote-open', { row: number }));
      if (text[mark + 1] !== quote) {
        return { inside: inside + text.slice(from, mark), end: mark + 1 };
      }
      inside += text.slice(from, mark + 1);
      from = mark + 2;
    }
  };

  /** A cell of dozens of lines is the rest of a file whose quotation mark was never closed. */
  const assertClosed = (cells: readonly string[]): void => {
    const isRest = (cell: string) =>
      cell.length > limits.cellCharacters && cell.split(/\r\n|\n|\r/, 52).length > 50;
    if (cells.some(isRest)) throw new ProblemError(problem('file.quote-open', { row: number }));
  };

  return {
    next: () => {
      if (at >= text.length) return undefined;
      number += 1;
      const start = at;
      const end = nextBreak(at);
      const line = text.slice(at, end);
      let cells: string[];
      if (line.includes(quote)) {
        cells = readQuoted();
      } else {
        cells = line.split(delimiter, limits.columns + 1);
        at = afterBreak(end);
      }
      if (at - start > limits.cellCharacters) assertClosed(cells);
      return { number, cells };
    },
  };
}

/**
 * The next position of a sign at or after a position; the text's length when there is none. Positions ascend, and
 * each part of the text is searched once, however rare the sign is.
 */
function createFinder(text: string, sign: string): (from: number) => number {
  let known = -1;
  return (from) => {
    if (known < from) {
      const found = text.indexOf(sign, from);
      known = found < 0 ? text.length : found;
    }
    return known;
  };
}
