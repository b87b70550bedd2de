/** The first non-ASCII names of a text file, to show how an encoding reads them. */
import { ProblemError } from '../../../errors/problem.ts';
import { shown } from '../../../text/tidy.ts';
import type { FileLimits } from '../table/file-limits.ts';
import { knownColumn } from '../table/match-header.ts';
import { readCsv } from './read-csv.ts';

const mostNames = 3;
/** The header and the lines that differ from one encoding to the next. */
const mostLines = 60;
const headLines = 12;
const beyondAscii = /[^ -~\s]/;

/** Up to three names; parts of lines when no column of names is known. */
export async function namesIn(text: string, limits: FileLimits): Promise<string[]> {
  const lines = text.slice(0, 2_000_000).split(/\r\n|\n|\r/);
  const odd = lines.slice(headLines).filter((line) => beyondAscii.test(line));
  const sample = [...lines.slice(0, headLines), ...odd.slice(0, mostLines)].join('\n');
  try {
    const how = { encoding: 'utf-8', bom: false, readAs: 'utf-8' } as const;
    const { headers, rows } = await readCsv(sample, how, limits);
    const keys: readonly (string | undefined)[] = headers.map((header) => knownColumn(header)?.key);
    const columns = ['firstName', 'lastName']
      .map((key) => keys.indexOf(key))
      .filter((at) => at >= 0);
    const names = rows.map(({ cells }) =>
      (columns.length > 0
        ? columns.map((at) => cells[at] ?? '')
        : cells.filter((cell) => beyondAscii.test(cell))
      )
        .join(' ')
        .trim(),
    );
    return names
      .filter((name) => beyondAscii.test(name))
      .slice(0, mostNames)
      .map(shown);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return odd.slice(0, mostNames).map(shown);
  }
}
