/** Whether one rule requires more of a request than another one does. Pure. */
import type { Approval, Rule, Stage, StepUp } from './rule.ts';

type Named = Pick<Stage, 'people' | 'usergroups'>;

/**
 * Whether approvals that are sufficient for `other` can be too few, too early or from the wrong people for `rule`.
 */
export function isStricter(rule: Rule, compared: Rule): boolean {
  if (rule.outcome.kind !== 'ask') return false;
  if (compared.outcome.kind !== 'ask') return true;
  return (
    !isWithin(compared.aboveCeiling, rule.aboveCeiling) ||
    !isEnough(compared.outcome.approval, rule.outcome.approval)
  );
}

function isEnough(given: Approval, wanted: Approval): boolean {
  return (
    hasStages(given.stages, wanted.stages) &&
    (given.distinctPeople || !wanted.distinctPeople) &&
    (given.ceiling === 'each' || wanted.ceiling === 'together') &&
    (wanted.allowOwn || !given.allowOwn) &&
    (wanted.keepsWhenLeftOut || !given.keepsWhenLeftOut) &&
    includesPeople(wanted.breakGlass, given.breakGlass) &&
    includesPeople(wanted.escalation, given.escalation) &&
    (wanted.escalation?.afterMs ?? 0) <= (given.escalation?.afterMs ?? Number.POSITIVE_INFINITY) &&
    isSignedIn(given.stepUp, wanted.stepUp)
  );
}

/**
 * Whether the required stages are among the given ones in their order, each with as many approvals from its people.
 */
function hasStages(given: readonly Stage[], wanted: readonly Stage[]): boolean {
  let next = 0;
  return wanted.every((stage) => {
    const at = given.findIndex(
      (candidate, index) =>
        index >= next && candidate.count >= stage.count && isNarrower(candidate, stage),
    );
    next = at + 1;
    return at >= 0;
  });
}

/** A stage without names means everybody who holds Users – Create. */
function isNarrower(inner: Named, outer: Named): boolean {
  if (outer.people.length === 0 && outer.usergroups.length === 0) return true;
  const isOpen = inner.people.length === 0 && inner.usergroups.length === 0;
  return !isOpen && isWithin(inner, outer);
}

function isWithin(inner: Named, outer: Named): boolean {
  return (
    inner.people.every((person) => outer.people.includes(person)) &&
    inner.usergroups.every((group) => outer.usergroups.includes(group))
  );
}

/** An exception that only people have who have it under the other rule too. */
function includesPeople(outer: Named | null, inner: Named | null): boolean {
  return inner === null || (outer !== null && isWithin(inner, outer));
}

function isSignedIn(given: StepUp | undefined, wanted: StepUp | undefined): boolean {
  if (!wanted) return true;
  if (!given || given.maxAgeMs > wanted.maxAgeMs) return false;
  if (wanted.acrValues.length === 0) return true;
  return (
    given.acrValues.length > 0 && given.acrValues.every((acr) => wanted.acrValues.includes(acr))
  );
}
