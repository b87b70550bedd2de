/** Who may approve, and when a request has all of its approvals: the second half of the policy's reference. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { explain } from '../../src/errors/problem.ts';
import {
  type ApproverFacts,
  type GivenApproval,
  judgeApprover,
  judgeDenier,
} from '../../src/policy/approver.ts';
import { approver, askedByTara, given, planOf, rulesOf } from './policies.ts';

const two = '- { name: Two, requesters: { anyone: true }, approval: { count: 2 } }';
const narrowed = `
- name: Security only
  requesters: { anyone: true }
  approval: { from: { usergroups: [S0SEC], people: [U0CIS] } }`;
const stages = `
- name: Staged
  requesters: { anyone: true }
  approval:
    stages:
      - { name: Manager, from: { usergroups: [S0MAN] } }
      - { name: Security, from: { usergroups: [S0SEC] } }`;
const sameMayCount = stages.replace('approval:', 'approval:\n    distinctPeople: false');
const together = two.replace('count: 2', 'count: 2, ceiling: together');
const own = two.replace('count: 2', 'allowOwn: true');
const signed = two.replace('count: 2', 'stepUp: { acrValues: [mfa] }');
const signIn = {
  issuer: 'https://sso.example',
  subjectHash: 'f'.repeat(64),
  authTime: '',
  acr: 'mfa',
};

const cis = { id: 'U0CIS', name: 'Cis', usergroups: [], connectUserId: 'c-cis' };
const man = { usergroups: ['S0MAN'] };
const sec = { usergroups: ['S0SEC'] };
const both = { usergroups: ['S0MAN', 'S0SEC'] };
const beyond = {
  code: 'decision.more-than-held',
  params: { profile: 'Admin', missing: 'X' },
} as const;
const lacksX = { beyond, lacks: ['Admin: X'] };
const lacksY = { beyond, lacks: ['Admin: Y'] };

function says(yaml: string, before: readonly GivenApproval[], by: ApproverFacts): string {
  const verdict = judgeApprover(planOf(rulesOf(yaml)[0]), before, by, askedByTara);
  if (!verdict.allowed) return `no: ${explain(verdict.problem)}`;
  const marks = [verdict.completes ? 'complete' : 'counts', `stage ${verdict.stage + 1}`];
  if (verdict.deputyFor) marks.push(`for ${verdict.deputyFor}`);
  if (verdict.aboveCeiling) marks.push('above the ceiling');
  return marks.join(', ');
}

const ari = approver('U0ARI');
const table: readonly [string, string, readonly GivenApproval[], ApproverFacts, RegExp][] = [
  [
    'a fresh sign-in that is missing',
    signed,
    [],
    ari,
    /^no: Before this counts, the policy requires you to sign in again/,
  ],
  ['with a fresh sign-in', signed, [], approver('U0ARI', { signIn }), /^complete, stage 1$/],
  [
    'with a sign-in of another way',
    signed,
    [],
    approver('U0ARI', { signIn: { ...signIn, acr: null } }),
    /^no: You signed in, but not in a way that the policy accepts/,
  ],
  [
    'signed in, and without Users – Create',
    signed,
    [],
    approver('U0ARI', { signIn, holdsUsersCreate: false }),
    /^no: This requires Users – Create/,
  ],
  ['the first of two', two, [], ari, /^counts, stage 1$/],
  ['the second of two', two, [given(ari)], approver('U0BEA'), /^complete, stage 1$/],
  ['the same person again', two, [given(ari)], ari, /^no: You have approved this already/],
  [
    'the deputy of somebody whose other account has approved',
    narrowed.replace('approval: {', 'approval: { count: 2,'),
    [given(approver('U0ALT', { connectUserId: 'c-cis' }))],
    approver('U0BEA', { deputyFor: [cis] }),
    /^no: .*U0ALT approved as the same person or for the same person/,
  ],
  [
    'the other account of somebody whose deputy has approved',
    two,
    [{ ...given(approver('U0BEA')), deputyFor: 'U0CIS', deputyForUserId: 'c-cis' }],
    approver('U0ALT', { connectUserId: 'c-cis' }),
    /^no: .*U0BEA approved as the same person or for the same person/,
  ],
  [
    'the same Connect user through another Slack account',
    two,
    [given(ari)],
    approver('U0ALT', { connectUserId: 'c-U0ARI' }),
    /^no: .*U0ARI approved as the same person/,
  ],
  [
    'one approval too many',
    two,
    [given(ari), given(approver('U0BEA'))],
    approver('U0CIS'),
    /^no: This request has all of its approvals/,
  ],
  ['the requester', two, [], approver('U0TARA'), /^no: You can’t approve your own request/],
  [
    'the requester through another Slack account',
    two,
    [],
    approver('U0ALT', { connectUserId: 'c-tara' }),
    /^no: You and whoever sent this request are the same Connect user, “u0alt”, so it counts as your own/,
  ],
  ['the requester, where the policy lets them', own, [], approver('U0TARA'), /^complete/],
  [
    'somebody without Users – Create',
    two,
    [],
    approver('U0SAM', { holdsUsersCreate: false }),
    /^no: This requires Users – Create/,
  ],
  [
    'somebody who is nobody in Connect',
    two,
    [],
    approver('U0NOA', {
      unidentified: { code: 'identity.no-match', params: {} },
      holdsUsersCreate: false,
    }),
    /^no: I can’t tell which user/,
  ],
  [
    'a deactivated person',
    two,
    [],
    approver('U0OLD', { inactive: { code: 'person.not-active', params: {} } }),
    /^no: .*deactivated/,
  ],
  [
    'more than they hold (H3)',
    two,
    [],
    approver('U0ARI', lacksX),
    /^no: You can’t approve the security profile “Admin”/,
  ],
  [
    'a holder of Users – Create who is not in the group',
    narrowed,
    [],
    ari,
    /^no: You are not among the people who approve/,
  ],
  ['a person who is named', narrowed, [], approver('U0CIS'), /^complete/],
  ['a member of the group', narrowed, [], approver('U0ARI', sec), /^complete/],
  [
    'the second stage before the first',
    stages,
    [],
    approver('U0SEC', sec),
    /^no: .*approve “Manager” now/,
  ],
  ['the first stage', stages, [], approver('U0MAN', man), /^counts, stage 1$/],
  [
    'the second stage',
    stages,
    [given(approver('U0MAN', man))],
    approver('U0SEC', sec),
    /^complete, stage 2$/,
  ],
  [
    'one person in both stages',
    stages,
    [given(approver('U0DUO', both))],
    approver('U0DUO', both),
    /^no: You have approved this already/,
  ],
  [
    'one person in both stages, where the policy lets them',
    sameMayCount,
    [given(approver('U0DUO', both))],
    approver('U0DUO', both),
    /^complete, stage 2$/,
  ],
  [
    'a deputy of a member',
    narrowed,
    [],
    approver('U0DEP', { deputyFor: [cis] }),
    /^complete, stage 1, for U0CIS$/,
  ],
  [
    'a deputy without Users – Create',
    narrowed,
    [],
    approver('U0DEP', {
      holdsUsersCreate: false,
      deputyFor: [cis],
    }),
    /^no: This requires Users – Create/,
  ],
  [
    'a deputy of somebody who has approved',
    two.replace('count: 2', 'count: 2, from: { people: [U0CIS, U0BEA] }'),
    [given(approver('U0CIS'))],
    approver('U0DEP', { deputyFor: [cis] }),
    /^no: .*U0CIS approved as the same person or for/,
  ],
  [
    'a deputy whom the requester named',
    narrowed.replace('U0CIS', 'U0TARA'),
    [],
    approver('U0DEP', { deputyFor: [{ ...cis, id: 'U0TARA' }] }),
    /^no: You are not among the people who approve/,
  ],
  [
    'a deputy whom the requester named by another account',
    narrowed,
    [],
    approver('U0DEP', { deputyFor: [{ ...cis, connectUserId: 'c-tara' }] }),
    /^no: You are not among the people who approve/,
  ],
  [
    'each lacks something, together they hold it all',
    together,
    [given(approver('U0ARI', lacksX))],
    approver('U0BEA', lacksY),
    /^complete/,
  ],
  [
    'together they lack the same',
    together,
    [given(approver('U0ARI', lacksX))],
    approver('U0BEA', lacksX),
    /^no: Together the approvers still lack/,
  ],
  [
    'above the ceiling',
    `${two}\n`.replace(' } }', ' }, aboveCeiling: { people: [U0ARI] } }'),
    [],
    approver('U0ARI', lacksX),
    /above the ceiling$/,
  ],
];

describe('the verdict on an approver', () => {
  for (const [what, yaml, before, by, expected] of table) {
    test(what, () => assert.match(says(yaml, before, by), expected));
  }

  test('a person who may approve in any stage may also deny, even profiles that exceed what they hold', () => {
    const plan = planOf(rulesOf(stages)[0]);
    assert.equal(judgeDenier(plan, approver('U0SEC', { ...sec, ...lacksX }), askedByTara), null);
    const manager = approver('U0MAN', man);
    assert.equal(judgeDenier(plan, manager, askedByTara, 'Manager'), null);
    assert.equal(
      judgeDenier(plan, manager, askedByTara, 'Security')?.code,
      'decision.not-approver',
      'not in the one stage that is looked at',
    );
    const stranger = judgeDenier(plan, ari, askedByTara);
    assert.equal(stranger?.code, 'decision.not-approver');
  });
});
