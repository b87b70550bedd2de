/** Policies and facts for tests of verdicts, written as an operator would write them. */
import { parse } from 'yaml';
import type {
  ApproverFacts,
  GivenApproval,
  Plan,
  RequesterIdentity,
} from '../../src/policy/approver.ts';
import {
  createRequestSummary,
  type PersonFacts,
  type RequestFacts,
} from '../../src/policy/facts.ts';
import { readRules } from '../../src/policy/read-rules.ts';
import type { Rule } from '../../src/policy/rule.ts';
import { rulesSchema } from '../../src/policy/rule-schema.ts';

/** Rules parsed from YAML, as in the policy file after `rules:`. */
export function rulesOf(yaml: string): Rule[] {
  return readRules(rulesSchema.parse(parse(yaml)));
}

export type Sketch = {
  readonly requester?: string;
  readonly groups?: readonly string[];
  readonly holdsUsersCreate?: boolean;
  /** Whether the request exceeds the requester's own permissions. */
  readonly beyond?: boolean;
  readonly inactive?: boolean;
  readonly users?: number;
  readonly profile?: string;
  readonly routing?: string;
  readonly hierarchy?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly permissions?: readonly string[];
  readonly reason?: string;
  readonly unlisted?: readonly string[];
};

const beyond = {
  code: 'decision.more-than-held',
  params: { profile: 'Admin', missing: 'X' },
} as const;

export function personFacts(
  sketch: Omit<Sketch, 'requester'> & { readonly id?: string },
): PersonFacts {
  return {
    id: sketch.id ?? 'U0TARA',
    inactive: sketch.inactive ? { code: 'person.guest', params: {} } : null,
    usergroups: sketch.groups ?? [],
    unlisted: sketch.unlisted ?? [],
    holdsUsersCreate: sketch.holdsUsersCreate ?? false,
    beyond: sketch.beyond ? beyond : null,
  };
}

export function factsOf(sketch: Sketch): RequestFacts {
  const rows = createRequestSummary();
  for (let row = 0; row < (sketch.users ?? 1); row++) {
    rows.add({
      securityProfiles: [{ id: 'sp', name: sketch.profile ?? 'Agent' }],
      routingProfile: { id: 'rp', name: sketch.routing ?? 'Basic' },
      ...(sketch.hierarchy
        ? { hierarchyGroup: { id: 'hg', path: sketch.hierarchy.split(' / ') } }
        : {}),
      tags: sketch.tags ?? {},
    });
  }
  return {
    instance: 'production',
    requester: personFacts({ ...sketch, id: sketch.requester ?? 'U0TARA' }),
    asked: rows.total([{ permissions: sketch.permissions ?? ['BasicAgentAccess'] }]),
    reason: sketch.reason ?? null,
  };
}

export const askedByTara: RequesterIdentity = {
  instance: 'production',
  requesterId: 'U0TARA',
  requesterUserIds: ['c-tara'],
};

export function planOf(rule: Rule | undefined): Plan {
  if (rule?.outcome.kind !== 'ask') throw new Error('this rule asks nobody');
  const { name, aboveCeiling, outcome } = rule;
  return {
    rule: name,
    policyHash: 'f'.repeat(64),
    approval: outcome.approval,
    aboveCeiling,
    ticket: null,
  };
}

/** A person who has Users – Create and everything that is requested, unless `changes` says otherwise. */
export function approver(id: string, changes: Partial<ApproverFacts> = {}): ApproverFacts {
  return {
    ...personFacts({ id, holdsUsersCreate: true }),
    name: id,
    connectUserId: `c-${id}`,
    unidentified: null,
    username: id.toLowerCase(),
    lacks: [],
    deputyFor: [],
    vouchedBy: [],
    ...changes,
  };
}

export function given(
  by: ApproverFacts,
  stage = 0,
  deputyFor: string | null = null,
): GivenApproval {
  const { id: personId, name: personName, connectUserId, lacks } = by;
  return { personId, personName, connectUserId, stage, deputyFor, lacks };
}
