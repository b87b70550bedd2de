/** One sheet of a workbook as a table: its header, its rows, and its hidden parts. */
import { problem } from '../../../errors/problem.ts';
import { createTableBuilder } from '../table/build-table.ts';
import type { Headers } from '../table/row-cells.ts';
import type { LeftOut, TableRow } from '../table/table.ts';
import { withMergedCells } from './merged-cells.ts';
import { readSheet, type SheetDeps } from './sheet.ts';

/** A sheet of 10,000 users with more merged cells than these is a drawing and not a list. */
const mostMerged = 10_000;

export type SheetTable = {
  readonly name: string;
  /** Undefined when the sheet is empty. */
  readonly headers?: Headers;
  readonly rows: readonly TableRow[];
  readonly leftOut: readonly LeftOut[];
  readonly hiddenColumns: readonly number[];
};

/** Reads a sheet. Hidden rows are left out, and hidden columns are reported. */
export async function readSheetTable(
  name: string,
  pieces: AsyncIterable<string>,
  reading: Omit<SheetDeps, 'onRow' | 'onHiddenColumns' | 'onMerged'>,
): Promise<SheetTable> {
  const builder = createTableBuilder(reading.limits, { sparse: true });
  const hiddenRows: number[] = [];
  const hiddenColumns = new Set<number>();
  const merged: string[] = [];
  await readSheet(pieces, {
    ...reading,
    onHiddenColumns: (from, to) => {
      for (let at = from; at <= to; at += 1) hiddenColumns.add(at);
    },
    onMerged: (range) => {
      if (merged.length < mostMerged) merged.push(range);
    },
    onRow: (row) => {
      if (row.hidden) hiddenRows.push(row.number);
      else builder.add(row);
    },
  });
  const { headers, rows: read, leftOut } = builder.end();
  const { rows, filled } = headers
    ? withMergedCells(read, merged, headers.texts)
    : { rows: read, filled: [] };
  const hidden: LeftOut[] =
    hiddenRows.length === 0
      ? []
      : [{ problem: problem('left-out.rows-hidden'), rows: hiddenRows, column: null }];
  return {
    name,
    ...(headers && { headers }),
    rows,
    leftOut: [...leftOut, ...filled, ...hidden],
    hiddenColumns: [...hiddenColumns],
  };
}
