/** Converts JSON into a table: a column for every member that any entry has, in order of appearance. */
import { ProblemError, problem } from '../../../../errors/problem.ts';
import { shown } from '../../../../text/tidy.ts';
import { createLeftOut } from '../../table/build-table.ts';
import type { FileLimits } from '../../table/file-limits.ts';
import { notWanted, type StatusColumn, statusColumns } from '../../table/inactive-rows.ts';
import {
  type CellProblem,
  standardDialect,
  type Table,
  type TableRow,
  yieldToEventLoop,
} from '../../table/table.ts';
import { createBudget } from '../../table/text-limit.ts';
import { cellId, cellsOfEntry, type JsonCells } from './json-cells.ts';
import { jsonItems, parseItem } from './json-items.ts';
import { hasMorePages, listInOutput, userOfEntry } from './json-output.ts';
import { repeatedMembers } from './repeated-members.ts';

const entriesAtOnce = 100;

type Column = { readonly at: number; readonly header: string };

/**
 * Reads one CreateUser input, a list of them, one per line, or the output of `aws connect describe-user` and
 * `search-users`. Throws `ProblemError`.
 */
export async function readJson(text: string, limits: FileLimits): Promise<Table> {
  const columns = new Map<string, Column>();
  const entries: JsonCells[] = [];
  const budget = createBudget(limits);
  const leftOut = createLeftOut();
  const listAt = listInOutput(text);
  for (const item of jsonItems(text, limits, listAt)) {
    const row = entries.length + 1;
    if (row > limits.rows) {
      throw new ProblemError(problem('file.too-many-rows', { limit: limits.rows }));
    }
    const read = cellsOfEntry(userOfEntry(parseItem(item)), row, limits, budget);
    const entry = { ...read, problems: [...read.problems, ...repeatedMembers(item.text)] };
    for (const [id, { header }] of entry.cells) {
      if (!columns.has(id)) columns.set(id, { at: columns.size, header });
    }
    if (columns.size > limits.columns) {
      throw new ProblemError(problem('file.too-many-columns', { limit: limits.columns }));
    }
    for (const member of entry.leftOut) leftOut.add(problem('left-out.skeleton', { member }), row);
    entries.push(entry);
    if (row % entriesAtOnce === 0) await yieldToEventLoop();
  }
  if (entries.length === 0) throw new ProblemError(problem('file.empty'));
  const headers = [...columns.values()].map(({ header }) => header);
  const status = statusColumns(headers);
  const morePages = listAt !== undefined && hasMorePages(text);
  return {
    kind: 'json',
    headerRow: null,
    headers,
    rows: entries.map((entry, at) => wantedRow(rowOf(entry, at + 1, columns), status, headers)),
    dialect: standardDialect,
    encoding: 'utf-8',
    sheet: null,
    leftOut: [
      ...leftOut.list(),
      ...(morePages ? [{ problem: problem('left-out.more-pages'), rows: [], column: null }] : []),
    ],
  };
}

/** The row with a problem if its own members say that nobody should be created: `"suspended": true`. */
function wantedRow(
  row: TableRow,
  status: readonly StatusColumn[],
  headers: readonly string[],
): TableRow {
  const why = status.length === 0 ? undefined : notWanted(row.cells, status, headers);
  return why
    ? { ...row, problems: [...(row.problems ?? []), { column: null, problem: why }] }
    : row;
}

function rowOf(entry: JsonCells, number: number, columns: ReadonlyMap<string, Column>): TableRow {
  const cells = [...columns.keys()].map((id) => entry.cells.get(id)?.text ?? '');
  if (entry.problems.length === 0) return { number, cells };
  const problems = entry.problems.map(
    ({ header, what }): CellProblem => ({
      column: columns.get(cellId(header))?.at ?? null,
      problem: problem('row.not-a-text', { name: shown(header), what }),
    }),
  );
  return { number, cells, problems };
}
