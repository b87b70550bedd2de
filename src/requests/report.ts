/** The report and the results of a file, out of the database. */
import { explain } from '../errors.ts';
import { type ReportKind, type ReportRow, writeReport } from '../users/files/write-report.ts';
import { type ReportRecord, readFileRows, readRequestFile } from './files-store.ts';
import type { RowState } from './states.ts';
import type { Db } from './store.ts';

const rowsAtOnce = 1_000;

/** `report`: what was found before anybody was asked. `results`: what became of every row. */
export async function reportBytes(
  db: Db,
  requestId: number,
  kind: ReportKind,
): Promise<Uint8Array> {
  const file = await readRequestFile(db, requestId);
  if (!file?.layout) throw new Error(`request ${requestId} has no file that was read`);
  const { layout } = file;
  const rows: ReportRow[] = [];
  for (let after = 0; ; ) {
    const page = await readFileRows(db, requestId, { after, limit: rowsAtOnce });
    for (const row of page) rows.push(reportRow(row, layout.headers, kind));
    const last = page.at(-1);
    if (!last || page.length < rowsAtOnce) break;
    after = last.position;
  }
  return writeReport(layout, rows, kind);
}

function reportRow(row: ReportRecord, headers: readonly string[], kind: ReportKind): ReportRow {
  const cells = row.cells ?? [];
  const remark = row.remark ?? { problem: '', suggestion: '' };
  const before = { cells, problem: remark.problem, suggestion: remark.suggestion };
  if (row.state === 'skipped') {
    // Said by the results file that was sent again: its own words are kept.
    const said = (title: string) =>
      cells[headers.findIndex((header) => header.trim().toLowerCase() === title)] ?? '';
    return { ...before, status: 'created', userId: said('user_id'), userArn: said('user_arn') };
  }
  if (kind === 'report' || row.state === 'wrong') {
    return { ...before, status: row.state === 'wrong' ? 'mistake' : 'good' };
  }
  return {
    cells,
    status: resultWords[row.state],
    problem: row.problem ? explain(row.problem) : '',
    suggestion: '',
    userId: row.user_id ?? '',
    userArn: row.user_arn ?? '',
  };
}

const resultWords: Record<Exclude<RowState, 'wrong' | 'skipped'>, string> = {
  created: 'created',
  failed: 'failed',
  cancelled: 'cancelled',
  waiting: 'not created yet',
  sending: 'not created yet',
  unclear: 'not created yet',
};
