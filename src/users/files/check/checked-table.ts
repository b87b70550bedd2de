/** What a checked file is: a verdict for every row, and everything found, in the uploader's own words. */
import type { Problem } from '../../../errors/problem.ts';
import type { NewUser, PasswordPlan, UserDraft, UserField } from '../../new-user.ts';
import type { ColumnPlan } from '../table/plan-columns.ts';
import type { Table } from '../table/table.ts';

/** One thing wrong, or worth knowing, in one cell. The sentence is `explain(finding.problem)`. */
export type RowFinding = {
  /** As in `TableRow.number`; null for something about the whole file where it has no header row. */
  readonly row: number | null;
  /** The sheet, where several were read together. */
  readonly sheet?: string;
  /** The uploader's header; null when the whole row is meant. */
  readonly column: string | null;
  /** The field of the user; absent where no field is behind the column. */
  readonly field?: UserField;
  readonly code: Problem['code'];
  readonly problem: Problem;
  /** What could be typed instead. */
  readonly suggestion?: string;
};

/** Something silently put right: surrounding spaces, the case of a name, a phone number's form. */
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
  /** Nothing is wrong with it, but somebody has this username in the instance already. */
  | { readonly kind: 'exists'; readonly findings: readonly RowFinding[] }
  | { readonly kind: 'invalid'; readonly findings: readonly RowFinding[] }
  /** Nobody is in it: it holds what a template fills in, or the template's own example. */
  | { readonly kind: 'empty'; readonly problem: Problem }
  /**
   * The user was created before: a results file that was sent again says so, or an identical user exists, in which case
   * `problem` says so.
   */
  | {
      readonly kind: 'created';
      readonly userId: string;
      readonly userArn: string;
      readonly problem?: Problem;
    };

export type CheckedTableRow = {
  readonly number: number;
  /** As the file has it; a password in it is in clear and must be sealed before it is stored (H4). */
  readonly draft: UserDraft;
  readonly verdict: RowVerdict;
  /** What was taken in another form than it was written in. */
  readonly corrections: readonly RowCorrection[];
  /** The sheet that it is on, where several were read together. */
  readonly sheet?: string;
};

export type CheckedTable = {
  readonly table: Table;
  readonly plan: ColumnPlan;
  readonly rows: readonly CheckedTableRow[];
  /** About columns that are not read; they stop nothing. */
  readonly remarks: readonly RowFinding[];
  /** Of all rows that are not good, in their order. */
  readonly findings: readonly RowFinding[];
  /** Of all good rows, in their order. */
  readonly warnings: readonly RowFinding[];
  readonly corrections: readonly RowCorrection[];
  readonly counts: Readonly<Record<RowVerdict['kind'], number>>;
};
