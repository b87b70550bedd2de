/** What can be said of a request before it is made. Pure. */
import type { PersonFacts } from './facts.ts';
import { isOne } from './match.ts';
import type { Approval, Rule } from './rule.ts';

/** The rule that will decide, as far as that can be known while nothing is requested yet. */
export function likelyRule(rules: readonly Rule[], requester: PersonFacts): Rule | undefined {
  return rules.find(
    ({ requesters, outcome }) =>
      isOne(requesters, requester) &&
      outcome.kind !== 'refuse' &&
      (outcome.kind === 'ask' || requester.holdsUsersCreate),
  );
}

/** How many people have to approve. */
export function approvalsOf({ stages }: Approval): number {
  return stages.reduce((sum, { count }) => sum + count, 0);
}
