/** Finds mistakes in valid rules: a rule that nobody can satisfy, or a rule that can never match. Pure. */
import { matches } from './pattern.ts';
import type { Approval, Conditions, Names, Rule, Who } from './rule.ts';

export type RuleProblem = {
  /** The location within the list of rules: `[2, 'approval']`. */
  readonly path: readonly (string | number)[];
  readonly wrong: string;
};

export function lintRules(rules: readonly Rule[]): RuleProblem[] {
  return rules.flatMap((rule, index) => [
    ...sameName(rules, rule, index),
    ...neverMatches(rules, rule, index),
    ...(rule.outcome.kind === 'ask'
      ? lintApproval(rule, rule.outcome.approval).map((found) => ({
          ...found,
          path: [index, 'approval', ...found.path],
        }))
      : []),
    ...refusesHolders(rule, index),
  ]);
}

function sameName(rules: readonly Rule[], rule: Rule, index: number): RuleProblem[] {
  const first = rules.findIndex(({ name }) => name.toLowerCase() === rule.name.toLowerCase());
  return first < index
    ? [{ path: [index, 'name'], wrong: `is the name of the rule at [${first}] too` }]
    : [];
}

function neverMatches(rules: readonly Rule[], rule: Rule, index: number): RuleProblem[] {
  const earlier = rules.slice(0, index).find((earlierRule) => covers(earlierRule, rule));
  return earlier
    ? [{ path: [index], wrong: `can never match: “${earlier.name}” above it matches all of it` }]
    : [];
}

/** A person who loses Users – Create must not gain access because of that. */
function refusesHolders({ outcome, requesters }: Rule, index: number): RuleProblem[] {
  return outcome.kind === 'refuse' && requesters.creators && !requesters.anyone
    ? [
        {
          path: [index, 'requesters', 'creators'],
          wrong: 'refuses holders of Users – Create what others may: name people or usergroups',
        },
      ]
    : [];
}

function lintApproval(rule: Rule, approval: Approval): RuleProblem[] {
  const problems: RuleProblem[] = [];
  const { escalation, expiresAfterMs, remindAfterMs } = approval;
  if (escalation && escalation.afterMs >= expiresAfterMs) {
    problems.push({ path: ['escalate', 'after'], wrong: 'is not before the request expires' });
  }
  const late = remindAfterMs.findIndex((ms) => ms >= expiresAfterMs);
  if (late >= 0) {
    problems.push({ path: ['remindAfter'], wrong: 'has a time that is not before expiresAfter' });
  }
  const short = shortOfPeople(rule, approval);
  return short === null ? problems : [...problems, { path: [], wrong: short }];
}

/** Why no group of people can give all approvals; null when one can, or when this is unknown. */
function shortOfPeople({ requesters }: Rule, approval: Approval): string | null {
  const only = requesters.people[0];
  const isOnePerson =
    !requesters.anyone &&
    !requesters.creators &&
    requesters.usergroups.length === 0 &&
    requesters.people.length === 1;
  const excluded = isOnePerson && !approval.allowOwn ? only : undefined;
  // The number of members of a user group, or of holders of Users – Create, is not known here.
  const known = approval.stages.filter(
    ({ usergroups, people }) => usergroups.length === 0 && people.length > 0,
  );
  const stages = known.map(({ name, count, people }) => ({
    name,
    count,
    able: people.filter((person) => person !== excluded),
  }));
  const short = shortStage(stages, approval.distinctPeople);
  if (!short) return null;
  const { name, count, able } = short;
  return able < count
    ? `cannot be satisfied: “${name}” needs ${count} approvals and names ${able} who could give one`
    : `cannot be satisfied: “${name}” has nobody left, as people count in one stage only (distinctPeople)`;
}

/**
 * The first stage that cannot get its approvals; null when all can.
 *
 * @param stages `able`: ids of the people who can give an approval in it
 * @returns `able`: how many people can approve; at least the required number if other stages need some of them too
 */
export function shortStage(
  stages: readonly {
    readonly name: string;
    readonly count: number;
    readonly able: readonly string[];
  }[],
  distinctPeople: boolean,
): { readonly name: string; readonly count: number; readonly able: number } | null {
  const seats: { stage: string; people: readonly string[] }[] = [];
  for (const { name, count, able } of stages) {
    const distinct = new Set(able).size;
    if (distinct < count) return { name, count, able: distinct };
    for (let seat = 0; seat < count; seat++) seats.push({ stage: name, people: able });
  }
  if (!distinctPeople) return null;
  const taken = new Map<string, number>();
  const at = seats.findIndex((_, index) => !seated(seats, index, taken, new Set()));
  const short = stages.find(({ name }) => name === seats[at]?.stage);
  return short ? { name: short.name, count: short.count, able: new Set(short.able).size } : null;
}

/** Finds a person for the seat, and a different seat for the person who has it now (augmenting path). */
function seated(
  seats: readonly { readonly people: readonly string[] }[],
  index: number,
  taken: Map<string, number>,
  asked: Set<string>,
): boolean {
  for (const person of seats[index]?.people ?? []) {
    if (asked.has(person)) continue;
    asked.add(person);
    const holder = taken.get(person);
    if (holder === undefined || seated(seats, holder, taken, asked)) {
      taken.set(person, index);
      return true;
    }
  }
  return false;
}

/** Whether `above` matches every request that `below` matches. False when that is not certain. */
export function covers(above: Rule, below: Rule): boolean {
  // A rule that creates without approval also requires what the requester holds.
  if (above.outcome.kind === 'create' && below.outcome.kind !== 'create') return false;
  return (
    coversWho(above.requesters, below.requesters) &&
    coversNames(above.allow.securityProfiles, below.allow.securityProfiles) &&
    coversNames(above.allow.routingProfiles, below.allow.routingProfiles) &&
    coversGroups(above.allow.hierarchy, below.allow.hierarchy) &&
    Object.entries(above.allow.tags).every(([key, values]) => {
      const inner = below.allow.tags[key];
      return inner !== undefined && coversNames(values, inner);
    }) &&
    coversConditions(above.when, below.when)
  );
}

function coversWho(above: Who, below: Who): boolean {
  if (above.anyone) return true;
  return (
    !below.anyone &&
    (above.creators || !below.creators) &&
    below.people.every((person) => above.people.includes(person)) &&
    below.usergroups.every((group) => above.usergroups.includes(group))
  );
}

function coversNames(above: Names, below: Names): boolean {
  if (above === null) return true;
  return below?.every((inner) => above.some((pattern) => matches(pattern, inner))) ?? false;
}

function coversGroups(above: Conditions['hierarchy'], below: Conditions['hierarchy']): boolean {
  if (above === null) return true;
  return (
    below?.every((inner) =>
      above.some(
        (group) =>
          group.length <= inner.length &&
          group.every((pattern, level) => matches(pattern, inner[level] ?? '')),
      ),
    ) ?? false
  );
}

function coversConditions(above: Conditions, below: Conditions): boolean {
  return (
    above.fewestUsers <= Math.max(1, below.fewestUsers) &&
    above.mostUsers >= below.mostUsers &&
    coversNames(above.securityProfiles, below.securityProfiles) &&
    coversNames(above.permissions, below.permissions) &&
    coversRisks(above.risks, below.risks) &&
    coversGroups(above.hierarchy, below.hierarchy) &&
    coversTags(above.tags, below.tags)
  );
}

function coversRisks(above: Conditions['risks'], below: Conditions['risks']): boolean {
  if (above === null || above === below) return true;
  if (below === null || above === 'none' || below === 'none' || below === 'any') return false;
  return above === 'any' || below.every((risk) => above.includes(risk));
}

function coversTags(above: Conditions['tags'], below: Conditions['tags']): boolean {
  if (above === null) return true;
  if (below === null) return false;
  return Object.entries(below).every(([key, values]) => {
    const outer = above[key];
    return outer !== undefined && coversNames(outer, values);
  });
}
