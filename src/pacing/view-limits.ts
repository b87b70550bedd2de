/** How often one person may have views opened and changed: Slack limits both for all people together. */

import { type Budget, createPersonalBudget, type PersonalBudget } from './personal-budget.ts';
import { createPersonalThrottle, type PersonalThrottle } from './personal-throttle.ts';

export type ViewLimits = {
  /** How many views each person may open. */
  readonly openings: PersonalBudget;
  /** When the view of a person may be changed again. */
  readonly updates: PersonalThrottle;
};

export function createViewLimits(budgets: {
  readonly openings: Budget;
  readonly updates: Budget;
}): ViewLimits {
  return {
    openings: createPersonalBudget(budgets.openings),
    updates: createPersonalThrottle(budgets.updates),
  };
}
