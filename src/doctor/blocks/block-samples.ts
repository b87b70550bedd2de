/**
 * An ordinary request in every state, as messages show it, which `npm run doctor -- --blocks` sends for validation.
 */

import type { FileViewModel } from '../../messages/files/file-view-model.ts';
import type { HomeRequest } from '../../messages/home/home.ts';
import type { RequestViewModel, RowViewModel } from '../../messages/request-view-model.ts';
import type { Decision, RequestState } from '../../requests/model/states.ts';
import type { NewUser } from '../../users/new-user.ts';

export const at = new Date('2026-11-21T13:02:00Z');

export const cardUrl = 'https://example.slack.com/archives/C0REQUESTS/p1700000000000100';

export const mary: NewUser = {
  username: 'Mary',
  firstName: 'Mary',
  lastName: 'Major',
  email: 'mary@example.com',
  routingProfile: { id: 'rp-basic', name: 'Basic Routing Profile' },
  securityProfiles: [{ id: 'sp-agent', name: 'Agent' }],
  phone: { type: 'desk', number: '+15555551212' },
  afterContactWorkSeconds: 30,
  tags: {},
};

export function rowOf(changes: Partial<RowViewModel> = {}): RowViewModel {
  return {
    position: 1,
    state: 'waiting',
    draft: { firstName: 'Mary', lastName: 'Major', username: 'Mary' },
    user: mary,
    passwordPlan: 'generated',
    userId: null,
    userArn: null,
    problem: null,
    findings: [],
    followUpProblem: null,
    welcome: null,
    ...changes,
  };
}

export const created = rowOf({
  state: 'created',
  userId: '11111111-2222-4333-8444-555555555555',
  userArn: 'arn:aws:connect:eu-central-1:111122223333:instance/i/agent/u',
});

export function viewModelOf(changes: Partial<RequestViewModel> = {}): RequestViewModel {
  return {
    id: 1042,
    number: 'CU-1042',
    instance: 'production',
    requestsChannel: 'C0REQUESTS',
    state: 'awaiting_approval',
    requester: { id: 'U0TARA', name: 'Tara Lead' },
    reason: 'back-fill for J. Ortiz',
    contentHash: 'a'.repeat(64),
    notBefore: null,
    expiresAt: new Date('2026-11-24T14:00:00Z'),
    startedAt: null,
    endedAt: null,
    decision: null,
    hold: null,
    stopping: false,
    risks: [],
    notices: [],
    cardPolicy: { notify: [], confirmAbove: null },
    requesterSharedWith: [],
    approval: { plan: null, given: [], voided: null },
    rows: [rowOf()],
    retryable: 0,
    retries: [],
    signIn: { mode: 'CONNECT_MANAGED', url: 'https://example.my.connect.aws/login' },
    ...changes,
  };
}

export function decisionOf(changes: Partial<Decision> = {}): Decision {
  return {
    kind: 'approved',
    by: 'U0ARI',
    byName: 'Ari Admin',
    at: at.toISOString(),
    contentHash: 'a'.repeat(64),
    basis: { kind: 'holds-users-create', connectUser: 'ari', profiles: ['Admin'] },
    ...changes,
  };
}

/** One ordinary request in each state, with the data that belongs to the state. */
export const everyState: Readonly<Record<RequestState, RequestViewModel>> = {
  received: viewModelOf({
    state: 'received',
    contentHash: null,
    expiresAt: null,
    rows: [rowOf({ user: null, passwordPlan: null })],
  }),
  check_failed: viewModelOf({
    state: 'check_failed',
    contentHash: null,
    hold: { code: 'check.gave-up', params: { reference: '1a2b3c4d' } },
    rows: [rowOf({ user: null, passwordPlan: null })],
  }),
  // Only files have this state; a form never has it.
  offered: viewModelOf({ state: 'offered', expiresAt: null }),
  awaiting_approval: viewModelOf(),
  scheduled: viewModelOf({
    state: 'scheduled',
    decision: decisionOf(),
    notBefore: new Date('2026-12-01T08:00:00Z'),
  }),
  approved: viewModelOf({ state: 'approved', decision: decisionOf(), startedAt: at }),
  paused: viewModelOf({ state: 'paused', decision: decisionOf(), startedAt: at }),
  done: viewModelOf({
    state: 'done',
    decision: decisionOf(),
    startedAt: at,
    endedAt: new Date(at.getTime() + 24_000),
    rows: [created],
  }),
  rejected: viewModelOf({
    state: 'rejected',
    contentHash: null,
    expiresAt: null,
    rows: [
      rowOf({
        state: 'cancelled',
        user: null,
        findings: [
          {
            field: 'username',
            problem: {
              code: 'username.taken',
              params: { username: 'Mary', instance: 'production' },
            },
          },
        ],
      }),
    ],
  }),
  denied: viewModelOf({
    state: 'denied',
    decision: decisionOf({ kind: 'denied', reason: 'use the Tier 1 profile' }),
  }),
  cancelled: viewModelOf({
    state: 'cancelled',
    decision: decisionOf({ kind: 'cancelled', by: 'U0TARA', byName: 'Tara Lead' }),
  }),
  expired: viewModelOf({ state: 'expired' }),
};

/** Rows of a file as approvers see them, one page at a time. */
export const askedRows = Array.from({ length: 15 }, (_, index) => ({
  position: index + 1,
  line: index + 2,
  state: 'waiting' as const,
  new_user: { ...mary, username: `mary${index}` },
  password_plan: 'generated' as const,
}));

/** A request as the App Home shows it. */
export function homeRequest(changes: Partial<HomeRequest> = {}): HomeRequest {
  return {
    id: 1042,
    instance: 'production',
    state: 'awaiting_approval',
    requesterName: 'Tara Lead',
    contentHash: null,
    createdAt: at,
    notBefore: null,
    firstUser: { username: 'mary', firstName: 'Mary', lastName: 'Major' },
    file: null,
    rows: 1,
    created: 0,
    failed: 0,
    cancelled: 0,
    cardUrl: null,
    remarks: {
      risks: [],
      notices: [],
      requesterSharedWith: [],
      requester: { id: 'U0TARA', name: 'Tara Lead' },
    },
    confirmAbove: null,
    ...changes,
  };
}

/** The same request from a file, with more causes of mistakes than fit on a screen. */
export function fileViewModelOf(view: RequestViewModel): FileViewModel {
  const { rows: _rows, ...head } = view;
  const groups = Array.from({ length: 8 }, (_, index) => ({
    where: `Row ${index + 2}`,
    sentence: `Username: There is a user jdoe${index} in production already.`,
  }));
  return {
    ...head,
    file: {
      name: 'november.csv',
      origin: { channel: head.requestsChannel, threadTs: '1700000000.000100' },
      summary: {
        rows: 56,
        good: 48,
        wrong: 8,
        skipped: 0,
        corrected: 3,
        securityProfiles: [{ id: 'sp-agent', name: 'Agent', count: 48 }],
        routingProfiles: [{ id: 'rp-basic', name: 'Basic Routing Profile', count: 48 }],
        people: [{ name: 'Mary Major', username: 'Mary' }],
        repair: { suggestions: 2, names: 1, rows: 8 },
        notRead: ['hidden sheet “Leavers”', 'rows 12–14 (hidden)', 'column “Cost center”'],
        passwords: true,
      },
      read: 'sheet “November”, A1:K57',
      groups,
      fixed: 0,
      isMappable: true,
      question: null,
      revision: 1,
      refusal: null,
      together: [],
    },
    counts: {
      wrong: 8,
      skipped: 0,
      left_out: 0,
      waiting: 12,
      sending: 1,
      unclear: 0,
      created: 34,
      failed: 1,
      cancelled: 0,
    },
    speed: { perSecond: 2, leftMs: 7_000 },
    failures: groups.slice(0, 1),
  };
}
