/** The uploader's own table with the outcome of each row next to it; after correction, it can be sent unchanged. */
import { explain } from '../../../errors/problem.ts';
import type { RowFinding } from '../check/checked-table.ts';
import { reportTitles } from '../table/known-columns.ts';
import { knownColumn } from '../table/match-header.ts';
import type { Table, TableRow } from '../table/table.ts';
import { createCsvWriter } from './write-csv.ts';

/**
 * `created` and `already created` rows are skipped when the report is sent again. The others are words for people;
 * `ready` belongs to the report before the approval.
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

export type ReportWriter = {
  /** Adds the next row of the table, with its outcome; a row without an outcome gets no text. */
  add(row: Pick<TableRow, 'cells'>, outcome?: RowOutcome): void;
  /** The whole file in parts, as `CsvWriter` has it. */
  parts(): readonly Uint8Array[];
};

/**
 * Writes the table as CSV in its own dialect, one row at a time, with the columns that a report adds; `checked` is
 * the report before the approval, which has no ids. Passwords are removed, and their header stays (H4). No cell can
 * become a formula (H6). `readTable` reads it back unchanged, except for the passwords.
 */
export function createReportWriter(
  layout: Pick<Table, 'headers' | 'dialect'>,
  kind: 'checked' | 'results' = 'results',
): ReportWriter {
  const own = layout.headers.flatMap((header, at) => {
    const key = knownColumn(header)?.key;
    const isOurs = reportTitles.some((title) => title === key);
    return isOurs ? [] : [{ at, header, isPassword: key === 'password' }];
  });
  const titles = kind === 'results' ? reportTitles : (['status', 'problem', 'suggestion'] as const);
  // Without the byte order mark Excel reads UTF-8 as another encoding, and our sentences are not only ASCII.
  const csv = createCsvWriter({ ...layout.dialect, bom: true });
  csv.add([...own.map(({ header }) => header), ...titles]);
  return {
    add: (row, outcome) => {
      const {
        status = '',
        problem = '',
        suggestion = '',
        userId = '',
        userArn = '',
      } = outcome ?? {};
      const cells = own.map(({ at, isPassword }) => (isPassword ? '' : (row.cells[at] ?? '')));
      const said =
        kind === 'results'
          ? [status, userId, userArn, problem, suggestion]
          : [status, problem, suggestion];
      csv.add([...cells, ...said]);
    },
    parts: csv.parts,
  };
}

/** Several findings of one row in its two cells, each after the column that it concerns. */
export function inCells(
  findings: readonly RowFinding[],
): Pick<RowOutcome, 'problem' | 'suggestion'> {
  const problems = findings.map((finding) => labelled(finding.column, explain(finding.problem)));
  const suggestions = findings.flatMap((finding) =>
    finding.suggestion === undefined ? [] : [labelled(finding.column, finding.suggestion)],
  );
  return {
    ...(problems.length > 0 && { problem: problems.join(' · ') }),
    ...(suggestions.length > 0 && { suggestion: suggestions.join(' · ') }),
  };
}

function labelled(column: string | null, text: string): string {
  return column === null ? text : `${column}: ${text}`;
}
