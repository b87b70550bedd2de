/** How often one person may use a call whose rate Slack limits for all people together. */

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

/** People remembered at most; the oldest is forgotten first. */
const mostPeople = 2_000;

/** @param now milliseconds of a monotonic clock */
export function createPersonalBudget(
  { burst, everyMs }: Budget,
  now: () => number = () => performance.now(),
): PersonalBudget {
  const people = new Map<string, { restedAt: number; isRefused: boolean }>();
  return {
    take(personId) {
      // `restedAt` is when the whole burst is available again.
      const person = people.get(personId) ?? { restedAt: now(), isRefused: false };
      people.delete(personId);
      people.set(personId, person);
      const [oldest] = people.keys();
      if (people.size > mostPeople && oldest !== undefined) people.delete(oldest);
      if (person.restedAt - now() > (burst - 1) * everyMs) {
        const answer = person.isRefused ? 'refused-again' : 'refused';
        person.isRefused = true;
        return answer;
      }
      person.restedAt = Math.max(person.restedAt, now()) + everyMs;
      person.isRefused = false;
      return 'granted';
    },
  };
}
