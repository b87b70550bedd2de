/** Unusual sample requests, each with everything that its messages can show. */
import type { GivenApproval, Plan } from '../../policy/approver.ts';
import { created, decisionOf, everyState, rowOf, viewModelOf } from './block-samples.ts';

const group = 'S0APPROVERS';

const plan: Plan = {
  rule: 'supervisors',
  policyHash: 'f'.repeat(64),
  approval: {
    stages: [
      { name: 'team', count: 1, usergroups: [group], people: [] },
      { name: 'security', count: 2, usergroups: [], people: ['U0BEA', 'U0ARI'] },
    ],
    distinctPeople: true,
    ceiling: 'each',
    allowOwn: false,
    expiresAfterMs: 24 * 3_600_000,
    remindAfterMs: [3_600_000],
    escalation: { afterMs: 4 * 3_600_000, usergroups: [group], people: ['U0BEA'] },
    breakGlass: { people: ['U0ARI'], usergroups: [group], tell: ['U0BEA'] },
  },
  aboveCeiling: { usergroups: [], people: [] },
  ticket: { id: 'OPS-17', link: 'https://tickets.example.com/OPS-17' },
};

const given: GivenApproval = {
  personId: 'U0ARI',
  personName: 'Ari Admin',
  connectUserId: 'id-ari',
  stage: 0,
  deputyFor: null,
  lacks: [],
};

/** It waits for approvals of two stages, with everything that an approver should consider. */
export const riskyProfiles = viewModelOf({
  notBefore: new Date('2026-12-01T08:00:00Z'),
  risks: [{ profile: 'Supervisor', may: ['listen in on calls', 'edit users', 'delete users'] }],
  notices: [
    { code: 'notice.foreign-address', params: { shown: 'mary@example.net' } },
    { code: 'notice.quota-one', params: { alias: 'production', users: 500, quota: 500 } },
  ],
  cardPolicy: { notify: [group, 'U0BEA'], confirmAbove: 0 },
  requesterSharedWith: ['U0TWIN'],
  approval: { plan, given: [given], voided: null },
});

/** Earlier approvals do not count anymore. */
export const approvalsVoided = viewModelOf({
  approval: { plan, given: [], voided: ['Agent may listen in on calls now'] },
});

/** More users than a limit of the policy allows. */
export const atLimit = viewModelOf({
  ...everyState.paused,
  hold: {
    code: 'create.limit',
    params: { whose: 'production', most: 50, period: 'an hour', created: 50, waiting: 12 },
  },
});

/** A person had it created without the required approvals. */
export const approvedAtOnce = viewModelOf({
  ...everyState.done,
  approval: { plan, given: [], voided: null },
  decision: decisionOf({
    reason: 'the site opens in an hour',
    basis: { kind: 'break-glass', connectUser: 'ari', profiles: ['Admin'] },
  }),
});

/** Some users could not be created, and some of those can be retried. */
export const withFailedRows = viewModelOf({
  ...everyState.done,
  rows: [
    created,
    rowOf({
      position: 2,
      state: 'failed',
      problem: { code: 'create.quota', params: { instance: 'production' } },
      followUpProblem: { code: 'create.quota', params: { instance: 'production' } },
    }),
  ],
  retryable: 1,
  retries: [{ byName: 'Ari Admin', rows: 1 }],
});
