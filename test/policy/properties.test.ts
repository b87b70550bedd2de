/** Properties that hold for every policy and every request. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  type ApproverFacts,
  type GivenApproval,
  judgeApprover,
} from '../../src/policy/approver.ts';
import { covers } from '../../src/policy/lint.ts';
import { whyRuleDoesNotMatch } from '../../src/policy/match.ts';
import { readRules } from '../../src/policy/read-rules.ts';
import type { Rule } from '../../src/policy/rule.ts';
import { judgeRequest } from '../../src/policy/verdict.ts';
import { approver, askedByTara, factsOf, given, planOf, type Sketch } from './policies.ts';

const some = <Value>(...values: Value[]) => fc.subarray(values, { minLength: 1 });
const groups = ['S0ONE', 'S0TWO'];
const people = ['U0TARA', 'U0ARI', 'U0BEA', 'U0CIS'];
const profiles = ['Agent', 'Agent Tier 2', 'Admin'];
const optional = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.option(arbitrary, { nil: undefined });

const who = fc.record({
  anyone: fc.boolean(),
  creators: fc.boolean(),
  usergroups: fc.subarray(groups),
  people: fc.subarray(people),
});

const rule: fc.Arbitrary<Rule> = fc
  .record({
    requesters: who,
    profiles: optional(some('Agent', 'Agent *', '*', 'Admin')),
    users: optional(
      fc.record({
        atLeast: fc.integer({ min: 1, max: 3 }),
        atMost: fc.integer({ min: 3, max: 5 }),
      }),
    ),
    risks: optional(fc.constantFrom<'any' | 'none'>('any', 'none')),
    approval: optional(
      fc.oneof(
        fc.constant('none' as const),
        fc.record({ count: fc.integer({ min: 1, max: 3 }), usergroups: fc.subarray(groups) }),
      ),
    ),
  })
  .map(({ requesters, profiles: allowed, users, risks, approval }) => {
    const [made] = readRules([
      {
        name: 'A rule',
        requesters,
        ...(allowed ? { allow: { securityProfiles: allowed } } : {}),
        when: { ...(users ? { users } : {}), ...(risks ? { risks } : {}) },
        ...(approval === undefined
          ? {}
          : { approval: approval === 'none' ? approval : full(approval) }),
      },
    ]);
    if (!made) throw new Error('one rule was given');
    return made;
  });

function full({ count, usergroups }: { count: number; usergroups: string[] }) {
  return {
    count,
    from: { usergroups, people: [] },
    distinctPeople: true,
    ceiling: 'each' as const,
    allowOwn: false,
    expiresAfter: '3 days',
    remindAfter: [],
    keepWhenRowsLeftOut: false,
  };
}

const sketch: fc.Arbitrary<Sketch> = fc.record({
  requester: fc.constantFrom(...people),
  groups: fc.subarray(groups),
  holdsUsersCreate: fc.boolean(),
  beyond: fc.boolean(),
  users: fc.integer({ min: 1, max: 6 }),
  profile: fc.constantFrom(...profiles),
  permissions: fc.subarray(['ManagerListenIn', 'Users.Edit', 'BasicAgentAccess']),
});

const rules = fc.array(rule, { minLength: 1, maxLength: 6 });
const isYes = (set: readonly Rule[], facts: Sketch) =>
  judgeRequest(set, factsOf(facts)).verdict.kind !== 'refused';

const byAnybody = fc
  .record({
    id: fc.constantFrom(...people),
    groups: fc.subarray(groups),
    holdsUsersCreate: fc.boolean(),
    beyond: fc.boolean(),
  })
  .map(
    ({ id, groups: usergroups, holdsUsersCreate, beyond }): ApproverFacts =>
      approver(id, {
        usergroups,
        holdsUsersCreate,
        beyond: beyond ? { code: 'decision.more-than-held', params: {} } : null,
      }),
  );

describe('every policy', () => {
  test('a further permission never turns an approval into a refusal', () => {
    fc.assert(
      fc.property(rules, sketch, (set, facts) => {
        const more = { ...facts, holdsUsersCreate: true, beyond: false };
        if (isYes(set, facts)) assert.ok(isYes(set, more));
      }),
    );
    fc.assert(
      fc.property(rule, byAnybody, (asking, by) => {
        if (asking.outcome.kind !== 'ask') return;
        const plan = planOf(asking);
        const more = { ...by, holdsUsersCreate: true, beyond: null };
        if (judgeApprover(plan, [], by, askedByTara).allowed) {
          assert.ok(judgeApprover(plan, [], more, askedByTara).allowed);
        }
      }),
    );
  });

  test('removing Users – Create always turns an approval, and creating at once, into a refusal', () => {
    fc.assert(
      fc.property(rules, sketch, byAnybody, (set, facts, by) => {
        const without = { ...facts, holdsUsersCreate: false };
        assert.notEqual(judgeRequest(set, factsOf(without)).verdict.kind, 'create');
        for (const asking of set) {
          if (asking.outcome.kind !== 'ask') continue;
          const less = { ...by, holdsUsersCreate: false };
          assert.ok(!judgeApprover(planOf(asking), [], less, askedByTara).allowed);
        }
      }),
    );
  });

  test('nobody approves without the sign-in that a rule requires, whatever they hold', () => {
    fc.assert(
      fc.property(rule, byAnybody, (asking, by) => {
        if (asking.outcome.kind !== 'ask') return;
        const plan = planOf(asking);
        const stepUp = { maxAgeMs: 60_000, acrValues: [] };
        const wanted = { ...plan, approval: { ...plan.approval, stepUp } };
        const verdict = judgeApprover(wanted, [], by, askedByTara);
        assert.ok(!verdict.allowed);
        // The sign-in is the last missing condition: a person who may not approve is not sent to sign in.
        const isLast = judgeApprover(plan, [], by, askedByTara).allowed;
        assert.equal(verdict.problem.code === 'sign-in.needed', isLast);
      }),
    );
  });

  test('adding a rule below the matching one changes nothing', () => {
    fc.assert(
      fc.property(rules, rule, sketch, (set, added, facts) => {
        const before = judgeRequest(set, factsOf(facts));
        if (before.tried.at(-1)?.mismatch) return;
        const after = judgeRequest([...set, added], factsOf(facts));
        assert.deepEqual(after.verdict, before.verdict);
      }),
    );
  });

  test('a covered rule never matches where its covering rule does not', () => {
    fc.assert(
      fc.property(rule, rule, sketch, (above, below, facts) => {
        if (!covers(above, below)) return;
        if (!whyRuleDoesNotMatch(below, factsOf(facts)))
          assert.equal(whyRuleDoesNotMatch(above, factsOf(facts)), null);
      }),
    );
  });

  test('no order of clicks completes a request with fewer people than its rule requires', () => {
    fc.assert(
      fc.property(rule, fc.array(byAnybody, { maxLength: 12 }), (asking, clicks) => {
        if (asking.outcome.kind !== 'ask') return;
        const plan = planOf(asking);
        const counted: GivenApproval[] = [];
        for (const by of clicks) {
          const verdict = judgeApprover(plan, counted, by, askedByTara);
          if (!verdict.allowed) continue;
          counted.push(given(by, verdict.stage));
          assert.notEqual(by.id, askedByTara.requesterId);
          if (!verdict.completes) continue;
          const needed: number = asking.outcome.approval.stages.reduce(
            (sum, stage) => sum + stage.count,
            0,
          );
          assert.equal(new Set(counted.map(({ personId }) => personId)).size, needed);
        }
      }),
    );
  });
});
