/** The rows of a request as they were checked: what an approval is bound to. */
import type { RowRecord } from '../storage/schema.ts';
import type { NewUser, PasswordPlan } from '../users/new-user.ts';

export type CheckedRow = {
  readonly position: number;
  readonly user: NewUser;
  readonly password: PasswordPlan;
};

/** Leaves out rows that were never checked: nothing can be approved or created for them. */
export function checkedRows(rows: readonly RowRecord[]): CheckedRow[] {
  return rows.flatMap((row) =>
    row.new_user && row.password_plan
      ? [{ position: row.position, user: row.new_user, password: row.password_plan }]
      : [],
  );
}
