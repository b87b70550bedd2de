/** A text file with delimiters, whichever they are, into a table. */
import { ProblemError, problem } from '../../../errors/problem.ts';
import { knownColumn } from '../table/columns.ts';
import { type Headers, headersOf, rowOf } from '../table/rows.ts';
import {
  type Delimiter,
  type Dialect,
  type FileLimits,
  isBlank,
  type Table,
  type TableRow,
  yieldToEventLoop,
} from '../table/table.ts';
import { createCsvReader } from './csv-records.ts';

const delimiters: readonly Delimiter[] = [',', ';', '\t'];
/** How many records are read before others get their turn. */
const recordsAtOnce = 500;
/** How far is looked for the end of the first line: several times the longest header. */
const headCharacters = 128 * 1024;

/** Reads decoded text. Throws `ProblemError` when it cannot be read as a table. */
export async function readCsv(
  text: string,
  how: Pick<Dialect, 'encoding' | 'bom'>,
  limits: FileLimits,
): Promise<Table> {
  // Whichever delimiter it is: a row of the others would pass for a header.
  if (!/[^\s,;"]/.test(text)) throw new ProblemError(problem('file.empty'));
  const told = /^sep=([,;\t])(?:\r\n|\n|\r)/i.exec(text);
  const delimiter = (told?.[1] as Delimiter | undefined) ?? likelyDelimiter(text, limits);
  const reader = createCsvReader(text, delimiter, limits);
  if (told) reader.next();
  let headers: Headers | undefined;
  const rows: TableRow[] = [];
  for (let count = 1; ; count += 1) {
    if (count % recordsAtOnce === 0) await yieldToEventLoop();
    const record = reader.next();
    if (!record) break;
    if (isBlank(record.cells)) continue;
    if (!headers) {
      headers = headersOf(record.number, record.cells, limits);
      continue;
    }
    if (rows.length >= limits.rows) {
      throw new ProblemError(problem('file.too-many-rows', { limit: limits.rows }));
    }
    rows.push(rowOf(record.number, record.cells, headers));
  }
  if (!headers) throw new ProblemError(problem('file.empty'));
  return {
    kind: 'csv',
    headerRow: headers.row,
    headers: headers.texts,
    rows,
    dialect: { ...how, delimiter, eol: eolOf(text) },
  };
}

/**
 * The delimiter under which the first line has the most columns that are known, or else the most columns.
 * Counting letters would fail: website headers hold commas and bars, German numbers hold commas.
 */
function likelyDelimiter(text: string, limits: FileLimits): Delimiter {
  const head = text.trimStart().slice(0, headCharacters);
  const scored = delimiters.map((delimiter) => {
    const cells = firstRecord(head, delimiter, limits);
    const known = cells.filter((cell) => knownColumn(cell) !== undefined).length;
    return { delimiter, score: known * 1_000 + cells.length };
  });
  const best = scored.reduce((one, other) => (other.score > one.score ? other : one));
  return best.delimiter;
}

function firstRecord(text: string, delimiter: Delimiter, limits: FileLimits): readonly string[] {
  try {
    const reader = createCsvReader(text, delimiter, limits);
    for (let record = reader.next(); record; record = reader.next()) {
      if (!isBlank(record.cells)) return record.cells;
    }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
  }
  return [];
}

function eolOf(text: string): Dialect['eol'] {
  const first = /\r\n|\n|\r/.exec(text)?.[0];
  return first === '\n' || first === '\r' ? first : '\r\n';
}
