/** How often one person may use a call whose rate Slack limits for all people together. */
import { setNewest } from '../bounded-map.ts';

export type Budget = {
  /** How many uses are granted at once. */
  readonly burst: number;
  /** After those, one use is granted per this number of milliseconds. */
  readonly everyMs: number;
};

export type PersonalBudget = {
  /**
   * Requests one use for this person. `refused-again`: the person was refused before, and nothing was granted since.
   */
  take(personId: string): 'granted' | 'refused' | 'refused-again';
};

/**
 * Milliseconds until the next use is available; 0 or less when it is available now.
 *
 * @param restedAt when the whole burst is available again
 */
export function msUntilUse({ burst, everyMs }: Budget, restedAt: number, now: number): number {
  return restedAt - now - (burst - 1) * everyMs;
}

/** When the whole burst is available again, after one more use. */
export function restedAfterUse({ everyMs }: Budget, restedAt: number, now: number): number {
  return Math.max(restedAt, now) + everyMs;
}

/** People remembered at most; the oldest is forgotten first. */
export const mostPeople = 2_000;

/** @param now milliseconds of a monotonic clock */
export function createPersonalBudget(
  budget: Budget,
  now: () => number = () => performance.now(),
): PersonalBudget {
  const people = new Map<string, { restedAt: number; isRefused: boolean }>();
  return {
    take(personId) {
      // `restedAt` is when the whole burst is available again.
      const person = people.get(personId) ?? { restedAt: now(), isRefused: false };
      setNewest(people, personId, person, mostPeople);
      if (msUntilUse(budget, person.restedAt, now()) > 0) {
        const answer = person.isRefused ? 'refused-again' : 'refused';
        person.isRefused = true;
        return answer;
      }
      person.restedAt = restedAfterUse(budget, person.restedAt, now());
      person.isRefused = false;
      return 'granted';
    },
  };
}
