/** Invalid rules are refused at the start, with line, column and reason. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readPolicy } from '../../src/config/policy-file/read-policy.ts';

const head = `instances:
  - alias: production
    instanceId: a1b2
    region: us-west-2
    requestsChannel: C0123456789
`;

/** All problems of a policy file with these rules, one per line. */
function wrongIn(rules: string): string {
  const read = readPolicy(`${head}rules:\n${rules}`, 'config.yaml');
  return read.ok
    ? ''
    : read.problems.map(({ setting, wrong }) => `${setting}: ${wrong}`).join('\n');
}

const anyone = 'requesters: { anyone: true }';

describe('rules', () => {
  const wrong: readonly [string, string, RegExp][] = [
    [
      'a misspelled key',
      `  - name: A\n    requestors: { anyone: true }`,
      /requestors \(config\.yaml, line 8, column 17\): .*did you mean “requesters”/,
    ],
    [
      'a misspelled key inside an approval',
      `  - name: A\n    ${anyone}\n    approval: { cuont: 2 }`,
      /rules\[0\]\.approval\.cuont \(config\.yaml, line 9, column 24\): .*did you mean “count”/,
    ],
    [
      'an id that is no user group',
      `  - name: A\n    requesters: { usergroups: ["@leads"] }`,
      /usergroups\[0\].*must be a user group’s id/,
    ],
    ['nobody who may ask', '  - name: A\n    requesters: {}', /rules\[0\]\.requesters.*is nobody/],
    [
      'two approvals by one person',
      `  - name: A\n    ${anyone}\n    approval: { count: 2, from: { people: [U0ARI] } }`,
      /line 9, column \d+\): cannot be satisfied: “Approval” needs 2 approvals and names 1/,
    ],
    [
      'an approval by the only requester',
      `  - name: A\n    requesters: { people: [U0ARI] }\n    approval: { from: { people: [U0ARI] } }`,
      /cannot be satisfied/,
    ],
    [
      'one person for two stages',
      `  - name: A\n    ${anyone}\n    approval: { stages: [{ name: One, from: { people: [U0ARI] } }, { name: Two, from: { people: [U0ARI] } }] }`,
      /“Two” has nobody left, as people count in one stage only/,
    ],
    [
      'a rule below one that matches everything',
      `  - name: All\n    ${anyone}\n  - name: Never\n    requesters: { people: [U0ARI] }\n    when: { users: { atMost: 3 } }`,
      /rules\[1\] \(config\.yaml, line 9, column 5\): can never match: “All” above it/,
    ],
    [
      'a rule below one whose names cover its own',
      `  - name: Agents\n    ${anyone}\n    allow: { securityProfiles: ["Agent*"] }\n  - name: Tier 2\n    ${anyone}\n    allow: { securityProfiles: ["Agent Tier 2"] }`,
      /rules\[1\].*can never match/,
    ],
    [
      'two rules of one name',
      `  - name: A\n    requesters: { people: [U0ARI] }\n  - name: a\n    ${anyone}`,
      /rules\[1\]\.name.*is the name of the rule at \[0\]/,
    ],
    [
      'an escalation after the end',
      `  - name: A\n    ${anyone}\n    approval: { expiresAfter: 1 day, escalate: { after: 2 days, people: [U0ARI] } }`,
      /escalate\.after.*not before the request expires/,
    ],
    [
      'a ticket that is no pattern',
      `  - name: A\n    ${anyone}\n    ticket: { pattern: "OPS-[" }`,
      /ticket\.pattern.*is no regular expression/,
    ],
    [
      'a link without the ticket',
      `  - name: A\n    ${anyone}\n    ticket: { pattern: "OPS", link: "https://example.com" }`,
      /with \{ticket\} in it/,
    ],
    [
      'a refusal of whoever holds Users – Create',
      `  - name: A\n    requesters: { creators: true }\n    refuse: no`,
      /refuses holders of Users – Create/,
    ],
  ];
  for (const [what, yaml, says] of wrong) {
    test(`refuses ${what}`, () => assert.match(wrongIn(yaml), says));
  }

  test('refuses rules beside the short form that they replace', () => {
    const policy = `${head}mayRequest: { anyone: true }\nrules: [{ name: A, ${anyone} }]`;
    const read = readPolicy(policy, 'config.yaml');
    assert.match(JSON.stringify(read), /mayRequest.*beside rules/);
  });

  test('takes two rules of which neither covers the other', () => {
    const rules = `  - name: Few\n    ${anyone}\n    when: { users: { atMost: 3 } }\n  - name: Many\n    ${anyone}`;
    assert.equal(wrongIn(rules), '');
  });
});
