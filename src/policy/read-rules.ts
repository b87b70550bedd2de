/** Converts written rules into the form that the bot uses, with every default filled in. Pure. */
import { durationMs } from '../text/durations.ts';
import {
  type Approval,
  always,
  type BreakGlass,
  type Conditions,
  everythingAllowed,
  type Rule,
  type Stage,
  type Who,
} from './rule.ts';
import type { WrittenRule } from './rule-schema.ts';

type WrittenApproval = Exclude<WrittenRule['approval'], 'none' | undefined>;

const onlyCreators = 'Approval';

export function readRules(written: readonly WrittenRule[]): Rule[] {
  return written.map((rule) => {
    const { name, requesters, allow = {}, ticket } = rule;
    return {
      name,
      requesters,
      allow: {
        ...everythingAllowed,
        ...(allow.securityProfiles ? { securityProfiles: allow.securityProfiles } : {}),
        ...(allow.routingProfiles ? { routingProfiles: allow.routingProfiles } : {}),
        ...(allow.hierarchy ? { hierarchy: allow.hierarchy.map(pathOf) } : {}),
        ...(allow.tags ? { tags: allow.tags } : {}),
      },
      when: conditionsOf(rule.when),
      outcome: outcomeOf(rule),
      reasonLength: rule.reason?.minLength ?? 0,
      ticket: ticket ? { pattern: ticket.pattern, link: ticket.link ?? null } : null,
      aboveCeiling: rule.aboveCeiling ?? { usergroups: [], people: [] },
    };
  });
}

function pathOf(path: string): string[] {
  return path.split('/').map((part) => part.trim());
}

function conditionsOf(written: WrittenRule['when']): Conditions {
  if (!written) return always;
  return {
    fewestUsers: written.users?.atLeast ?? 0,
    mostUsers: written.users?.atMost ?? Number.POSITIVE_INFINITY,
    securityProfiles: written.securityProfiles ?? null,
    risks: written.risks ?? null,
    permissions: written.permissions ?? null,
    hierarchy: written.hierarchy?.map(pathOf) ?? null,
    tags: written.tags ?? null,
  };
}

function outcomeOf({ approval, refuse }: WrittenRule): Rule['outcome'] {
  if (refuse !== undefined) return { kind: 'refuse', why: refuse };
  if (approval === 'none') return { kind: 'create' };
  return { kind: 'ask', approval: approval ? approvalOf(approval) : simpleApproval({}) };
}

/** One approval by any holder of Users – Create. */
export function simpleApproval(settings: {
  readonly expiresAfterMs?: number;
  readonly allowOwn?: boolean;
}): Approval {
  return {
    stages: [{ name: onlyCreators, count: 1, usergroups: [], people: [] }],
    distinctPeople: true,
    ceiling: 'each',
    allowOwn: settings.allowOwn ?? false,
    expiresAfterMs: settings.expiresAfterMs ?? 3 * 24 * 3_600_000,
    remindAfterMs: [],
    escalation: null,
    breakGlass: null,
  };
}

function approvalOf(written: WrittenApproval): Approval {
  const { escalate, breakGlass, distinctPeople, ceiling, allowOwn } = written;
  return {
    stages: stagesOf(written),
    distinctPeople,
    ceiling,
    allowOwn,
    expiresAfterMs: msOf(written.expiresAfter),
    remindAfterMs: written.remindAfter.map(msOf).toSorted((earlier, later) => earlier - later),
    escalation: escalate
      ? {
          afterMs: msOf(escalate.after),
          usergroups: escalate.usergroups,
          people: escalate.people,
        }
      : null,
    breakGlass: breakGlass ? ({ ...breakGlass } satisfies BreakGlass) : null,
    ...(written.keepWhenRowsLeftOut ? { keepsWhenLeftOut: true as const } : {}),
    ...(written.stepUp
      ? {
          stepUp: {
            maxAgeMs: msOf(written.stepUp.maxAge),
            acrValues: written.stepUp.acrValues,
          },
        }
      : {}),
  };
}

function stagesOf({ stages, count, from }: WrittenApproval): Stage[] {
  const written = stages ?? [{ name: onlyCreators, count: count ?? 1, from }];
  return written.map((stage) => ({
    name: stage.name,
    count: stage.count,
    usergroups: stage.from?.usergroups ?? [],
    people: stage.from?.people ?? [],
  }));
}

/** The schema has already accepted it. */
function msOf(text: string): number {
  return durationMs(text) ?? Number.NaN;
}

/** The rules that `mayRequest` and `approval`, the short form, stand for. */
export function rulesOfShortForm(
  who: Who,
  approval: {
    readonly needed: 'always' | 'unless-permitted';
    readonly allowOwn: boolean;
    readonly expiresAfterMs: number;
  },
): Rule[] {
  const rule = (name: string, outcome: Rule['outcome']): Rule => ({
    name,
    requesters: who,
    allow: everythingAllowed,
    when: always,
    outcome,
    reasonLength: 0,
    ticket: null,
    aboveCeiling: { usergroups: [], people: [] },
  });
  const { needed, ...settings } = approval;
  return [
    ...(needed === 'unless-permitted' ? [rule('approval.needed', { kind: 'create' })] : []),
    rule('mayRequest', { kind: 'ask', approval: simpleApproval(settings) }),
  ];
}

/** The rules of an instance, written explicitly or in the short form. */
export function rulesOf(config: {
  readonly rules?: readonly Rule[];
  readonly mayRequest: Who;
  readonly approval: Parameters<typeof rulesOfShortForm>[1];
}): readonly Rule[] {
  return config.rules ?? rulesOfShortForm(config.mayRequest, config.approval);
}
