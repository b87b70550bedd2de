/** The uploader's own table with what became of each row beside it; mended, it can be sent as it is. */
import { explain } from '../../../errors/problem.ts';
import type { RowFinding } from '../check/checked-table.ts';
import { knownColumn, reportTitles } from '../table/columns.ts';
import type { Table } from '../table/table.ts';
import { writeCsv } from './write-csv.ts';

/**
 * `created` and `already created` rows are left alone when the report is sent again. The others are words
 * for people; `ready` belongs to the report before the approval.
 */
export type RowStatus =
  | 'ready'
  | 'exists'
  | 'invalid'
  | 'created'
  | 'already created'
  | 'failed'
  | 'unclear'
  | 'not created';

export type RowOutcome = {
  readonly status: RowStatus;
  readonly problem?: string;
  readonly suggestion?: string;
  readonly userId?: string;
  readonly userArn?: string;
};

/**
 * Writes the table as CSV in its own dialect, with the columns that a report adds; `checked` is the report
 * before the approval, which knows no ids. Passwords are blanked, their header stays (H4). No cell can
 * become a formula (H6). `readTable` reads it back as it was, but for the passwords.
 *
 * @param outcomes by row number; a row without one gets empty cells
 */
export function writeReport(
  table: Table,
  outcomes: ReadonlyMap<number, RowOutcome>,
  kind: 'checked' | 'results' = 'results',
): Uint8Array {
  const own = table.headers.flatMap((header, at) => {
    const key = knownColumn(header)?.key;
    const isOurs = reportTitles.some((title) => title === key);
    return isOurs ? [] : [{ at, header, isPassword: key === 'password' }];
  });
  const titles = kind === 'results' ? reportTitles : (['status', 'problem', 'suggestion'] as const);
  const header = [...own.map((it) => it.header), ...titles];
  const lines = table.rows.map((row) => {
    const {
      status = '',
      problem = '',
      suggestion = '',
      userId = '',
      userArn = '',
    } = outcomes.get(row.number) ?? {};
    const cells = own.map(({ at, isPassword }) => (isPassword ? '' : (row.cells[at] ?? '')));
    return kind === 'results'
      ? [...cells, status, userId, userArn, problem, suggestion]
      : [...cells, status, problem, suggestion];
  });
  // Without the mark Excel reads UTF-8 as something else, and our sentences hold more than ASCII.
  return writeCsv([header, ...lines], { ...table.dialect, bom: true });
}

/** Several findings of one row in its two cells, each behind the column that it is about. */
export function inCells(
  findings: readonly RowFinding[],
): Pick<RowOutcome, 'problem' | 'suggestion'> {
  const problems = findings.map((it) => labelled(it.column, explain(it.problem)));
  const suggestions = findings.flatMap((it) =>
    it.suggestion === undefined ? [] : [labelled(it.column, it.suggestion)],
  );
  return {
    ...(problems.length > 0 && { problem: problems.join(' · ') }),
    ...(suggestions.length > 0 && { suggestion: suggestions.join(' · ') }),
  };
}

function labelled(column: string | null, text: string): string {
  return column === null ? text : `${column}: ${text}`;
}
