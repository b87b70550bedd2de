/** Measures one verdict over many rules and rows, including the sum over all rows. */
import { createRequestSummary, type RequestFacts } from '../src/policy/facts.ts';
import { readRules } from '../src/policy/read-rules.ts';
import { rulesSchema } from '../src/policy/rule-schema.ts';
import { judgeRequest } from '../src/policy/verdict.ts';
import { type Bench, percentile } from './measurement.ts';

const rules = readRules(
  rulesSchema.parse(
    Array.from({ length: 100 }, (_, index) => ({
      name: `Rule ${index}`,
      requesters: { usergroups: [`S0GROUP${index}`, 'S0LEADS'] },
      allow: {
        securityProfiles: [`Profile ${index}*`, 'Agent*'],
        routingProfiles: ['Basic*', 'Tier ?'],
        hierarchy: ['EMEA / *'],
        tags: { team: index === 99 ? ['team-*'] : [`other-${index}-*`] },
      },
      when: { users: { atMost: 5_000 }, risks: 'none' },
    })),
  ),
);

const rows = Array.from({ length: 1_000 }, (_, index) => ({
  securityProfiles: [{ id: `sp${index % 5}`, name: `Agent ${index % 5}` }],
  routingProfile: { id: `rp${index % 7}`, name: `Basic ${index % 7}` },
  hierarchyGroup: { id: `hg${index % 20}`, path: ['EMEA', `Site ${index % 20}`] },
  tags: { team: `team-${index % 50}`, cost: String(index) },
}));

function judge() {
  const asked = createRequestSummary();
  for (const row of rows) asked.add(row);
  const facts: RequestFacts = {
    instance: 'production',
    requester: {
      id: 'U0TARA',
      inactive: null,
      usergroups: ['S0LEADS'],
      holdsUsersCreate: false,
      beyond: null,
    },
    asked: asked.total([{ permissions: ['BasicAgentAccess'] }]),
    reason: null,
  };
  return judgeRequest(rules, facts);
}

export const policy: Bench = {
  name: 'policy',
  about: 'one verdict over 100 rules and 1,000 rows',
  async run() {
    const { verdict, tried } = judge();
    if (verdict.kind !== 'ask' || tried.length !== 100) throw new Error('the last rule decides');
    for (let round = 0; round < 200; round++) judge();
    const micros = Array.from({ length: 500 }, () => {
      const startedAt = performance.now();
      judge();
      return (performance.now() - startedAt) * 1_000;
    });
    return [{ name: 'verdict_us', value: percentile(micros, 0.5), unit: '', atMost: 2_000 }];
  },
};
