/** Detects rows without a person: those with only a template's default values, and the template's own example. */
import { type Problem, problem } from '../../../errors/problem.ts';
import type { UserDraft } from '../../new-user.ts';
import type { ColumnKey } from '../table/known-columns.ts';
import type { ColumnPlan } from '../table/plan-columns.ts';
import { exampleUser } from '../templates/example.ts';

/** Columns with personal values; all others can be filled down a whole column. */
const personal: readonly ColumnKey[] = [
  'username',
  'firstName',
  'lastName',
  'email',
  'secondaryEmail',
  'mobile',
  'deskPhoneNumber',
  'password',
  'directoryUserId',
];

/** The default values of this bot's templates and of the admin website's guides. */
const defaults = new Set([
  'soft',
  'desk',
  'yes',
  'no',
  'true',
  'false',
  '0',
  '60',
  'none',
  'team=north|site=york',
]);

/** How often each value occurs in each column that is not personal. */
export type FilledDown = ReadonlyMap<number, ReadonlyMap<string, number>>;

/** Why a row contains no person; undefined when it does. */
export function emptyRow(
  cells: readonly string[],
  draft: UserDraft,
  plan: ColumnPlan,
  filledDown: () => FilledDown,
): Problem | undefined {
  if (isExample(draft) || /^example:/i.test(cells[0] ?? '')) return problem('row.example');
  for (const key of personal) {
    const at = plan.at.get(key);
    if (at !== undefined && (cells[at] ?? '').trim() !== '') return undefined;
  }
  return holdsDefaults(cells, filledDown) ? problem('row.defaults-only') : undefined;
}

/** Whether each cell is empty, or has a value that is filled in for everybody. */
function holdsDefaults(cells: readonly string[], filledDown: () => FilledDown): boolean {
  return cells.every((cell, at) => {
    const text = cell.trim().toLowerCase();
    return text === '' || defaults.has(text) || (filledDown().get(at)?.get(text) ?? 0) > 1;
  });
}

function isExample(draft: UserDraft): boolean {
  const { firstName, lastName, username, email } = draft;
  return (
    username === exampleUser.username &&
    firstName === exampleUser.firstName &&
    lastName === exampleUser.lastName &&
    (email === undefined || email === exampleUser.email)
  );
}

/** Counts the values of all rows, once, at the first call. */
export function countFilledDown(
  rows: readonly { readonly cells: readonly string[] }[],
): FilledDown {
  const counts = new Map<number, Map<string, number>>();
  for (const { cells } of rows) {
    for (const [at, cell] of cells.entries()) {
      const text = cell.trim().toLowerCase();
      if (text === '') continue;
      const column = counts.get(at) ?? new Map<string, number>();
      column.set(text, (column.get(text) ?? 0) + 1);
      counts.set(at, column);
    }
  }
  return counts;
}
