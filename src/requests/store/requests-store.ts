/** The SQL of requests: one exported function per statement. */

import { type ExpressionBuilder, sql } from 'kysely';
import type { Risk } from '../../auth/risks.ts';
import type { ConnectSelf } from '../../auth/same-person.ts';
import type { Problem } from '../../errors/problem.ts';
import type { Db, Tx } from '../../storage/database.ts';
import type { RequestRecord, RowRecord, Schema } from '../../storage/schema.ts';
import { toJson } from '../../text/storable.ts';
import { currentTraceParent } from '../../tracing/span.ts';
import type { Finding, NewUser, PasswordPlan, UserDraft } from '../../users/new-user.ts';
import { retryableCodes } from '../model/retryable.ts';
import type { RequestState, RowState } from '../model/states.ts';
import { fromStoredDecision, toStoredDecision } from '../model/stored-decision.ts';
import type { Change, RequestHead } from '../model/transition.ts';
import { deleteKeptPasswords, failWaitingRows } from './endings-store.ts';

export type NewRequest = {
  readonly instance: string;
  readonly source: 'form' | 'file';
  readonly requesterId: string;
  readonly requesterName: string;
  readonly reason: string | null;
  readonly requestsChannel: string;
  readonly createdAt: Date;
  /** The request that this one is sent again for, corrected. */
  readonly replaces?: number | null;
  /** Nothing is created before; absent: as soon as it is approved. */
  readonly notBefore?: Date | null;
};

/** Stores a request as `received` and returns its number. */
export async function insertRequest(tx: Tx, request: NewRequest): Promise<number> {
  const { id } = await tx
    .insertInto('requests')
    .values({
      instance: request.instance,
      source: request.source,
      state: 'received',
      requester_id: request.requesterId,
      requester_name: request.requesterName,
      reason: request.reason,
      requests_channel: request.requestsChannel,
      created_at: request.createdAt,
      replaces: request.replaces ?? null,
      not_before: request.notBefore ?? null,
      trace_parent: currentTraceParent(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** @param member the Slack id of the new user, if they were selected there */
export async function insertRow(
  tx: Tx,
  requestId: number,
  position: number,
  draft: UserDraft,
  member: string | null = null,
) {
  await tx
    .insertInto('rows')
    .values({
      request_id: requestId,
      position,
      state: 'waiting',
      draft: toJson(draft),
      slack_member: member,
    })
    .execute();
}

/** The sealed password, once the row's number is known, because the seal is bound to it. */
export async function setPasswordCipher(
  tx: Tx,
  requestId: number,
  position: number,
  box: Uint8Array,
) {
  await tx
    .updateTable('rows')
    .set({ password_cipher: Buffer.from(box) })
    .where('request_id', '=', requestId)
    .where('position', '=', position)
    .execute();
}

export async function setChecked(
  tx: Tx,
  requestId: number,
  position: number,
  checked: { readonly user: NewUser; readonly password: PasswordPlan },
) {
  await tx
    .updateTable('rows')
    .set({ new_user: toJson(checked.user), password_plan: checked.password })
    .where('request_id', '=', requestId)
    .where('position', '=', position)
    .execute();
}

/** The findings of the check: about the whole request, and about this row. */
export async function setRejection(
  tx: Tx,
  requestId: number,
  position: number,
  problem: Problem | null,
  findings: readonly Finding[],
) {
  await tx
    .updateTable('rows')
    .set({ problem: problem && toJson(problem), findings: toJson(findings) })
    .where('request_id', '=', requestId)
    .where('position', '=', position)
    .execute();
}

/** The requester's identity in Slack and Connect. */
export async function setRequester(
  db: Db,
  requestId: number,
  requester: { readonly name: string; readonly connect: ConnectSelf | null },
) {
  await db
    .updateTable('requests')
    .set({
      requester_name: requester.name,
      requester_connect: requester.connect && JSON.stringify(requester.connect),
    })
    .where('id', '=', requestId)
    .execute();
}

/** The reason, when it was given after the submission. */
export async function setReason(tx: Tx, requestId: number, reason: string | null): Promise<void> {
  await tx.updateTable('requests').set({ reason }).where('id', '=', requestId).execute();
}

/** What an approver should consider and read. */
export async function setRemarks(
  tx: Tx,
  requestId: number,
  remarks: { readonly risks: readonly Risk[]; readonly notices: readonly Problem[] },
) {
  const { risks, notices } = remarks;
  await tx
    .updateTable('requests')
    .set({ risks: toJson(risks), notices: toJson(notices) })
    .where('id', '=', requestId)
    .execute();
}

/** The request, locked until the transaction ends: simultaneous clicks run one after the other. */
export function lockRequest(tx: Tx, id: number): Promise<RequestRecord | undefined> {
  return tx.selectFrom('requests').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export function readRequest(db: Db, id: number): Promise<RequestRecord | undefined> {
  return db.selectFrom('requests').selectAll().where('id', '=', id).executeTakeFirst();
}

export function readRows(db: Db, requestId: number): Promise<RowRecord[]> {
  return db
    .selectFrom('rows')
    .selectAll()
    .where('request_id', '=', requestId)
    .orderBy('position')
    .execute();
}

const openStates: RowState[] = ['waiting', 'sending', 'unclear'];

export type RowCounts = Readonly<Record<RowState, number>>;

export async function readRowCounts(db: Db, requestId: number): Promise<RowCounts> {
  const counted = await db
    .selectFrom('rows')
    .select((eb) => ['state', eb.fn.countAll<number>().as('rows')])
    .where('request_id', '=', requestId)
    .groupBy('state')
    .execute();
  const counts = {
    wrong: 0,
    skipped: 0,
    left_out: 0,
    waiting: 0,
    sending: 0,
    unclear: 0,
    created: 0,
    failed: 0,
    cancelled: 0,
  };
  for (const { state, rows } of counted) counts[state] = rows;
  return counts;
}

/** Ends every row that has no outcome yet, all for the same reason. */
export async function failOpenRows(db: Db, requestId: number, why: Problem, now: Date) {
  await db
    .updateTable('rows')
    .set({ state: 'failed', problem: toJson(why), ended_at: now, password_cipher: null })
    .where('request_id', '=', requestId)
    .where('state', 'in', openStates)
    .execute();
}

/** The states of a file whose invalid rows can still be corrected, or will be checked again. */
const correctable: ReadonlySet<RequestState> = new Set(['received', 'check_failed', 'offered']);

export async function applyChange(tx: Tx, requestId: number, change: Change, now: Date) {
  const { set } = change;
  await tx
    .updateTable('requests')
    .set({
      state: set.state,
      ...(set.contentHash !== undefined ? { content_hash: set.contentHash } : {}),
      ...(set.decision !== undefined
        ? { decision: set.decision && toJson(toStoredDecision(set.decision)) }
        : {}),
      ...(set.expiresAt !== undefined ? { expires_at: set.expiresAt } : {}),
      ...(set.notBefore !== undefined ? { not_before: set.notBefore } : {}),
      ...(set.startedAt !== undefined ? { started_at: set.startedAt } : {}),
      ...(set.endedAt !== undefined ? { ended_at: set.endedAt } : {}),
      ...(set.hold !== undefined ? { hold: set.hold && toJson(set.hold) } : {}),
      ...(set.restCancelledAt !== undefined ? { rest_cancelled_at: set.restCancelledAt } : {}),
    })
    .where('id', '=', requestId)
    .execute();
  if (change.endWaitingRows) {
    await tx
      .updateTable('rows')
      .set({ state: 'cancelled', password_cipher: null, ended_at: now })
      .where('request_id', '=', requestId)
      .where('state', '=', 'waiting')
      .execute();
  }
  if (!correctable.has(set.state)) await deleteKeptPasswords(tx, requestId);
  if (change.failWaitingRows) await failWaitingRows(tx, requestId, change.failWaitingRows, now);
  if (change.reopenRetryableRows) {
    await tx
      .updateTable('rows')
      .set({ state: 'waiting', problem: null, ended_at: null })
      .where('request_id', '=', requestId)
      .where(isRetryable)
      .execute();
    await tx
      .updateTable('rows')
      .set({ follow_up: 'pending', follow_up_problem: null })
      .where('request_id', '=', requestId)
      .where('follow_up', '=', 'failed')
      .execute();
  }
}

/** A typed password is deleted with the outcome (H4), so its row cannot be sent again. */
function isRetryable(eb: ExpressionBuilder<Schema, 'rows'>) {
  return eb.and([
    eb('state', '=', 'failed'),
    eb('password_plan', 'is distinct from', 'typed'),
    eb(sql<string>`problem ->> 'code'`, 'in', retryableCodes),
  ]);
}

/** Failed rows that can succeed without a change, and created ones with failed follow-ups. */
export async function countRetryable(db: Db, requestId: number): Promise<number> {
  const { rows } = await db
    .selectFrom('rows')
    .select((eb) => eb.fn.countAll<number>().as('rows'))
    .where('request_id', '=', requestId)
    .where((eb) => eb.or([isRetryable(eb), eb('follow_up', '=', 'failed')]))
    .executeTakeFirstOrThrow();
  return rows;
}

export function headOf(record: RequestRecord): RequestHead {
  return {
    id: record.id,
    state: record.state,
    requesterId: record.requester_id,
    requesterName: record.requester_name,
    contentHash: record.content_hash,
    decision: fromStoredDecision(record.decision),
    hold: record.hold,
    expiresAt: record.expires_at,
    notBefore: record.not_before,
    startedAt: record.started_at,
    endedAt: record.ended_at,
    restCancelledAt: record.rest_cancelled_at,
  };
}
