/**
 * The verdict on a request: the first rule that matches decides; if none does, the request is refused. Pure.
 * test/policy/verdict.test.ts is its reference.
 */
import { type Problem, problem } from '../errors/problem.ts';
import { listed } from '../text/lists.ts';
import type { PersonFacts, RequestFacts } from './facts.ts';
import {
  isAboveCeiling,
  isOneOf,
  type Mismatch,
  mayApplyTo,
  whyRequestDoesNotMatch,
  whyRuleDoesNotMatch,
} from './match.ts';
import type { Approval, Rule, Who } from './rule.ts';
import { isStricter } from './stricter.ts';

export type RequestVerdict =
  | { readonly kind: 'refused'; readonly rule: string | null; readonly problem: Problem }
  /** Created without an approval. `aboveCeiling`: the requester grants more than they hold, which the rule allows. */
  | { readonly kind: 'create'; readonly rule: Rule; readonly aboveCeiling: boolean }
  | { readonly kind: 'ask'; readonly rule: Rule; readonly approval: Approval };

/** One rule, and why it did not match; null for the matching rule. */
export type EvaluatedRule = { readonly rule: Rule; readonly mismatch: Mismatch | null };

export type JudgedRequest = {
  readonly verdict: RequestVerdict;
  readonly tried: readonly EvaluatedRule[];
};

export function judgeRequest(rules: readonly Rule[], facts: RequestFacts): JudgedRequest {
  const { inactive } = facts.requester;
  if (inactive) return { verdict: refused(null, inactive), tried: [] };
  const tried: EvaluatedRule[] = [];
  for (const rule of rules) {
    const mismatch = whyRuleDoesNotMatch(rule, facts);
    tried.push({ rule, mismatch });
    if (mismatch) continue;
    const stricter = findStricterRuleAbove(tried, rule, facts);
    const verdict = stricter
      ? refused(stricter.name, problem('policy.group-unlisted-asks', { rule: stricter.name }))
      : verdictOf(rule, facts);
    return { verdict, tried };
  }
  return { verdict: refused(null, whyNone(rules, facts, tried)), tried };
}

/**
 * A stricter rule above the matching one that may apply to the requester, because its user group could not be read from
 * Slack. This prevents a person from avoiding a rule while a user group cannot be read.
 */
function findStricterRuleAbove(
  tried: readonly EvaluatedRule[],
  chosen: Rule,
  facts: RequestFacts,
): Rule | undefined {
  const { requester, reason } = facts;
  if (!requester.unlisted?.length || chosen.outcome.kind === 'refuse') return undefined;
  return tried
    .map(({ rule }) => rule)
    .find(
      (rule) =>
        rule !== chosen &&
        mayApplyTo(rule, requester) &&
        !whyRequestDoesNotMatch(rule, facts) &&
        (missingReason(rule, reason) !== null || isStricter(rule, chosen)),
    );
}

function refused(rule: string | null, why: Problem): RequestVerdict {
  return { kind: 'refused', rule, problem: why };
}

function verdictOf(rule: Rule, facts: RequestFacts): RequestVerdict {
  const { outcome, name } = rule;
  if (outcome.kind === 'refuse') {
    if (!isOneOf(rule.requesters, facts.requester)) {
      return refused(name, problem('policy.group-unlisted', { rule: name }));
    }
    return refused(name, problem('policy.refused', { why: outcome.why, rule: name }));
  }
  const missing = missingReason(rule, facts.reason);
  if (missing) return refused(name, missing);
  if (outcome.kind === 'ask') return { kind: 'ask', rule, approval: outcome.approval };
  const { requester } = facts;
  const aboveCeiling = requester.beyond !== null && isAboveCeiling(rule, requester);
  return { kind: 'create', rule, aboveCeiling };
}

/**
 * Why no rule accepts this reason, whatever is requested; null when one may. Shown at the field, before anything is
 * stored.
 */
export function whyNoReasonTaken(...asked: Parameters<typeof reasonWanted>): Problem | null {
  const wanted = reasonWanted(...asked);
  return wanted?.isSure ? wanted.problem : null;
}

/**
 * What rules require of this reason in addition, as far as this is known without the rows; null when each accepts it.
 * The verdict on the checked rows decides the rest.
 *
 * @param requester null when it is not known who they are; then any rule can apply
 * @returns `isSure`: no rule accepts the reason as it is
 */
export function reasonWanted(
  rules: readonly Rule[],
  requester: RequestFacts['requester'] | null,
  users: number,
  reason: string | null,
): { readonly problem: Problem; readonly isSure: boolean } | null {
  const theirs = rules.filter(
    ({ requesters, when }) =>
      (requester === null || isOneOf(requesters, requester)) &&
      users >= when.fewestUsers &&
      users <= when.mostUsers,
  );
  const last = theirs.findIndex((rule) => isCertain(rule, requester));
  const reached = last < 0 ? theirs : theirs.slice(0, last + 1);
  const possible = reached.filter(({ outcome }) => outcome.kind !== 'refuse');
  const missing = possible.map((rule) => missingReason(rule, reason));
  const first = missing.find((why) => why !== null);
  return first ? { problem: first, isSure: !missing.includes(null) } : null;
}

/**
 * Whether a rule of this person and this number of users matches every request, so that no rule below it is reached.
 */
function isCertain({ requesters, allow, when, outcome }: Rule, requester: PersonFacts | null) {
  const { fewestUsers: _fewest, mostUsers: _most, ...rest } = when;
  const { tags, ...names } = allow;
  return (
    outcome.kind !== 'create' &&
    (requester !== null || requesters.anyone) &&
    Object.keys(tags).length === 0 &&
    [...Object.values(names), ...Object.values(rest)].every((condition) => condition === null)
  );
}

function missingReason(rule: Rule, reason: string | null): Problem | null {
  const text = reason?.trim() ?? '';
  if (rule.ticket && !ticketIn(rule.ticket.pattern, text)) {
    return problem('policy.ticket-needed', { pattern: rule.ticket.pattern });
  }
  return [...text].length < rule.reasonLength
    ? problem('policy.reason-needed', { least: rule.reasonLength })
    : null;
}

/** The rule that will decide, as far as that is known before the request. */
export function likelyRule(rules: readonly Rule[], requester: PersonFacts): Rule | undefined {
  return rules.find(
    ({ requesters, outcome }) =>
      isOneOf(requesters, requester) &&
      outcome.kind !== 'refuse' &&
      (outcome.kind === 'ask' || requester.holdsUsersCreate),
  );
}

/**
 * The maximum length of text in which a ticket is searched, because the pattern comes from the operator and the text
 * from anybody.
 */
const longestReason = 2_000;

/** The ticket number in a reason; null when there is none. */
export function ticketIn(pattern: string, reason: string): string | null {
  return (
    new RegExp(`(?<![\\w-])(?:${pattern})(?![\\w-])`).exec(reason.slice(0, longestReason))?.[0] ??
    null
  );
}

/** The message to a person whom no rule allows a request: the reason of the closest rule is the most useful. */
function whyNone(
  rules: readonly Rule[],
  facts: RequestFacts,
  tried: readonly EvaluatedRule[],
): Problem {
  const { instance } = facts;
  const closest =
    tried.findLast(({ mismatch }) => mismatch?.part === 'allow') ??
    tried.findLast(({ mismatch }) => mismatch && mismatch.part !== 'requesters');
  if (closest?.mismatch) {
    const { mismatch, rule } = closest;
    return problem('policy.no-rule', { instance, why: mismatch.why, rule: rule.name });
  }
  return whoMayRequest(rules, instance);
}

/** The person may not make requests: who may instead. */
export function whoMayRequest(rules: readonly Rule[], instance: string): Problem {
  const who = union(rules.map((rule) => rule.requesters));
  const words: string[] = [];
  if (who.usergroups.length > 0) words.push('certain user groups');
  if (who.people.length > 0) words.push('people named by the operator');
  if (who.creators) words.push('holders of Users – Create');
  return words.length > 0
    ? problem('request.not-allowed', { instance, allowed: listed(words) })
    : problem('request.nobody-may', { instance });
}

function union(whos: readonly Who[]): Who {
  return {
    anyone: whos.some((who) => who.anyone),
    creators: whos.some((who) => who.creators),
    usergroups: whos.flatMap((who) => who.usergroups),
    people: whos.flatMap((who) => who.people),
  };
}
