/** The SQL of everything that ends after some time: one exported function per statement. */
import { sql } from 'kysely';
import { problem } from '../../errors/problem.ts';
import type { Db, Tx } from '../../storage/database.ts';
import type { LeftOut, RequestRecord } from '../../storage/schema.ts';
import { toJson } from '../../text/storable.ts';
import type { Change } from '../model/transition.ts';

/** Requests from before then that still have typed passwords, oldest first. */
export async function readRequestsWithPasswords(
  db: Db,
  madeBefore: Date,
  limit: number,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from requests
    where created_at < ${madeBefore} and exists (
      select 1 from rows where request_id = requests.id
        and (password_cipher is not null or kept_password is not null))
    order by id limit ${limit}`.execute(db);
  return rows.map((row) => row.id);
}

/** Scheduled requests whose time was then or earlier. */
export async function readDueRequests(db: Db, now: Date, limit: number): Promise<number[]> {
  const due = await db
    .selectFrom('requests')
    .select('id')
    .where('state', '=', 'scheduled')
    .where('not_before', '<=', now)
    .orderBy('not_before')
    .limit(limit)
    .execute();
  return due.map(({ id }) => id);
}

/** Requests that may be overdue; whether they are depends on the instance's policy. */
export function readWaitingRequests(
  db: Db,
  after: number,
  limit: number,
): Promise<
  Pick<RequestRecord, 'id' | 'instance' | 'state' | 'created_at' | 'expires_at' | 'hold'>[]
> {
  return db
    .selectFrom('requests')
    .select(['id', 'instance', 'state', 'created_at', 'expires_at', 'hold'])
    .where('ended_at', 'is', null)
    .where('state', 'in', ['received', 'check_failed', 'offered', 'paused', 'approved'])
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Rows of a request that wait to be sent and have no typed password. */
export async function countWaitingWithoutPassword(tx: Tx, requestId: number): Promise<number> {
  const { rows } = await tx
    .selectFrom('rows')
    .select((eb) => eb.fn.countAll<number>().as('rows'))
    .where('request_id', '=', requestId)
    .where('state', 'in', ['waiting', 'sending', 'unclear'])
    .where('password_cipher', 'is', null)
    .executeTakeFirstOrThrow();
  return rows;
}

/** Forgets deliveries from before then, at most this number at once. Returns how many there were. */
export async function deleteDeliveries(db: Db, before: Date, limit: number): Promise<number> {
  const result = await sql`
    delete from deliveries where id in (
      select id from deliveries where received_at < ${before} order by received_at limit ${limit})`.execute(
    db,
  );
  return Number(result.numAffectedRows ?? 0);
}

/** Rows that were not sent yet fail, and typed passwords are deleted. */
export async function failWaitingRows(
  tx: Tx,
  requestId: number,
  { why, which }: NonNullable<Change['failWaitingRows']>,
  now: Date,
) {
  await tx
    .updateTable('rows')
    .set({ state: 'failed', problem: toJson(why), password_cipher: null, ended_at: now })
    .where('request_id', '=', requestId)
    .where('state', '=', 'waiting')
    .$if(which === 'typed', (query) => query.where('password_cipher', 'is not', null))
    .execute();
  // The outcome of a row that is being sent is not known yet, and its password is not sent again.
  if (which === 'typed') {
    await tx
      .updateTable('rows')
      .set({ password_cipher: null })
      .where('request_id', '=', requestId)
      .where('password_cipher', 'is not', null)
      .execute();
    // A row that is corrected later would be created with another password than the one that its requester passed on.
    await tx
      .updateTable('rows')
      .set({ state: 'failed', problem: toJson(why), kept_password: null })
      .where('request_id', '=', requestId)
      .where('kept_password', 'is not', null)
      .execute();
  }
}

/** Leaves waiting rows out of their request permanently; returns how many. */
export async function leaveRowsOut(
  tx: Tx,
  requestId: number,
  positions: readonly number[],
  leftOut: LeftOut,
): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('rows')
    .set({
      state: 'left_out',
      left_out: toJson(leftOut),
      problem: toJson(problem('leave-out.row', { who: leftOut.byName })),
      password_cipher: null,
      ended_at: new Date(leftOut.at),
    })
    .where('request_id', '=', requestId)
    .where('position', 'in', [...positions])
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Rows that were left out together: their number, and the first of them. */
export type RowsLeftOut = LeftOut & {
  readonly rows: number;
  readonly first: readonly { readonly row: number; readonly username: string }[];
};

const namedOfLeftOut = 10;

/** The rows that approvers left out of a request, in the order in which they did. */
export async function readLeftOut(db: Db, requestId: number): Promise<RowsLeftOut[]> {
  const { rows } = await sql<RowsLeftOut>`
    with numbered as (
      select left_out, coalesce(line, position) as row, coalesce(new_user ->> 'username', '') as username,
        row_number() over (partition by left_out order by position) as nth
      from rows where request_id = ${requestId} and state = 'left_out'
    )
    select left_out ->> 'by' as by, left_out ->> 'byName' as "byName", left_out ->> 'at' as at,
      (left_out ->> 'kept')::boolean as kept, count(*)::int as rows,
      jsonb_agg(jsonb_build_object('row', row, 'username', username) order by nth)
        filter (where nth <= ${namedOfLeftOut}) as first
    from numbered group by left_out order by 3`.execute(db);
  return rows;
}

/** Deletes the typed passwords of rows that nobody can correct anymore (H4). */
export async function deleteKeptPasswords(tx: Tx, requestId: number) {
  await tx
    .updateTable('rows')
    .set({ kept_password: null })
    .where('request_id', '=', requestId)
    .where('kept_password', 'is not', null)
    .execute();
}
