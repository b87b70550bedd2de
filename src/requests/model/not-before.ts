/**
 * Validates the time before which users are not created: not in the past, not too far ahead, not after their
 * passwords expire. Pure.
 */
import { type Problem, problem } from '../../errors/problem.ts';
import { moment } from '../../text/utc-moment.ts';

/**
 * How far ahead it may be: the longest life of an approval. Everything is checked again when it is due, but after
 * three months nobody remembers why they approved.
 */
export const furthestDays = 90;

/** A time picker shows whole minutes, so the current minute does not count as past. */
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
