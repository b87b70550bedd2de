/** The report and the results of a file, from the database. */

import { explain } from '../../errors/problem.ts';
import type { Db } from '../../storage/database.ts';
import { withRemovedMarks } from '../../users/files/check/hide-passwords.ts';
import {
  createReportWriter,
  type RowOutcome,
  type RowStatus,
} from '../../users/files/report/write-report.ts';
import { yieldToEventLoop } from '../../users/files/table/table.ts';
import type { RowState } from '../model/states.ts';
import { type ReportRecord, readFileRows, readRequestFile } from '../store/files-store.ts';

/** A page of rows of maximum size takes a few megabytes. */
const rowsAtOnce = 200;

/** `checked`: the findings before an approval was requested. `results`: the outcome of every row. */
export type ReportKind = 'checked' | 'results';

/** Reads one page of rows at a time, so that a large file is in memory only as bytes; returns them in parts. */
export async function reportBytes(
  db: Db,
  requestId: number,
  kind: ReportKind,
): Promise<readonly Uint8Array[]> {
  const file = await readRequestFile(db, requestId);
  if (!file?.layout) throw new Error(`request ${requestId} has no file that was read`);
  const { layout } = file;
  const report = createReportWriter(layout, kind);
  for (let after = 0; ; ) {
    const page = await readFileRows(db, requestId, { after, limit: rowsAtOnce });
    for (const row of page) {
      report.add({ cells: reportedCells(row) }, outcomeOf(row, layout.headers, kind));
    }
    const last = page.at(-1);
    if (!last || page.length < rowsAtOnce) break;
    after = last.position;
    await yieldToEventLoop();
  }
  return report.parts();
}

function reportedCells({ cells, kept }: ReportRecord): readonly string[] {
  return withRemovedMarks(cells ?? [], kept?.problems ?? []);
}

function outcomeOf(row: ReportRecord, headers: readonly string[], kind: ReportKind): RowOutcome {
  const remark = row.remark ?? { problem: '', suggestion: '' };
  if (row.state === 'skipped') {
    // The results file that was sent again contains these words, which are kept.
    const said = (title: string) =>
      row.cells?.[headers.findIndex((header) => header.trim().toLowerCase() === title)] ?? '';
    return { status: 'already created', userId: said('user_id'), userArn: said('user_arn') };
  }
  if (kind === 'checked' || row.state === 'wrong') {
    return { status: row.state === 'wrong' ? 'invalid' : 'ready', ...remark };
  }
  return {
    status: statuses[row.state],
    problem: [row.problem, row.follow_up_problem]
      .flatMap((why) => (why ? [explain(why)] : []))
      .join(' '),
    userId: row.user_id ?? '',
    userArn: row.user_arn ?? '',
  };
}

const statuses: Record<Exclude<RowState, 'wrong' | 'skipped'>, RowStatus> = {
  created: 'created',
  failed: 'failed',
  left_out: 'not created',
  cancelled: 'not created',
  waiting: 'not created',
  sending: 'not created',
  unclear: 'unclear',
};
