/** The result of checking a file: a verdict for every row, and all findings, with the uploader's own headers. */
import type { Problem } from '../../../errors/problem.ts';
import type { NewUser, PasswordPlan, UserDraft, UserField } from '../../new-user.ts';
import type { ColumnPlan } from '../table/plan-columns.ts';
import type { Table } from '../table/table.ts';

/** One problem or notice about one cell. Its sentence is `explain(finding.problem)`. */
export type RowFinding = {
  /** As in `TableRow.number`; null for a finding about the whole file if it has no header row. */
  readonly row: number | null;
  /** The sheet, where several were read together. */
  readonly sheet?: string;
  /** The uploader's header; null for a finding about the whole row. */
  readonly column: string | null;
  /** The field of the user; absent when the column belongs to no field. */
  readonly field?: UserField;
  readonly code: Problem['code'];
  readonly problem: Problem;
  /** A value that could be typed instead. */
  readonly suggestion?: string;
};

/** An automatic correction: surrounding spaces, the case of a name, a phone number's format. */
export type RowCorrection = {
  readonly row: number;
  readonly column: string | null;
  readonly field: UserField;
  readonly from: string;
  readonly to: string;
};

export type RowVerdict =
  | {
      readonly kind: 'good';
      readonly user: NewUser;
      readonly password: PasswordPlan;
      readonly warnings: readonly RowFinding[];
    }
  /** The row is valid, but the username already exists in the instance. */
  | { readonly kind: 'exists'; readonly findings: readonly RowFinding[] }
  | { readonly kind: 'invalid'; readonly findings: readonly RowFinding[] }
  /** It contains no person, but only a template's default values or its example. */
  | { readonly kind: 'empty'; readonly problem: Problem }
  /**
   * The user was created earlier: a results file that was sent again says so, or an identical user exists, in which
   * case `problem` says so.
   */
  | {
      readonly kind: 'created';
      readonly userId: string;
      readonly userArn: string;
      readonly problem?: Problem;
    };

export type CheckedTableRow = {
  readonly number: number;
  /** The values from the file; a password in it is in clear and must be sealed before it is stored (H4). */
  readonly draft: UserDraft;
  readonly verdict: RowVerdict;
  /** Values that were converted to another form. */
  readonly corrections: readonly RowCorrection[];
  /** The sheet that it is on, where several were read together. */
  readonly sheet?: string;
};

export type CheckedTable = {
  readonly table: Table;
  readonly plan: ColumnPlan;
  readonly rows: readonly CheckedTableRow[];
  /** Findings about columns that are not read, which stop nothing. */
  readonly remarks: readonly RowFinding[];
  /** Of all rows that are not good, in their order. */
  readonly findings: readonly RowFinding[];
  /** Of all good rows, in their order. */
  readonly warnings: readonly RowFinding[];
  readonly corrections: readonly RowCorrection[];
  readonly counts: Readonly<Record<RowVerdict['kind'], number>>;
};
