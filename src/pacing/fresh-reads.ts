/**
 * Reads by id, with a limit so that repeated requests cannot use up Slack's rate limit of a method. No answer is
 * older than its caller's request: a reading that serves several callers begins after the last of them has arrived.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { setNewest } from '../bounded-map.ts';
import { type Budget, msUntilUse, restedAfterUse } from './personal-budget.ts';

/** Ids remembered at most; the oldest is forgotten first. */
const mostIds = 2_000;

type Line<Answer> = {
  /** Value of `performance.now()` at which the whole burst is available again. */
  restedAt: number;
  /** The reading that has not begun yet, which all new callers share. */
  next: Promise<Answer> | null;
};

/**
 * @param read may reject; all callers that wait for this reading get the error
 * @param budget how many readings of one id begin, and when
 */
export function createFreshReads<Answer>(
  read: (id: string) => Promise<Answer>,
  budget: Budget,
): (id: string) => Promise<Answer> {
  const lines = new Map<string, Line<Answer>>();

  function lineOf(id: string): Line<Answer> {
    const line = lines.get(id) ?? { restedAt: 0, next: null };
    setNewest(lines, id, line, mostIds);
    return line;
  }

  return (id) => {
    const line = lineOf(id);
    if (line.next) return line.next;
    const now = performance.now();
    const waitMs = msUntilUse(budget, line.restedAt, now);
    line.restedAt = restedAfterUse(budget, line.restedAt, now);
    if (waitMs <= 0) return read(id);
    line.next = sleep(waitMs).then(() => {
      line.next = null;
      return read(id);
    });
    return line.next;
  };
}
