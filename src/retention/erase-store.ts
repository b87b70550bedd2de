/**
 * The SQL of erasing: personal data is deleted; who decided, when, and about how many users is kept. One function per
 * statement.
 */
import { sql } from 'kysely';
import type { Db, Tx } from '../storage/database.ts';

/** Requests that ended before then and still contain personal data, oldest first. */
export async function readErasable(db: Db, endedBefore: Date, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('requests')
    .select('id')
    .where('ended_at', '<', endedBefore)
    .where('erased_at', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/**
 * Everything that identifies the new users, and all text that people typed. User ids of Connect are kept, because
 * they identify nobody without Connect.
 */
export async function eraseRequest(tx: Tx, requestId: number, at: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    update rows set draft = '{}', new_user = null, findings = '[]', problem = null,
      cells = null, remark = null, password_cipher = null,
      kept = null, correction = null, kept_password = null, slack_member = null
    where request_id = ${requestId}`.execute(tx);
  await sql`
    update request_files set name = 'erased', groups = '[]', layout = null, summary = null,
      corrections = '[]', file_groups = '[]', headers = null,
      question = null, choices = '{}'
    where request_id = ${requestId}`.execute(tx);
  await tx.deleteFrom('thread_messages').where('request_id', '=', requestId).execute();
  await sql`
    update requests set reason = null, erased_at = ${at}, hold = null,
      decision = decision - 'reason', limit_lifted = limit_lifted - 'reason',
      plan = case when plan is null then null else plan - 'ticket' || '{"ticket": null}' end
    where id = ${requestId} and ended_at is not null`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** Deletes identity links that ended before then; returns their numbers. */
export async function deleteEndedLinks(tx: Tx, before: Date): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    delete from identity_links
    where state in ('refused', 'removed', 'expired')
      and coalesce(removed_at, decided_at, asked_at) < ${before}
    returning id`.execute(tx);
  return rows.map(({ id }) => id);
}

/**
 * Deletes every identity link to this username or of this Slack id, including an active one; returns their numbers.
 */
export async function deleteLinksAbout(tx: Tx, name: string): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    delete from identity_links
    where lower(connect_username) = lower(${name}) or lower(person_id) = lower(${name})
    returning id`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Requests with a row of this username or email address, ignoring case, and whether they have ended. */
export async function readRequestsAbout(
  db: Db,
  name: string,
): Promise<{ readonly id: number; readonly ended: boolean }[]> {
  const { rows } = await sql<{ id: number; ended: boolean }>`
    select distinct requests.id, requests.ended_at is not null as ended
    from rows join requests on requests.id = rows.request_id
    where lower(${name}) in (
      lower(rows.new_user ->> 'username'), lower(rows.draft ->> 'username'),
      lower(rows.new_user ->> 'email'), lower(rows.draft ->> 'email'))
    order by requests.id`.execute(db);
  return rows;
}
