/** The tables, as Kysely sees them. src/storage/migrations/ makes them. */

import type { ColumnType, Generated, Selectable } from 'kysely';
import type { DecisionBasis } from '../auth/decision-basis.ts';
import type { Risk } from '../auth/risks.ts';
import type { ConnectSelf } from '../auth/same-person.ts';
import type { Problem } from '../errors/problem.ts';
import type { Binding } from '../policy/approval-binding.ts';
import type { Plan } from '../policy/approver.ts';
import type { RequestState, RowState } from '../requests/model/states.ts';
import type { StoredDecision } from '../requests/model/stored-decision.ts';
import type { JsonText } from '../text/storable.ts';
import type { RowCorrection } from '../users/files/repair/corrections.ts';
import type { KeptRow } from '../users/files/repair/kept-row.ts';
import type { Finding, NewUser, PasswordPlan, UserDraft } from '../users/new-user.ts';
import type { AliasesTable, FileMappingsTable, RequestFilesTable } from './tables/file-tables.ts';
import type {
  IdentityLinksTable,
  PostsTable,
  RefusedPostsTable,
  SignInsTable,
  ThreadMessagesTable,
  WorkflowStepsTable,
} from './tables/slack-tables.ts';

/** Written once at insert. */
type Fixed<T> = ColumnType<T, T, never>;
/** `jsonb`: reading returns an object, writing requires JSON text that Postgres accepts (text/storable.ts). */
type Json<T> = ColumnType<T, JsonText, JsonText>;

export type RequestsTable = {
  /** Shown as CU-<id>. */
  id: Generated<number>;
  /** Distinguishes this request from one with the same number in another database. */
  uid: Generated<string>;
  instance: Fixed<string>;
  source: Fixed<'form' | 'file'>;
  state: RequestState;
  /** Slack user id and the name shown for it when the request was made. */
  requester_id: Fixed<string>;
  requester_name: string;
  reason: string | null;
  /** The earlier request that this one replaces, corrected. */
  replaces: ColumnType<number | null, number | null | undefined, never>;
  requests_channel: Fixed<string>;
  /** Hash of the checked rows with their resolved ids; approvals are bound to it. Null until checked. */
  content_hash: string | null;
  created_at: Fixed<Date>;
  expires_at: Date | null;
  /** Nothing is created before; null: as soon as it is approved. */
  not_before: Date | null;
  /** Who decided, and on what basis (`StoredDecision` in requests/model/stored-decision.ts). */
  decision: ColumnType<StoredDecision | null, JsonText | null, JsonText | null>;
  started_at: Date | null;
  ended_at: Date | null;
  /** Why a running request waits, when it waits for something (`Problem`). */
  hold: ColumnType<Problem | null, JsonText | null, JsonText | null>;
  /** The run that may send rows of it (provisioning/provision-request.ts). */
  run: string | null;
  /** Since then no row is sent again; null while all rows may be sent. */
  rest_cancelled_at: Date | null;
  /** The requester's Connect user when the request was checked; null: none, or not determined. */
  requester_connect: ColumnType<ConnectSelf | null, string | null | undefined, string | null>;
  /** The risks that an approver should consider: what the requested security profiles allow. */
  risks: ColumnType<Risk[], JsonText | undefined, JsonText>;
  /** Other notices for approvers: a full quota, values that Connect may refuse. */
  notices: ColumnType<Problem[], JsonText | undefined, JsonText>;
  /** The approvals that it needs, and the rule that requires them (`Plan`). */
  plan: ColumnType<Plan | null, JsonText | null | undefined, JsonText | null>;
  /** The content that its approvals are given for (`Binding`). */
  binding: ColumnType<Binding | null, JsonText | null | undefined, JsonText | null>;
  /** Reminders that were sent. */
  reminded: Generated<number>;
  /** Since then more people may approve. */
  escalated_at: Date | null;
  /** Who let a request continue that a limit had paused, and why. */
  limit_lifted: ColumnType<LiftedLimit | null, JsonText | null | undefined, JsonText | null>;
  /** Since then the evidence is posted in the thread. */
  evidence_at: Date | null;
  /** Since then it contains no personal data. */
  erased_at: Date | null;
  /** The trace to which all its work belongs; null while nothing was traced. */
  trace_parent: Generated<string | null>;
  /** The approvers' changes while it waited, in their order. */
  changes: ColumnType<RequestChange[], undefined, JsonText>;
  /** What changed when earlier approvals were last voided. */
  voided: ColumnType<string[] | null, JsonText | null | undefined, JsonText | null>;
};

export type RowsTable = {
  request_id: Fixed<number>;
  /** 1 for the first row. */
  position: Fixed<number>;
  state: RowState;
  /** The requested values, without the password. */
  draft: Json<UserDraft>;
  /** The Slack id of the new user, if they were selected in the form. */
  slack_member: Generated<string | null>;
  /** The checked values; null before the check. */
  new_user: ColumnType<NewUser | null, JsonText | null, JsonText | null>;
  password_plan: PasswordPlan | null;
  /** AES-256-GCM, deleted with the outcome (H4). */
  password_cipher: Buffer | null;
  /** How often CreateUser was sent for this row. */
  sends: Generated<number>;
  sent_at: Date | null;
  user_id: string | null;
  user_arn: string | null;
  problem: ColumnType<Problem | null, JsonText | null, JsonText | null>;
  /** The findings of the check after the form was closed. */
  findings: ColumnType<Finding[], JsonText | undefined, JsonText>;
  ended_at: Date | null;
  /** The row's number in its file, as people see it there. */
  line: number | null;
  /** The uploader's own cells, without passwords, for the results file. */
  cells: ColumnType<string[] | null, JsonText | null | undefined, never>;
  /** The texts of the report for the row, from the check. */
  remark: ColumnType<RowRemark | null, JsonText | null | undefined, never>;
  /** The follow-up after the user was created; null when there is none. */
  follow_up: ColumnType<'pending' | 'done' | 'failed' | null, undefined, string | null>;
  follow_up_problem: ColumnType<Problem | null, undefined, JsonText | null>;
  /** The findings of an invalid row, for correcting it in Slack; null for a valid row. */
  kept: ColumnType<KeptRow | null, JsonText | null | undefined, JsonText | null>;
  /** The values that its requester corrected; the next check uses them. */
  correction: ColumnType<RowCorrection | null, undefined, JsonText | null>;
  /** The typed password of an invalid row, sealed as `password_cipher` is. */
  kept_password: Buffer | null;
  /** When an approver changed it last. */
  changed_at: Date | null;
  /** The approver who left the row out; null for every other row. */
  left_out: ColumnType<LeftOut | null, undefined, JsonText | null>;
};

/** One change by an approver: in which row (null: all), and what, in words. */
export type RequestChange = {
  readonly by: string;
  readonly byName: string;
  readonly at: string;
  readonly row: number | null;
  readonly lines: readonly string[];
};

/** Who left a row out of a request, and whether earlier approvals stayed valid for the rest. */
export type LeftOut = {
  readonly by: string;
  readonly byName: string;
  readonly at: string;
  readonly kept: boolean;
};

export type RowRemark = { readonly problem: string; readonly suggestion: string };

export type WatchedChannelsTable = {
  channel: Fixed<string>;
  since: Fixed<Date>;
};

export type DeliveriesTable = {
  /** Slack's own id of the delivery, or another unique id. */
  id: Fixed<string>;
  kind: Fixed<string>;
  received_at: Fixed<Date>;
  /** Digest of what was sent, where it can be sent again with other content. */
  content: ColumnType<string | null, string | null | undefined, never>;
  /** The request that it became. */
  request_id: ColumnType<number | null, never, number>;
};

export type AuditEventsTable = {
  id: Generated<number>;
  /** Null for an event that concerns no request. */
  request_id: Fixed<number | null>;
  at: Fixed<Date>;
  kind: Fixed<string>;
  /** Slack user id, or `bot`. */
  actor: Fixed<string>;
  details: Json<Record<string, unknown>>;
  /** Canonical JSON of the other columns, which the chain's hash covers. */
  body: Fixed<string>;
};

/** Written by the database when a transaction commits; nobody else may write it. */
export type AuditChainTable = {
  seq: ColumnType<number, never, never>;
  event_id: ColumnType<number, never, never>;
  previous_hash: ColumnType<string, never, never>;
  hash: ColumnType<string, never, never>;
};

export type LiftedLimit = {
  readonly by: string;
  readonly byName: string;
  readonly reason: string;
  readonly at: string;
};

export type DeputiesTable = {
  id: Generated<number>;
  person_id: Fixed<string>;
  person_name: Fixed<string>;
  deputy_id: Fixed<string>;
  deputy_name: Fixed<string>;
  until: Fixed<Date>;
  created_at: Fixed<Date>;
  ended_at: Date | null;
};

export type ApprovalsTable = {
  id: Generated<number>;
  request_id: Fixed<number>;
  /** The content that it was given for (`Binding.hash`). */
  binding_hash: Fixed<string>;
  stage: Fixed<number>;
  person_id: Fixed<string>;
  person_name: Fixed<string>;
  connect_user_id: Fixed<string>;
  /** Slack id of the person whose deputy gave it. */
  deputy_for: Fixed<string | null>;
  lacks: ColumnType<string[], JsonText, never>;
  ground: ColumnType<DecisionBasis, JsonText, never>;
  at: Fixed<Date>;
  /** Withdrawn by the person, or void because the request changed. It counts while this is null. */
  ended_at: Date | null;
};

export type FailingJobsTable = {
  job_id: Fixed<string>;
  queue: Fixed<string>;
  data: Json<object>;
  reference: Fixed<string>;
  failures: number;
  process_ends: number;
  first_at: Generated<Date>;
  last_at: Generated<Date>;
  /** The class of the last error. */
  error: string;
  given_up_at: Date | null;
};

export type Schema = {
  failing_jobs: FailingJobsTable;
  refused_posts: RefusedPostsTable;
  requests: RequestsTable;
  rows: RowsTable;
  deliveries: DeliveriesTable;
  audit_events: AuditEventsTable;
  audit_chain: AuditChainTable;
  approvals: ApprovalsTable;
  deputies: DeputiesTable;
  posts: PostsTable;
  request_files: RequestFilesTable;
  thread_messages: ThreadMessagesTable;
  workflow_steps: WorkflowStepsTable;
  sign_ins: SignInsTable;
  identity_links: IdentityLinksTable;
  file_mappings: FileMappingsTable;
  aliases: AliasesTable;
  watched_channels: WatchedChannelsTable;
};

export type RequestRecord = Selectable<RequestsTable>;
export type IdentityLinkRecord = Selectable<IdentityLinksTable>;
export type SignInRecord = Selectable<SignInsTable>;
export type RowRecord = Selectable<RowsTable>;
export type ApprovalRecord = Selectable<ApprovalsTable>;
export type RequestFileRecord = Selectable<RequestFilesTable>;
export type PostRecord = Selectable<PostsTable>;
export type RefusedPostRecord = Selectable<RefusedPostsTable>;
