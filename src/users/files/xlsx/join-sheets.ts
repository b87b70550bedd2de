/** Several sheets of one workbook as one table: for example a sheet per team, with headers of the same meaning. */
import { ProblemError, problem } from '../../../errors/problem.ts';
import type { FileLimits } from '../table/file-limits.ts';
import { knownColumn } from '../table/match-header.ts';
import type { Table, TableRow } from '../table/table.ts';
import type { SheetTable } from './sheet-table.ts';

type Joined = Pick<Table, 'headers' | 'rows' | 'leftOut' | 'hiddenColumns'> & {
  readonly headerRow: number;
};

/** The only sheet unchanged, or all of them below each other; undefined when all are empty. */
export function joinSheets(sheets: readonly SheetTable[], limits: FileLimits): Joined | undefined {
  const filled = sheets.flatMap((sheet) =>
    sheet.headers ? [{ ...sheet, headers: sheet.headers }] : [],
  );
  const [first] = filled;
  if (!first) return undefined;
  if (filled.length === 1) {
    const { headers, rows, leftOut, hiddenColumns } = first;
    return { headerRow: headers.row, headers: headers.texts, rows, leftOut, hiddenColumns };
  }
  const columnAt = new Map<string, number>();
  const headers: string[] = [];
  const hiddenColumns = new Set<number>();
  const rows: TableRow[] = [];
  for (const sheet of filled) {
    const places = sheet.headers.texts.map((header, at) => {
      const meaning = meaningOf(header, at);
      const known = columnAt.get(meaning);
      if (known !== undefined) return known;
      columnAt.set(meaning, headers.length);
      return headers.push(header) - 1;
    });
    for (const at of sheet.hiddenColumns) {
      const place = places[at];
      if (place !== undefined) hiddenColumns.add(place);
    }
    for (const row of sheet.rows) rows.push(placed(row, places, sheet.name));
  }
  if (headers.length > limits.columns) {
    throw new ProblemError(problem('file.too-many-columns', { limit: limits.columns }));
  }
  if (rows.length > limits.rows) {
    throw new ProblemError(problem('file.too-many-rows', { limit: limits.rows }));
  }
  return {
    headerRow: first.headers.row,
    headers,
    rows: rows.map((row) => ({ ...row, cells: headers.map((_, at) => row.cells[at] ?? '') })),
    leftOut: filled.flatMap(({ leftOut }) => leftOut),
    hiddenColumns: [...hiddenColumns],
  };
}

/** Columns of two sheets are combined when they have the same spelling or meaning. */
function meaningOf(header: string, at: number): string {
  const text = header.trim().toLowerCase();
  if (text === '') return `blank ${at}`;
  const key = knownColumn(header)?.key;
  return key === undefined || key === 'securityProfiles' ? `text ${text}` : `key ${key}`;
}

function placed(row: TableRow, places: readonly number[], sheet: string): TableRow {
  const cells: string[] = [];
  for (const [at, cell] of row.cells.entries()) cells[places[at] ?? at] = cell;
  const problems = row.problems?.map(({ column, problem: why }) => ({
    column: column === null ? null : (places[column] ?? column),
    problem: why,
  }));
  return { number: row.number, sheet, cells, ...(problems && { problems }) };
}
