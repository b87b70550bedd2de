/** Converts a text file with any delimiters into a table. */
import { ProblemError, problem } from '../../../errors/problem.ts';
import { createTableBuilder, knownCells } from '../table/build-table.ts';
import type { FileLimits } from '../table/file-limits.ts';
import {
  type Delimiter,
  type Dialect,
  isBlank,
  type Table,
  yieldToEventLoop,
} from '../table/table.ts';
import { createCsvReader } from './csv-records.ts';

/** Reports of databases use bars; ours never do. */
type ReadDelimiter = Delimiter | '|';

const delimiters: readonly ReadDelimiter[] = [',', ';', '\t', '|'];
/** How many records are read before yielding to the event loop. */
const recordsAtOnce = 500;
/** How far the end of the first line is searched: several times the longest header. */
const headCharacters = 128 * 1024;

/** `sep=;`, which sets the delimiter in Excel; with quotation marks when such a file was saved again. */
const separatorLine = /^"?sep=([,;\t|])"?[,;\t|]*(?:\r\n|\n|\r)/i;
/** How many records are examined to determine the delimiter, because a title can precede the header. */
const recordsTried = 12;

/**
 * Reads decoded text. Throws `ProblemError` when it cannot be read as a table.
 *
 * @param how the encoding with which it was read, and the one for its report
 */
export async function readCsv(
  text: string,
  how: Pick<Dialect, 'encoding' | 'bom'> & { readonly readAs: string },
  limits: FileLimits,
): Promise<Table> {
  // For any delimiter: a row of only the others would look like a header.
  if (!/[^\s,;"]/.test(text)) throw new ProblemError(problem('file.empty'));
  const told = separatorLine.exec(text)?.[1] as ReadDelimiter | undefined;
  const delimiter = told ?? likelyDelimiter(text, limits);
  const reader = createCsvReader(text, delimiter, limits);
  if (told) reader.next();
  const builder = createTableBuilder(limits, { sparse: false });
  for (let count = 1; ; count += 1) {
    if (count % recordsAtOnce === 0) await yieldToEventLoop();
    const record = reader.next();
    if (!record) break;
    builder.add(record);
  }
  const { headers, rows, leftOut } = builder.end();
  if (!headers) throw new ProblemError(problem('file.empty'));
  const { readAs, encoding, bom } = how;
  return {
    kind: 'csv',
    headerRow: headers.row,
    headers: headers.texts,
    rows,
    // A bar separates several names in a cell, so a report has another delimiter.
    dialect: { encoding, bom, delimiter: delimiter === '|' ? ',' : delimiter, eol: eolOf(text) },
    encoding: readAs,
    sheet: null,
    leftOut,
  };
}

/**
 * The delimiter with which one of the first lines has the most known columns, or otherwise the most columns. Counting
 * characters would fail, because website headers contain commas and bars, and German numbers contain commas.
 */
function likelyDelimiter(text: string, limits: FileLimits): ReadDelimiter {
  const head = text.trimStart().slice(0, headCharacters);
  const scored = delimiters.map((delimiter) => {
    const records = firstRecords(head, delimiter, limits);
    const known = Math.max(0, ...records.map(knownCells));
    return { delimiter, score: known * 1_000 + (records[0]?.length ?? 0) };
  });
  const best = scored.reduce((left, right) => (right.score > left.score ? right : left));
  return best.delimiter;
}

function firstRecords(
  text: string,
  delimiter: ReadDelimiter,
  limits: FileLimits,
): readonly (readonly string[])[] {
  const records: (readonly string[])[] = [];
  try {
    const reader = createCsvReader(text, delimiter, limits);
    while (records.length < recordsTried) {
      const record = reader.next();
      if (!record) break;
      if (!isBlank(record.cells)) records.push(record.cells);
    }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
  }
  return records;
}

function eolOf(text: string): Dialect['eol'] {
  const first = /\r\n|\n|\r/.exec(text)?.[0];
  return first === '\n' || first === '\r' ? first : '\r\n';
}
