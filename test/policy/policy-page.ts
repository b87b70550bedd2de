/** Generates docs/policy.md: what a rule can contain, from the schema, and five complete policies. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ruleSchema } from '../../src/policy/rule-schema.ts';

export const policies: readonly [string, string][] = [
  ['small-team', 'A small team'],
  ['regulated', 'A regulated company'],
  ['several-brands', 'Several brands'],
  ['partners', 'Partners'],
  ['night-shift', 'A night shift'],
];

type Node = {
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly required?: readonly string[];
};

function rowsOf(node: Node, at: string): string[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, member]) => {
    const path = at === '' ? name : `${at}.${name}`;
    const otherwise = isPlain(member.default) ? ` Default: \`${String(member.default)}\`.` : '';
    const group = [member, ...(member.anyOf ?? []), ...(member.items ? [member.items] : [])].find(
      (part) => part.properties,
    );
    const words = (member.description ?? '').replaceAll('|', '\\|');
    return [`| \`${path}\` | ${words}${otherwise} |`, ...(group ? rowsOf(group, path) : [])];
  });
}

function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

export function policyPage(): string {
  const schema = z.toJSONSchema(ruleSchema, { io: 'input' }) as Node;
  const shown = policies.map(
    ([file, title]) =>
      `## ${title}\n\n[policies/${file}.yaml](policies/${file}.yaml)\n\n\`\`\`yaml\n${readFileSync(`docs/policies/${file}.yaml`, 'utf8').trimEnd()}\n\`\`\``,
  );
  return `# The policy

This page is made from the schema of a rule by a test; change \`src/policy/rule-schema.ts\`, not this page.

\`rules\` say who may request what, and who has to agree. They stand at the top of the policy file for every instance, or
in an instance for that one alone. **The first rule that matches decides; if none does, the request is refused.** A rule
matches when the requester is one of its \`requesters\`, every user stays within \`allow\`, and \`when\` is true of the request.
Without \`rules\`, \`mayRequest\` and \`approval\` stand for one rule: whoever may request needs one approval.

What no rule can change:

- Whoever approves, and whoever creates at once, holds *Users – Create* in the instance, read live from Amazon Connect.
- Nobody gives more than they hold: permissions, applications, and users outside their access-control tags or hierarchy
  (\`aboveCeiling\` names who may, and the audit trail says so each time).
- Guests, other companies' people, bots and deactivated accounts never may anything.
- An approval is given for exactly these rows and for what their security profiles let people do at that moment. When
  either changes, earlier approvals are void, the card says what changed, and it asks again.

The file is checked at the start: a typing error, a rule that nobody can satisfy and a rule that can never match are refused with
line, column and reason. \`kill -HUP\` makes the bot read it again; a wrong one is refused and the old one goes on holding.
Every load is in the audit trail with the file's hash. Whether user groups and Connect users as they are now can give the approvals of each rule is
said by [\`npm run doctor\`](doctor.md), line \`connect.ALIAS.rules\`.

## Trying a policy

\`\`\`sh
npm run policy -- explain --requester U0TARA --usergroup S0LEADS --file users.csv
npm run policy -- test cases.yaml
\`\`\`

\`explain\` prints rule by rule why it matches or does not. \`test\` runs a table that a team keeps beside its policy:

\`\`\`yaml
cases:
  - name: a lead hires one agent
    requester: { usergroups: [S0LEADS] }
    users: [{ securityProfiles: [Agent] }]
    expect: { outcome: ask, rule: Agents need a manager, approvals: 1 }
  - name: nobody gives away Admin
    requester: { person: U0TARA, holdsUsersCreate: true }
    users: [{ securityProfiles: [Admin], times: 3 }]
    permissions: [Users.Create]
    expect: { outcome: refused }
\`\`\`

## What a rule can say

| Setting | Meaning |
|---|---|
${rowsOf(schema, '').join('\n')}

Names take \`*\` for any text, and case does not count. Beside the rules, an instance can have \`limits\` (users an hour and a
day, per instance and per approver; beyond them creating pauses until somebody who has not approved lets it go on), and
the file can have \`retentionDays\`.

${shown.join('\n\n')}
`;
}
