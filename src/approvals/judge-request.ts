/** The policy's verdict on a request, with all reads that it requires. */
import type { DecisionBasis } from '../auth/decision-basis.ts';
import type { RequestedAccess } from '../auth/holdings.ts';
import type { InstanceConfig } from '../config/config.ts';
import type { InstanceClient } from '../connect/instance-client.ts';
import { type Problem, problem } from '../errors/problem.ts';
import type { Plan } from '../policy/approver.ts';
import type { PersonFacts, RequestedValues } from '../policy/facts.ts';
import { isNamed, isOneOf } from '../policy/match.ts';
import { rulesOf } from '../policy/read-rules.ts';
import { type Rule, usergroupsOf } from '../policy/rule.ts';
import { judgeRequest, ticketIn, whoMayRequest } from '../policy/verdict.ts';
import type { Services } from '../services.ts';
import type { SlackPerson } from '../slack/slack-person.ts';
import type { Preset } from '../users/preset.ts';
import { basisOf, type PersonReading, readPerson } from './person-facts.ts';

/** The result of the policy: the request is refused, created immediately on that basis, or needs approvals. */
export type Route =
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'create'; readonly plan: Plan; readonly basis: DecisionBasis }
  | { readonly kind: 'ask'; readonly plan: Plan };

export type Requester = {
  readonly reading: PersonReading;
  /** Why no rule allows any request by this person; null when a rule might. */
  readonly problem: Problem | null;
};

/**
 * The requester, and whether any rule applies to them at all. With `fresh`, nothing from the time when the form
 * opened is reused, because it can have changed.
 */
export async function readRequester(
  services: Services,
  instanceClient: InstanceClient,
  requesterId: string,
  options: { readonly fresh: boolean; readonly asked?: RequestedAccess },
): Promise<Requester | { readonly reading: null; readonly problem: Problem }> {
  const person = await services.people.person(requesterId, { fresh: options.fresh });
  if (!person) return { reading: null, problem: problem('person.not-active') };
  const rules = rulesOf(instanceClient.config);
  const reading = await readPerson(services, instanceClient, person, {
    usergroups: [...new Set([...rules.flatMap(usergroupsOf), ...presetGroups(instanceClient)])],
    asked: options.asked ?? null,
    fresh: options.fresh,
    holdings: rules.some(asksForHoldings),
  });
  return { reading, problem: whyNotRequester(rules, reading, instanceClient.config.alias) };
}

/** The same from short-lived caches, for a form that is about to open. */
export async function requesterFacts(
  services: Services,
  instanceClient: InstanceClient,
  person: SlackPerson,
  options: { readonly holdings?: false },
): Promise<{ readonly facts: PersonFacts; readonly problem: Problem | null }> {
  const rules = rulesOf(instanceClient.config);
  const reading = await readPerson(services, instanceClient, person, {
    usergroups: [
      ...new Set([
        ...rules.flatMap(({ requesters }) => requesters.usergroups),
        ...presetGroups(instanceClient),
      ]),
    ],
    asked: null,
    fresh: false,
    holdings: options.holdings ?? rules.some(asksForHoldings),
  });
  const { facts } = reading;
  return { facts, problem: whyNotRequester(rules, reading, instanceClient.config.alias) };
}

function whyNotRequester(
  rules: readonly Rule[],
  { facts }: PersonReading,
  instance: string,
): Problem | null {
  if (facts.inactive) return facts.inactive;
  return rules.some((rule) => isOneOf(rule.requesters, facts))
    ? null
    : whoMayRequest(rules, instance);
}

function presetGroups({ config }: InstanceClient): string[] {
  return config.presets.flatMap(({ usergroups }) => usergroups);
}

/** The presets of an instance, each with whether this person may use it. */
export function presetsFor(
  { presets }: Pick<InstanceConfig, 'presets'>,
  person: Pick<PersonFacts, 'id' | 'usergroups'>,
): Preset[] {
  return presets.map((preset) => ({
    ...preset,
    mayUse:
      (preset.people.length === 0 && preset.usergroups.length === 0) || isNamed(preset, person),
  }));
}

function asksForHoldings({ requesters, outcome }: Rule): boolean {
  return (requesters.creators && !requesters.anyone) || outcome.kind === 'create';
}

/** The verdict on a request. `asked` summarizes its rows. */
export async function routeRequest(
  services: Services,
  instanceClient: InstanceClient,
  request: {
    readonly requesterId: string;
    readonly reason: string | null;
    readonly asked: RequestedValues;
    readonly profiles: RequestedAccess;
  },
  options: { readonly fresh: boolean },
): Promise<Route> {
  const { requesterId, reason, asked, profiles } = request;
  const requester = await readRequester(services, instanceClient, requesterId, {
    fresh: options.fresh,
    asked: profiles,
  });
  if (requester.problem) return { kind: 'refused', problem: requester.problem };
  if (!requester.reading) return { kind: 'refused', problem: problem('person.not-active') };
  const { alias: instance } = instanceClient.config;
  const { verdict } = judgeRequest(rulesOf(instanceClient.config), {
    instance,
    requester: requester.reading.facts,
    asked,
    reason,
  });
  if (verdict.kind === 'refused') return verdict;
  const { expiresAfterMs } = instanceClient.config.approval;
  const plan = planOf(services, verdict.rule, reason, expiresAfterMs);
  if (verdict.kind === 'ask') return { kind: 'ask', plan };
  const above = verdict.aboveCeiling ? { aboveCeiling: true as const } : {};
  const basis = basisOf(requester.reading, 'own-permission', { rule: plan.rule, ...above });
  return { kind: 'create', plan, basis };
}

function planOf(
  services: Services,
  rule: Rule,
  reason: string | null,
  expiresAfterMs: number,
): Plan {
  const { name, aboveCeiling, outcome, ticket } = rule;
  const id = ticket && ticketIn(ticket.pattern, reason ?? '');
  return {
    rule: name,
    policyHash: services.config.policyHash,
    approval: outcome.kind === 'ask' ? outcome.approval : { ...noApproval, expiresAfterMs },
    aboveCeiling,
    ticket: id
      ? { id, link: ticket.link?.replaceAll('{ticket}', encodeURIComponent(id)) ?? null }
      : null,
  };
}

/** For requests that are created without an approval. */
const noApproval: Plan['approval'] = {
  stages: [],
  distinctPeople: true,
  ceiling: 'each',
  allowOwn: false,
  expiresAfterMs: 3 * 24 * 3_600_000,
  remindAfterMs: [],
  escalation: null,
  breakGlass: null,
};
