/**
 * When one person may use a call again whose rate Slack limits for all people together. Of uses that have to wait,
 * only the latest is worth making.
 */
import type { Budget } from './personal-budget.ts';

export type PersonalThrottle = {
  /** Waits for this person's turn. False, without a use, when the same person came again in the meantime. */
  wait(personId: string): Promise<boolean>;
};

/** People remembered at most; the oldest is forgotten first. */
const mostPeople = 2_000;

type Person = {
  /** Value of `performance.now()` at which the whole burst is available again. */
  restedAt: number;
  /** Ends the wait of the use that has no turn yet. */
  skip: (() => void) | null;
};

export function createPersonalThrottle({ burst, everyMs }: Budget): PersonalThrottle {
  const people = new Map<string, Person>();

  function personOf(id: string): Person {
    const person = people.get(id) ?? { restedAt: 0, skip: null };
    people.delete(id);
    people.set(id, person);
    const [oldest] = people.keys();
    if (people.size > mostPeople && oldest !== undefined) people.delete(oldest);
    return person;
  }

  function grant(person: Person): true {
    person.restedAt = Math.max(person.restedAt, performance.now()) + everyMs;
    person.skip = null;
    return true;
  }

  return {
    wait(personId) {
      const person = personOf(personId);
      person.skip?.();
      const waitMs = person.restedAt - performance.now() - (burst - 1) * everyMs;
      if (waitMs <= 0) return Promise.resolve(grant(person));
      const turn = Promise.withResolvers<boolean>();
      const timer = setTimeout(() => turn.resolve(grant(person)), waitMs);
      person.skip = () => {
        clearTimeout(timer);
        turn.resolve(false);
      };
      return turn.promise;
    },
  };
}
