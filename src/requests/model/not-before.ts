/** Whether users can be created not before a moment: not in the past, not too far ahead, not after their passwords. Pure. */
import { type Problem, problem } from '../../errors/problem.ts';
import { moment } from '../../text/utc-moment.ts';

/**
 * How far ahead it may be: the longest life of an approval. All of it is checked again when it is due, but after three
 * months nobody remembers why they approved.
 */
export const furthestDays = 90;

/** A picker shows whole minutes: the minute that is running is not in the past yet. */
const toleranceMs = 60_000;

export function whyNotThen(
  at: Date,
  { now, typedPasswordUntil }: { readonly now: Date; readonly typedPasswordUntil: Date | null },
): Problem | null {
  if (at.getTime() < now.getTime() - toleranceMs) return problem('not-before.past');
  const furthest = new Date(now.getTime() + furthestDays * 24 * 3600_000);
  if (at > furthest) return problem('not-before.too-far', { days: furthestDays });
  if (typedPasswordUntil && at > typedPasswordUntil) {
    return problem('not-before.password', { until: moment(typedPasswordUntil) });
  }
  return null;
}
