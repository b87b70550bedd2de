/**
 * When one person may use a call again whose rate Slack limits for all people together. Of uses that have to wait,
 * only the latest is worth making.
 */
import { setNewest } from '../bounded-map.ts';
import { type Budget, mostPeople, msUntilUse, restedAfterUse } from './personal-budget.ts';

export type PersonalThrottle = {
  /** Waits for this person's turn. False, without a use, when the same person came again in the meantime. */
  wait(personId: string): Promise<boolean>;
};

type Person = {
  /** Value of `performance.now()` at which the whole burst is available again. */
  restedAt: number;
  /** Ends the wait of the use that has no turn yet. */
  skip: (() => void) | null;
};

export function createPersonalThrottle(budget: Budget): PersonalThrottle {
  const people = new Map<string, Person>();

  function personOf(id: string): Person {
    const person = people.get(id) ?? { restedAt: 0, skip: null };
    setNewest(people, id, person, mostPeople);
    return person;
  }

  function grant(person: Person): true {
    person.restedAt = restedAfterUse(budget, person.restedAt, performance.now());
    person.skip = null;
    return true;
  }

  return {
    wait(personId) {
      const person = personOf(personId);
      person.skip?.();
      const waitMs = msUntilUse(budget, person.restedAt, performance.now());
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
