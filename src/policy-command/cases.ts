/** The test cases of a team for its policy, as they are written in YAML. Pure. */
import { z } from 'zod';
import { createRequestSummary, type RequestFacts } from '../policy/facts.ts';
import type { Rule } from '../policy/rule.ts';
import { judgeRequest } from '../policy/verdict.ts';

const requester = z.strictObject({
  person: z.string().default('U0SOMEBODY'),
  usergroups: z.array(z.string()).default([]),
  holdsUsersCreate: z.boolean().default(false),
  /** Whether the requester has everything that is requested. */
  holdsAllAsked: z.boolean().default(true),
  guest: z.boolean().default(false),
});

const user = z.strictObject({
  securityProfiles: z.array(z.string()).default(['Agent']),
  routingProfile: z.string().default('Basic Routing Profile'),
  hierarchy: z.string().optional(),
  tags: z.record(z.string(), z.string()).default({}),
  times: z.int().min(1).default(1),
});

const expected = z.strictObject({
  outcome: z.enum(['refused', 'create', 'ask']),
  rule: z.string().optional(),
  approvals: z.int().min(0).optional(),
  /** Whether each approval needs a fresh sign-in. */
  stepUp: z.boolean().optional(),
});

export const casesFile = z.strictObject({
  cases: z
    .array(
      z.strictObject({
        name: z.string(),
        instance: z.string().optional(),
        requester,
        users: z.array(user).min(1),
        permissions: z.array(z.string()).default([]),
        reason: z.string().optional(),
        expect: expected,
      }),
    )
    .min(1),
});

export type Case = z.infer<typeof casesFile>['cases'][number];

export function factsOfCase(written: Case, instance: string): RequestFacts {
  const rows = createRequestSummary();
  for (const { securityProfiles, routingProfile, hierarchy, tags, times } of written.users) {
    const path = hierarchy?.split('/').map((part) => part.trim());
    for (let copy = 0; copy < times; copy++) {
      rows.add({
        securityProfiles: securityProfiles.map((name) => ({ id: name, name })),
        routingProfile: { id: routingProfile, name: routingProfile },
        ...(path ? { hierarchyGroup: { id: path.join('/'), path } } : {}),
        tags,
      });
    }
  }
  const { person, usergroups, holdsUsersCreate, holdsAllAsked, guest } = written.requester;
  return {
    instance,
    requester: {
      id: person,
      usergroups,
      holdsUsersCreate,
      inactive: guest ? { code: 'person.guest', params: {} } : null,
      beyond: holdsAllAsked
        ? null
        : { code: 'decision.more-than-held', params: { profile: '?', missing: '?' } },
    },
    asked: rows.total([{ permissions: written.permissions }]),
    reason: written.reason ?? null,
  };
}

/** How the result of a case differs from the expected one; empty when it does not. */
export function runCase(rules: readonly Rule[], written: Case, instance: string): string[] {
  const { verdict } = judgeRequest(rules, factsOfCase(written, instance));
  const rule = verdict.kind === 'refused' ? verdict.rule : verdict.rule.name;
  const approvals =
    verdict.kind === 'ask' ? verdict.approval.stages.reduce((sum, { count }) => sum + count, 0) : 0;
  const { expect } = written;
  const wrong: string[] = [];
  if (verdict.kind !== expect.outcome) wrong.push(`is ${verdict.kind}, not ${expect.outcome}`);
  if (expect.rule !== undefined && rule !== expect.rule) {
    wrong.push(`is decided by ${rule ?? 'no rule'}, not ${expect.rule}`);
  }
  if (expect.approvals !== undefined && approvals !== expect.approvals) {
    wrong.push(`needs ${approvals} approvals, not ${expect.approvals}`);
  }
  const isSigned = verdict.kind === 'ask' && verdict.approval.stepUp !== undefined;
  if (expect.stepUp !== undefined && isSigned !== expect.stepUp) {
    wrong.push(`needs ${isSigned ? 'a' : 'no'} fresh sign-in`);
  }
  return wrong;
}
