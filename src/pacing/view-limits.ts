/** How often one person may have views opened and changed: Slack limits both for all people together. */
import { createLatestTurns, type LatestTurns } from './latest-turns.ts';
import { type Budget, createPersonalBudget, type PersonalBudget } from './personal-budget.ts';

export type ViewLimits = {
  /** How many views each person may open. */
  readonly openings: PersonalBudget;
  /** When the view of a person may be changed again. */
  readonly updates: LatestTurns;
};

export function createViewLimits(budgets: {
  readonly openings: Budget;
  readonly updates: Budget;
}): ViewLimits {
  return {
    openings: createPersonalBudget(budgets.openings),
    updates: createLatestTurns(budgets.updates),
  };
}
