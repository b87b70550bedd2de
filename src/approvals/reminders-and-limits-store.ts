/**
 * The SQL of reminders, of limits on creating users, and of the time when the evidence was requested. One function
 * per statement.
 */
import { sql } from 'kysely';
import type { Db, Tx } from '../storage/database.ts';
import type { LiftedLimit } from '../storage/schema.ts';
import { toJson } from '../text/storable.ts';

export async function setReminded(
  tx: Tx,
  requestId: number,
  progress: { readonly reminded: number; readonly escalatedAt: Date | null },
): Promise<void> {
  await tx
    .updateTable('requests')
    .set({ reminded: progress.reminded, escalated_at: progress.escalatedAt })
    .where('id', '=', requestId)
    .execute();
}

export async function setLimitLifted(tx: Tx, requestId: number, by: LiftedLimit): Promise<void> {
  await tx
    .updateTable('requests')
    .set({ limit_lifted: toJson(by) })
    .where('id', '=', requestId)
    .execute();
}

export async function setEvidenceRequested(tx: Tx, requestId: number, at: Date): Promise<void> {
  await tx.updateTable('requests').set({ evidence_at: at }).where('id', '=', requestId).execute();
}

const limitsLock = 0x6c696d74;

/** Until the transaction ends, other requests wait for their comparison with the limits of this instance. */
export async function lockLimits(tx: Tx, instance: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${limitsLock}, hashtext(${instance}))`.execute(tx);
}

/**
 * The number of users that were created in an instance since then, plus those that other requests are creating now.
 * It covers all requests, or those that one person approved, alone or with others.
 */
export async function countCreatedSince(
  db: Db | Tx,
  wanted: {
    readonly instance: string;
    readonly since: Date;
    readonly approverId: string | null;
    /** The request that is being compared: its own users are counted separately. */
    readonly exceptRequest: number;
  },
): Promise<number> {
  const { instance, since, approverId, exceptRequest } = wanted;
  const { rows } = await sql<{ created: number }>`
    select count(*) as created from rows join requests on requests.id = rows.request_id
    where requests.instance = ${instance}
      and ((rows.state = 'created' and rows.ended_at > ${since})
        or (requests.state = 'approved' and requests.run is not null
          and requests.id <> ${exceptRequest} and rows.state in ('waiting', 'sending', 'unclear')))
      and (${approverId}::text is null or requests.decision ->> 'by' = ${approverId}
        or requests.decision -> 'approvers' @> jsonb_build_array(jsonb_build_object('id', ${approverId}::text)))`.execute(
    db,
  );
  return rows[0]?.created ?? 0;
}
