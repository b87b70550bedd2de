/** Cells of a sheet that are merged vertically: the value of the first applies to every row that they cover. */
import { problem } from '../../../errors/problem.ts';
import { shown } from '../../../text/tidy.ts';
import type { ColumnKey } from '../table/known-columns.ts';
import { knownColumn } from '../table/match-header.ts';
import type { LeftOut, TableRow } from '../table/table.ts';
import { columnOf } from './sheet.ts';

/** Columns whose values several people can share, unlike a name, an address or a number. */
const shared: ReadonlySet<ColumnKey> = new Set([
  'routingProfile',
  'securityProfiles',
  'agentHierarchy',
  'userHierarchy',
  'hierarchyLevel.1',
  'hierarchyLevel.2',
  'hierarchyLevel.3',
  'hierarchyLevel.4',
  'hierarchyLevel.5',
  'phoneType',
  'autoAccept',
  'afterContactWorkSeconds',
  'preset',
  'tags',
  'instance',
]);

/** A merged cell can extend to Excel's last row; a list of users is shorter. */
const mostRows = 10_000;

/**
 * The rows with the values of merged cells filled in, in columns whose values people can share, and a remark for
 * each.
 *
 * @param ranges such as `G2:G3`
 */
export function withMergedCells(
  rows: readonly TableRow[],
  ranges: readonly string[],
  headers: readonly string[],
): { rows: readonly TableRow[]; filled: LeftOut[] } {
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  const filled: LeftOut[] = [];
  for (const range of ranges) {
    const [, from, first, to, last] =
      /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(range) ?? [];
    const [column, top, bottom] = [columnOf(from), Number(first), Number(last)];
    if (from !== to || column === undefined || !(bottom > top)) continue;
    const key = knownColumn(headers[column] ?? '')?.key;
    const text = byNumber.get(top)?.cells[column] ?? '';
    if (key === undefined || !shared.has(key) || text.trim() === '') continue;
    const covered: number[] = [];
    for (let number = top + 1; number <= Math.min(bottom, top + mostRows); number += 1) {
      const row = byNumber.get(number);
      if (!row || (row.cells[column] ?? '') !== '') continue;
      byNumber.set(number, { ...row, cells: row.cells.with(column, text) });
      covered.push(number);
    }
    const why = problem('merged.filled', { text: shown(text) });
    if (covered.length > 0) filled.push({ problem: why, rows: covered, column: null });
  }
  const isAsBefore = filled.length === 0;
  return { rows: isAsBefore ? rows : rows.map((row) => byNumber.get(row.number) ?? row), filled };
}
