/** A request as messages show it: everything in one plain object, read from the database. */
import type { Risk } from '../auth/risks.ts';
import type { CardPolicy, InstanceConfig } from '../config/config.ts';
import type { Problem } from '../errors/problem.ts';
import { boundHash } from '../policy/approval-binding.ts';
import type { GivenApproval } from '../policy/approver.ts';
import type { RetryFacts } from '../requests/model/retryable.ts';
import type { Decision, RequestState, RowState } from '../requests/model/states.ts';
import { fromStoredDecision } from '../requests/model/stored-decision.ts';
import type { RequestRecord, RowRecord } from '../storage/schema.ts';
import { requestNumber } from '../text/request-number.ts';
import type { Finding, IdentityMode, NewUser, PasswordPlan, UserDraft } from '../users/new-user.ts';
import type { ApprovalFacts } from './approval-lines.ts';

/** The result of a welcome: Slack shows it, or the reason why there is none. */
export type Welcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'not-sent'; readonly why: Problem };

export type RowViewModel = {
  readonly position: number;
  readonly state: RowState;
  readonly draft: UserDraft;
  /** Null until the row was checked. */
  readonly user: NewUser | null;
  readonly passwordPlan: PasswordPlan | null;
  readonly userId: string | null;
  readonly userArn: string | null;
  readonly problem: Problem | null;
  readonly findings: readonly Finding[];
  /** The follow-up that failed after the creation. */
  readonly followUpProblem: Problem | null;
  /** Whether the new user got a welcome; null when none is due, or while it waits. */
  readonly welcome: Welcome | null;
};

export type RequestViewModel = RetryFacts & {
  readonly id: number;
  /** `CU-1042`. */
  readonly number: string;
  readonly instance: string;
  readonly requestsChannel: string;
  readonly state: RequestState;
  readonly requester: { readonly id: string; readonly name: string };
  readonly reason: string | null;
  readonly contentHash: string | null;
  readonly expiresAt: Date | null;
  /** Nothing is created before; null: as soon as it is approved. */
  readonly notBefore: Date | null;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly decision: Decision | null;
  readonly hold: Problem | null;
  /** The rest was cancelled: nothing more is sent, and answers of running calls are still recorded. */
  readonly stopping: boolean;
  readonly risks: readonly Risk[];
  readonly notices: readonly Problem[];
  /** Who is mentioned when the card is posted, and when an approval requires a confirmation. */
  readonly cardPolicy: Pick<CardPolicy, 'notify' | 'confirmAbove'>;
  /** Other Slack people who are the same Connect user as the requester. */
  readonly requesterSharedWith: readonly string[];
  readonly approval: ApprovalFacts;
  readonly rows: readonly RowViewModel[];
  /** How the instance's users sign in; null before this was read from Connect. */
  readonly signIn: { readonly mode: IdentityMode; readonly url: string | null } | null;
};

/** The common part of messages about one user and about many. */
export type HeadViewModel = Omit<RequestViewModel, 'rows'>;

export type SignInFacts = {
  readonly identityMode: IdentityMode;
  readonly accessUrl?: string;
  readonly globalSignInUrl?: string;
};

/**
 * The sign-in address of new users. A SAML instance's own address leads to "Session expired", because its users sign
 * in through their identity provider.
 */
function signInUrl(instance: InstanceConfig | undefined, facts: SignInFacts): string | null {
  const own = facts.identityMode === 'SAML' ? undefined : facts.accessUrl;
  return instance?.loginUrl ?? facts.globalSignInUrl ?? own ?? null;
}

/** How the users of an instance sign in; null before Connect has returned it. */
export function signInOf(
  instance: InstanceConfig | undefined,
  facts: SignInFacts | null,
): RequestViewModel['signIn'] {
  return facts && { mode: facts.identityMode, url: signInUrl(instance, facts) };
}

export function requestViewModel(
  request: RequestRecord,
  rows: readonly RowRecord[],
  instance: InstanceConfig | undefined,
  facts: SignInFacts | null,
  retry: RetryFacts,
  approvals: readonly GivenApproval[] = [],
  welcomes: ReadonlyMap<number, Welcome> = new Map(),
): RequestViewModel {
  return {
    ...retry,
    id: request.id,
    number: requestNumber(request.id),
    instance: request.instance,
    requestsChannel: request.requests_channel,
    state: request.state,
    requester: { id: request.requester_id, name: request.requester_name },
    reason: request.reason,
    // A button approves the rows together with the permissions of their profiles (H2).
    contentHash: boundHash(request),
    expiresAt: request.expires_at,
    notBefore: request.not_before,
    startedAt: request.started_at,
    endedAt: request.ended_at,
    decision: fromStoredDecision(request.decision),
    hold: request.hold,
    stopping:
      request.rest_cancelled_at !== null &&
      (request.state === 'approved' || request.state === 'paused'),
    risks: request.risks,
    notices: request.notices,
    cardPolicy: instance?.card ?? { notify: [], confirmAbove: null },
    requesterSharedWith: request.requester_connect?.sharedWith ?? [],
    approval: { plan: request.plan, given: approvals, voided: request.voided },
    rows: rows.map((row) => ({
      position: row.position,
      state: row.state,
      draft: row.draft,
      user: row.new_user,
      passwordPlan: row.password_plan,
      userId: row.user_id,
      userArn: row.user_arn,
      problem: row.problem,
      findings: row.findings,
      followUpProblem: row.follow_up_problem,
      welcome: welcomes.get(row.position) ?? null,
    })),
    signIn: signInOf(instance, facts),
  };
}
