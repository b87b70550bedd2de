/** JSON into a table: a column for every member that some entry has, in the order of appearance. */
import { ProblemError, problem } from '../../../errors/problem.ts';
import { shown } from '../../../text/tidy.ts';
import { createBudget } from '../table/budget.ts';
import {
  type CellProblem,
  type FileLimits,
  standardDialect,
  type Table,
  type TableRow,
  yieldToEventLoop,
} from '../table/table.ts';
import { cellsOfEntry, type JsonCells } from './json-cells.ts';
import { jsonItems, parseItem } from './json-items.ts';

const entriesAtOnce = 100;

/** Reads one CreateUser input, a list of them, or one a line. Throws `ProblemError`. */
export async function readJson(text: string, limits: FileLimits): Promise<Table> {
  const columnAt = new Map<string, number>();
  const entries: JsonCells[] = [];
  const budget = createBudget(limits);
  for (const item of jsonItems(text, limits)) {
    const row = entries.length + 1;
    if (row > limits.rows) {
      throw new ProblemError(problem('file.too-many-rows', { limit: limits.rows }));
    }
    const entry = cellsOfEntry(parseItem(item), row, limits, budget);
    for (const header of entry.cells.keys()) {
      if (!columnAt.has(header)) columnAt.set(header, columnAt.size);
    }
    if (columnAt.size > limits.columns) {
      throw new ProblemError(problem('file.too-many-columns', { limit: limits.columns }));
    }
    entries.push(entry);
    if (row % entriesAtOnce === 0) await yieldToEventLoop();
  }
  if (entries.length === 0) throw new ProblemError(problem('file.empty'));
  const headers = [...columnAt.keys()];
  return {
    kind: 'json',
    headerRow: null,
    headers,
    rows: entries.map((entry, at) => rowOf(entry, at + 1, headers, columnAt)),
    dialect: standardDialect,
    encoding: 'utf-8',
    sheet: null,
    leftOut: [],
  };
}

function rowOf(
  entry: JsonCells,
  number: number,
  headers: readonly string[],
  columnAt: ReadonlyMap<string, number>,
): TableRow {
  const cells = headers.map((header) => entry.cells.get(header) ?? '');
  if (entry.problems.length === 0) return { number, cells };
  const problems = entry.problems.map(
    ({ header, what }): CellProblem => ({
      column: columnAt.get(header) ?? null,
      problem: problem('row.not-a-text', { name: shown(header), what }),
    }),
  );
  return { number, cells, problems };
}
