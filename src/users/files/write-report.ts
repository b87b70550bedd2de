/**
 * The file that goes back to its uploader: their own columns in their own order and dialect, and what became
 * of each row. It can be mended and sent again as it is, and no cell of it can become a formula.
 */
import { reportTitles } from './columns.ts';
import { encode } from './encoding.ts';
import { guardedCell } from './formula-guard.ts';
import type { Dialect, Table } from './table.ts';

export type ReportRow = {
  readonly cells: readonly string[];
  readonly status: string;
  readonly problem: string;
  readonly suggestion: string;
  readonly userId?: string;
  readonly userArn?: string;
};

/** What is known about users that were created is in the results file only. */
export type ReportKind = 'report' | 'results';

/**
 * Writes the report as CSV. Columns that an earlier report added are replaced, not repeated. The caller has
 * taken passwords out of the cells (H4).
 */
export function writeReport(
  table: Pick<Table, 'headers' | 'dialect'>,
  rows: readonly ReportRow[],
  kind: ReportKind,
): Uint8Array {
  const { dialect } = table;
  const ours = new Set<string>(reportTitles);
  const kept = table.headers.flatMap((header, at) =>
    ours.has(header.trim().toLowerCase()) ? [] : [at],
  );
  const header = [
    ...kept.map((at) => table.headers[at] ?? ''),
    'status',
    ...(kind === 'results' ? ['user_id', 'user_arn'] : []),
    'problem',
    'suggestion',
  ];
  const lines = rows.map((row) => [
    ...kept.map((at) => row.cells[at] ?? ''),
    row.status,
    ...(kind === 'results' ? [row.userId ?? '', row.userArn ?? ''] : []),
    row.problem,
    row.suggestion,
  ]);
  const text = [header, ...lines].map((cells) => line(cells, dialect) + dialect.eol).join('');
  return encode(text, withMark(dialect));
}

function line(cells: readonly string[], dialect: Dialect): string {
  return cells.map((cell) => quoted(guardedCell(cell), dialect)).join(dialect.delimiter);
}

function quoted(cell: string, dialect: Dialect): string {
  const plain = !cell.includes(dialect.delimiter) && !/["\r\n]|^\s|\s$/.test(cell);
  return plain ? cell : `"${cell.replaceAll('"', '""')}"`;
}

/** Without a mark, Excel takes UTF-8 for the machine's old encoding. */
function withMark(dialect: Dialect): Pick<Dialect, 'encoding' | 'bom'> {
  return { encoding: dialect.encoding, bom: dialect.bom || dialect.encoding !== 'windows-1252' };
}
