/** Whether a rule applies to a request, and if not, why not, in words. Pure. */
import type { PersonFacts, RequestedValues, RequestFacts } from './facts.ts';
import { isWithin, matchesAny } from './pattern.ts';
import type { Allowed, Conditions, Names, Rule, Who } from './rule.ts';

/** Why a rule does not match, in this order: its requesters, its allowed values, its conditions. */
export type Mismatch = {
  readonly part: 'requesters' | 'allow' | 'when' | 'outcome';
  readonly why: string;
};

export function whyRuleDoesNotMatch(rule: Rule, facts: RequestFacts): Mismatch | null {
  const { requester } = facts;
  const isTheirs =
    isOneOf(rule.requesters, requester) ||
    (rule.outcome.kind === 'refuse' && mayApplyTo(rule, requester));
  return isTheirs
    ? whyRequestDoesNotMatch(rule, facts)
    : { part: 'requesters', why: 'the requester is none of its requesters' };
}

/** The same for any requester. */
export function whyRequestDoesNotMatch(
  rule: Rule,
  { requester, asked }: RequestFacts,
): Mismatch | null {
  const forbidden = whyNotAllowed(rule.allow, asked);
  if (forbidden !== null) return { part: 'allow', why: forbidden };
  const condition = whyNotNow(rule.when, asked);
  if (condition !== null) return { part: 'when', why: condition };
  if (rule.outcome.kind !== 'create') return null;
  // Nobody creates at once what they could not create in Amazon Connect (H3).
  if (!requester.holdsUsersCreate) {
    return { part: 'outcome', why: 'it is for holders of Users – Create' };
  }
  return requester.beyond && !isAboveCeiling(rule, requester)
    ? { part: 'outcome', why: 'the requester does not hold all that is requested' }
    : null;
}

/**
 * Whether it is unknown if a rule applies to the person, because Slack does not list the members of a user group in
 * it.
 */
export function mayApplyTo(
  { requesters }: Rule,
  { unlisted = [] }: Pick<PersonFacts, 'unlisted'>,
): boolean {
  return unlisted.length > 0 && requesters.usergroups.some((group) => unlisted.includes(group));
}

/** Whether the person is one of these. */
export function isOneOf(
  who: Who,
  person: Pick<PersonFacts, 'id' | 'usergroups' | 'holdsUsersCreate'>,
) {
  return who.anyone || (who.creators && person.holdsUsersCreate) || isNamed(who, person);
}

/** Whether a person is named, or in a named user group. */
export function isNamed(
  who: { readonly people: readonly string[]; readonly usergroups: readonly string[] },
  person: Pick<PersonFacts, 'id' | 'usergroups'>,
): boolean {
  return (
    who.people.includes(person.id) ||
    who.usergroups.some((group) => person.usergroups.includes(group))
  );
}

export function isAboveCeiling(
  rule: Pick<Rule, 'aboveCeiling'>,
  person: Pick<PersonFacts, 'id' | 'usergroups'>,
): boolean {
  return isNamed(rule.aboveCeiling, person);
}

function whyNotAllowed(allow: Allowed, asked: RequestedValues): string | null {
  const security = firstOutside(allow.securityProfiles, asked.securityProfiles);
  if (security !== undefined) return `the security profile “${security}” is not allowed`;
  const routing = firstOutside(allow.routingProfiles, asked.routingProfiles);
  if (routing !== undefined) return `the routing profile “${routing}” is not allowed`;
  const { hierarchy } = allow;
  if (hierarchy !== null) {
    const outside = asked.hierarchy.find((path) => !isWithin(hierarchy, path));
    if (outside === null) return 'a user without a hierarchy group is not allowed';
    if (outside) return `the hierarchy group “${outside.join(' / ')}” is not allowed`;
  }
  for (const [key, values] of Object.entries(allow.tags)) {
    for (const value of asked.tags.get(key) ?? [null]) {
      if (value === null) return `a user without the tag “${key}” is not allowed`;
      if (!matchesAny(values, value)) return `the tag “${key}=${value}” is not allowed`;
    }
  }
  return null;
}

function firstOutside(names: Names, asked: readonly string[]): string | undefined {
  return names === null ? undefined : asked.find((name) => !matchesAny(names, name));
}

function whyNotNow(when: Conditions, asked: RequestedValues): string | null {
  if (asked.users < when.fewestUsers) return `it is for ${when.fewestUsers} users or more`;
  if (asked.users > when.mostUsers) return `it is for ${when.mostUsers} users or fewer`;
  if (when.securityProfiles && !someIn(when.securityProfiles, asked.securityProfiles)) {
    return 'no user requests one of its security profiles';
  }
  if (when.permissions && !someIn(when.permissions, asked.permissions)) {
    return 'no security profile holds one of its permissions';
  }
  const { risks, hierarchy, tags } = when;
  if (risks === 'any' && asked.risks.length === 0) return 'nothing requested is a risk';
  if (risks === 'none' && asked.risks.length > 0)
    return `there is a risk: ${asked.risks.join(', ')}`;
  if (Array.isArray(risks) && !asked.risks.some((risk) => risks.includes(risk))) {
    return `none of its risks is there: ${risks.join(', ')}`;
  }
  if (hierarchy && !asked.hierarchy.some((path) => isWithin(hierarchy, path))) {
    return 'no user is in one of its hierarchy groups';
  }
  if (tags && !Object.entries(tags).some(([key, values]) => hasTag(asked, key, values))) {
    return 'no user carries one of its tags';
  }
  return null;
}

function someIn(names: readonly string[], asked: Iterable<string>): boolean {
  for (const name of asked) if (matchesAny(names, name)) return true;
  return false;
}

function hasTag(asked: RequestedValues, key: string, values: readonly string[]): boolean {
  for (const value of asked.tags.get(key) ?? []) {
    if (value !== null && matchesAny(values, value)) return true;
  }
  return false;
}
