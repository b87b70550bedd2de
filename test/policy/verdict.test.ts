/** The reference of the policy: each line has a policy, a request, and its verdict. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { explain } from '../../src/errors/problem.ts';
import type { PersonFacts } from '../../src/policy/facts.ts';
import { judgeRequest, whyNoReasonTaken } from '../../src/policy/verdict.ts';
import { factsOf, personFacts, rulesOf, type Sketch } from './policies.ts';

/** `refused: …`, `created at once`, or `asks: 2 approvals`, with the rule that decided. */
function verdict(yaml: string, sketch: Sketch): string {
  const { verdict: found } = judgeRequest(rulesOf(yaml), factsOf(sketch));
  switch (found.kind) {
    case 'refused':
      return `refused: ${explain(found.problem)}`;
    case 'create':
      return `created at once (${found.rule.name})${found.aboveCeiling ? ' above the ceiling' : ''}`;
    case 'ask': {
      const stages = found.approval.stages.map(({ name, count }) => `${count} × ${name}`);
      return `asks: ${stages.join(', then ')} (${found.rule.name})`;
    }
  }
}

const leads = `
- name: Leads
  requesters: { usergroups: [S0LEADS] }
  allow: { securityProfiles: [Agent, "Agent *"] }
- name: Holders
  requesters: { creators: true }
  approval: none
- name: Holders ask
  requesters: { creators: true }`;

const sizes = `
- name: Few
  requesters: { anyone: true }
  when: { users: { atMost: 10 } }
- name: Many
  requesters: { anyone: true }
  approval: { count: 2 }`;

const risks = `
- name: Risky
  requesters: { anyone: true }
  when: { risks: [listen-in, delete-recordings] }
  approval:
    stages:
      - { name: Manager, from: { usergroups: [S0MANAGERS] } }
      - { name: Security, count: 2, from: { usergroups: [S0SECURITY] } }
- name: Harmless
  requesters: { anyone: true }
  when: { risks: none }
- name: Anything else
  requesters: { anyone: true }
  refuse: ask the platform team`;

const contractors = `
- name: No contractors
  requesters: { usergroups: [S0CONTRACTORS] }
  refuse: contractors go through purchasing
- name: Everybody
  requesters: { anyone: true }`;

const places = `
- name: North only
  requesters: { anyone: true }
  allow:
    hierarchy: ["EMEA / North"]
    routingProfiles: ["Basic *"]
    tags: { team: ["north-*"] }`;

const tickets = `
- name: With a ticket
  requesters: { anyone: true }
  reason: { minLength: 10 }
  ticket: { pattern: "OPS-[0-9]+", link: "https://tickets.example.com/{ticket}" }`;

const north = {
  hierarchy: 'EMEA / North / Sales',
  routing: 'Basic Routing',
  tags: { team: 'north-1' },
};

type Row = readonly [what: string, rules: string, sketch: Sketch, says: RegExp];

/**
 * A rule for contractors above a rule for everybody: what each of them requires, and whether the first requires less.
 */
const strict: readonly [string, string, string, boolean][] = [
  ['more approvals', '{ count: 2 }', '{}', true],
  ['as many', '{ count: 2 }', '{ count: 2 }', false],
  ['fewer', '{}', '{ count: 2 }', false],
  ['other approvers', '{ from: { people: [U0ARI] } }', '{}', true],
  [
    'fewer approvers than it names',
    '{ from: { people: [U0ARI, U0BEA] } }',
    '{ from: { people: [U0ARI] } }',
    false,
  ],
  [
    'a user group of approvers',
    '{ from: { usergroups: [S0SECURITY] } }',
    '{ from: { people: [U0ARI] } }',
    true,
  ],
  ['a second stage', '{ stages: [{ name: A }, { name: B }] }', '{}', true],
  [
    'the same stages',
    '{ stages: [{ name: A }, { name: B }] }',
    '{ stages: [{ name: C }, { name: D }] }',
    false,
  ],
  [
    'stages in another order',
    '{ stages: [{ name: A, from: { people: [U0ARI] } }, { name: B }] }',
    '{ stages: [{ name: B }, { name: A, from: { people: [U0ARI] } }] }',
    true,
  ],
  ['a fresh sign-in', '{ stepUp: {} }', '{}', true],
  [
    'a fresher sign-in',
    '{ stepUp: { maxAge: 1 minute } }',
    '{ stepUp: { maxAge: 5 minutes } }',
    true,
  ],
  ['a stronger sign-in', '{ stepUp: { acrValues: [mfa] } }', '{ stepUp: {} }', true],
  [
    'the same sign-in',
    '{ stepUp: { acrValues: [mfa] } }',
    '{ stepUp: { acrValues: [mfa] } }',
    false,
  ],
  ['each approver to hold it all', '{}', '{ ceiling: together }', true],
  ['people who count once', '{ count: 2 }', '{ count: 2, distinctPeople: false }', true],
  ['no break-glass', '{}', '{ breakGlass: { people: [U0ARI], tell: [U0BEA] } }', true],
  [
    'no escalation',
    '{ from: { people: [U0ARI] } }',
    '{ from: { people: [U0ARI] }, escalate: { after: 1 hour, people: [U0BEA] } }',
    true,
  ],
  ['approvals anew for a shorter list', '{}', '{ keepWhenRowsLeftOut: true }', true],
];

const stricterRows = strict.map(([what, contractorsNeed, othersNeed, isLess]) => {
  const rules = `
- { name: Contractors, requesters: { usergroups: [S0CONTRACTORS] }, approval: ${contractorsNeed} }
- { name: Everybody, requesters: { anyone: true }, approval: ${othersNeed} }`;
  const says = isLess
    ? /^refused: The rule “Contractors” asks more of a user group, and Slack doesn’t tell me who/
    : /^asks.*\(Everybody\)/;
  const row: Row = [
    `anybody, while Slack does not tell of whom the first rule wants ${what}`,
    rules,
    { unlisted: ['S0CONTRACTORS'] },
    says,
  ];
  return row;
});

const table: readonly Row[] = [
  ['a lead requests an agent', leads, { groups: ['S0LEADS'] }, /^asks: 1 × Approval \(Leads\)$/],
  [
    'case of a name does not count',
    leads,
    { groups: ['S0LEADS'], profile: 'AGENT TIER 2' },
    /^asks.*\(Leads\)/,
  ],
  [
    'a lead requests an admin',
    leads,
    { groups: ['S0LEADS'], profile: 'Admin' },
    /^refused: .*closest is “Leads”: the security profile “Admin” is not allowed/,
  ],
  [
    'somebody else asks',
    leads,
    {},
    /^refused: .*limited to certain user groups and holders of Users – Create/,
  ],
  [
    'a holder creates what they hold',
    leads,
    { holdsUsersCreate: true, profile: 'Admin' },
    /^created at once \(Holders\)$/,
  ],
  [
    'a holder requests more than they hold',
    leads,
    { holdsUsersCreate: true, profile: 'Admin', beyond: true },
    /^asks.*\(Holders ask\)/,
  ],
  [
    'the first rule that matches decides, also for who could have more',
    leads,
    { groups: ['S0LEADS'], holdsUsersCreate: true },
    /\(Leads\)/,
  ],
  ['a guest', leads, { groups: ['S0LEADS'], inactive: true }, /^refused: Guests/],
  ['ten users', sizes, { users: 10 }, /1 × Approval \(Few\)/],
  ['eleven users', sizes, { users: 11 }, /2 × Approval \(Many\)/],
  [
    'a risk that the rule names',
    risks,
    { permissions: ['ManagerListenIn'] },
    /asks: 1 × Manager, then 2 × Security/,
  ],
  ['no risk', risks, {}, /\(Harmless\)/],
  [
    'a risk that no rule names',
    risks,
    { permissions: ['Users.Edit'] },
    /^refused: The rule “Anything else” refuses this: ask the platform team/,
  ],
  ['somebody in no refused user group', contractors, {}, /^asks.*\(Everybody\)/],
  [
    'somebody in a refused user group',
    contractors,
    { groups: ['S0CONTRACTORS'] },
    /^refused: The rule “No contractors” refuses this: contractors go through purchasing/,
  ],
  [
    'anybody, while Slack does not tell who is in the refused user group',
    contractors,
    { unlisted: ['S0CONTRACTORS'] },
    /^refused: The rule “No contractors” refuses a user group, and Slack doesn’t tell me who/,
  ],
  [
    'anybody, while Slack does not tell who is in a user group that may request',
    `${contractors}
- name: Never
  requesters: { usergroups: [S0OTHERS] }
  refuse: never`,
    { unlisted: ['S0OTHERS'] },
    /^asks.*\(Everybody\)/,
  ],
  ...stricterRows,
  ['a group below the one that is allowed', places, north, /^asks/],
  [
    'a group beside it',
    places,
    { ...north, hierarchy: 'EMEA / South' },
    /hierarchy group “EMEA \/ South” is not allowed/,
  ],
  [
    'a group above it',
    places,
    { ...north, hierarchy: 'EMEA' },
    /hierarchy group “EMEA” is not allowed/,
  ],
  [
    'no group at all',
    places,
    { ...north, hierarchy: '' },
    /a user without a hierarchy group is not allowed/,
  ],
  [
    'another routing profile',
    places,
    { ...north, routing: 'VIP' },
    /routing profile “VIP” is not allowed/,
  ],
  ['another tag', places, { ...north, tags: { team: 'south' } }, /tag “team=south” is not allowed/],
  ['no tag', places, { ...north, tags: {} }, /a user without the tag “team” is not allowed/],
  ['a ticket and a reason', tickets, { reason: 'OPS-12: new starters' }, /^asks/],
  [
    'a reason without a ticket',
    tickets,
    { reason: 'because I say so' },
    /^refused: .*needs a ticket number/,
  ],
  [
    'a ticket inside another word',
    tickets,
    { reason: 'see DEVOPS-12 for more' },
    /needs a ticket number/,
  ],
  [
    'a ticket and too little reason',
    tickets,
    { reason: 'OPS-1' },
    /reason of at least 10 characters/,
  ],
  [
    'who is above the ceiling creates more than they hold',
    '- { name: Platform, requesters: { creators: true }, approval: none, aboveCeiling: { people: [U0TARA] } }',
    { holdsUsersCreate: true, beyond: true },
    /^created at once \(Platform\) above the ceiling$/,
  ],
  [
    'who is above the ceiling still needs Users – Create',
    '- { name: Platform, requesters: { anyone: true }, approval: none, aboveCeiling: { people: [U0TARA] } }',
    { holdsUsersCreate: false, beyond: true },
    /^refused: .*it is for holders of Users – Create/,
  ],
];

describe('the verdict on a request', () => {
  for (const [what, yaml, sketch, says] of table) {
    test(what, () => assert.match(verdict(yaml, sketch), says));
  }

  test('refuses when a rule with an unreadable user group would require more, and skips that rule otherwise', () => {
    const rules = `
- name: Contractors
  requesters: { usergroups: [S0CONTRACTORS] }
  when: { users: { atLeast: 2 } }
  reason: { minLength: 5 }
- name: Everybody
  requesters: { anyone: true }`;
    const unlisted = ['S0CONTRACTORS'];
    assert.match(verdict(rules, { unlisted }), /^asks.*\(Everybody\)/);
    assert.match(verdict(rules, { unlisted, users: 2 }), /^refused: .*asks more of a user group/);
    assert.match(
      verdict(rules, { unlisted, users: 2, reason: 'a new site' }),
      /^asks.*\(Everybody\)/,
    );
    const atOnce = `${rules}\n  approval: none`;
    const holder = { unlisted, users: 2, reason: 'a new site', holdsUsersCreate: true };
    assert.match(verdict(atOnce, holder), /^refused: .*asks more of a user group/);
    assert.match(verdict(atOnce, { ...holder, unlisted: [] }), /^created at once/);
  });

  test('a request is refused as a whole when one of its users is not allowed', () => {
    const rules = rulesOf(leads);
    const facts = factsOf({ groups: ['S0LEADS'], users: 3 });
    const mixed = { ...facts, asked: { ...facts.asked, securityProfiles: ['Agent', 'Admin'] } };
    assert.equal(judgeRequest(rules, mixed).verdict.kind, 'refused');
  });

  test('says for each rule above the matching one why that rule did not match', () => {
    const { tried } = judgeRequest(rulesOf(risks), factsOf({ permissions: ['Users.Edit'] }));
    assert.deepEqual(
      tried.map(({ rule, mismatch }) => [rule.name, mismatch?.why ?? 'matched']),
      [
        ['Risky', 'none of its risks is there: listen-in, delete-recordings'],
        ['Harmless', 'there is a risk: edit-users'],
        ['Anything else', 'matched'],
      ],
    );
  });
});

describe('a reason that the form can judge', () => {
  const person = (sketch: Parameters<typeof personFacts>[0] = {}) => personFacts(sketch);
  const why = (
    rules: string,
    reason: string | null,
    { users = 1, requester = person() }: { users?: number; requester?: PersonFacts | null } = {},
  ) => whyNoReasonTaken(rulesOf(rules), requester, users, reason)?.code ?? null;
  const some = `
- name: Holders
  requesters: { creators: true }
  approval: none
- name: Few
  requesters: { anyone: true }
  when: { users: { atMost: 10 } }
- name: Many
  requesters: { anyone: true }
  reason: { minLength: 5 }`;

  test('is refused when no rule of the person accepts it, and left to the verdict when a rule might', () => {
    assert.equal(why(tickets, null), 'policy.ticket-needed');
    assert.equal(why(tickets, 'OPS-1'), 'policy.reason-needed');
    assert.equal(why(tickets, 'OPS-1: new hires'), null);
    assert.equal(why(tickets, null, { requester: null }), 'policy.ticket-needed');
    assert.equal(why(some, null), null);
    assert.equal(why(some, null, { users: 11 }), 'policy.reason-needed');
    const holder = person({ holdsUsersCreate: true });
    assert.equal(why(some, null, { users: 11, requester: holder }), null);
    // A requester whose identity is not known may be a person with Users – Create.
    assert.equal(why(some, null, { users: 11, requester: null }), null);
    // A rule that matches every request, and the rules below it, which never apply.
    const many = `${tickets}\n  when: { users: { atLeast: 2 } }${some}`;
    assert.equal(why(many, null, { users: 2 }), 'policy.ticket-needed');
    assert.equal(why(many, null, { users: 2, requester: null }), 'policy.ticket-needed');
    assert.equal(why(many, null, { users: 1 }), null);
    const agents = many.replace('when: {', 'allow: { securityProfiles: [Agent] }\n  when: {');
    assert.equal(why(agents, null, { users: 2 }), null);
    const leads = many.replace('anyone: true', 'usergroups: [S0LEADS]');
    assert.equal(why(leads, null, { users: 2, requester: null }), null);
    assert.equal(
      why(leads, null, { users: 2, requester: person({ groups: ['S0LEADS'] }) }),
      'policy.ticket-needed',
    );
    // Nobody may submit this request, so the verdict names who may.
    assert.equal(why('- { name: No, requesters: { anyone: true }, refuse: closed }', null), null);
  });
});
