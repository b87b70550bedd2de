/** The SQL of creating: one exported function per statement. These statements prevent that anything happens twice. */

import { sql } from 'kysely';
import type { Problem } from '../errors/problem.ts';
import type { Db, Tx } from '../storage/database.ts';
import type { RowRecord } from '../storage/schema.ts';
import { toJson } from '../text/storable.ts';
import type { NewUser } from '../users/new-user.ts';

/** A row without an outcome. */
export type OpenRow = RowRecord & {
  /** Milliseconds since it was sent last, by the database's clock; null when it never was. */
  readonly sent_ms_ago: number | null;
  /** AWS's request id of the send; absent for a row that was looked up. */
  readonly awsRequestId?: string;
};

/**
 * Makes this run the only one that may send rows of the request. A run that another bot presumed dead, and that
 * continues later, finds itself replaced.
 */
export async function claimRun(db: Db | Tx, requestId: number, run: string): Promise<void> {
  await db.updateTable('requests').set({ run }).where('id', '=', requestId).execute();
}

/**
 * Which of these runs may send rows that were not sent yet: the request is approved, its rest was not cancelled, and
 * no other run has it.
 */
export async function readCurrentRuns(
  db: Db,
  runs: readonly { readonly requestId: number; readonly run: string }[],
): Promise<Set<string>> {
  if (runs.length === 0) return new Set();
  const found = await db
    .selectFrom('requests')
    .select('run')
    .where(
      'id',
      'in',
      runs.map(({ requestId }) => requestId),
    )
    .where(
      'run',
      'in',
      runs.map(({ run }) => run),
    )
    .where('state', '=', 'approved')
    .where('rest_cancelled_at', 'is', null)
    .execute();
  return new Set(found.map(({ run }) => run ?? ''));
}

/** Whether this particular send was marked no longer ago than that, by the database's clock. */
export async function isMarkedWithin(
  db: Db,
  requestId: number,
  row: { readonly position: number; readonly sends: number },
  withinMs: number,
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from rows
    where request_id = ${requestId} and position = ${row.position} and state = 'sending'
      and sends = ${row.sends}
      and sent_at > clock_timestamp() - ${withinMs}::float8 * interval '1 millisecond'`.execute(db);
  return rows.length > 0;
}

/** How many rows were not sent yet, or must be sent again. */
export async function countWaiting(db: Db, requestId: number): Promise<number> {
  const { count } = await db
    .selectFrom('rows')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('request_id', '=', requestId)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Rows without an outcome, in their order, except those at these positions. */
export async function readOpenRows(
  db: Db,
  requestId: number,
  options: { readonly limit: number; readonly without: readonly number[] },
): Promise<OpenRow[]> {
  return db
    .selectFrom('rows')
    .selectAll()
    .select(
      sql<number | null>`(extract(epoch from clock_timestamp() - sent_at) * 1000)::float8`.as(
        'sent_ms_ago',
      ),
    )
    .where('request_id', '=', requestId)
    .where('state', 'in', ['waiting', 'sending', 'unclear'])
    .$if(options.without.length > 0, (query) => query.where('position', 'not in', options.without))
    .orderBy('position')
    .limit(options.limit)
    .execute();
}

/**
 * H1: the mark before the send, while the request is approved and this run is the current one. Returns which rows
 * were marked, and how often each was sent, including this time. A simultaneous statement that ends the request waits
 * for this one or runs before it, so nothing is sent for an ended request. No row is marked while the request is
 * being changed.
 */
export async function markSending(
  db: Db,
  requestId: number,
  run: string,
  positions: readonly number[],
): Promise<Map<number, number>> {
  const { rows } = await sql<{ position: number; sends: number }>`
    with head as materialized (
      select id from requests
      where id = ${requestId} and state = 'approved' and run = ${run}::uuid
        and rest_cancelled_at is null
      -- Whoever is changing the request right now may be ending it; the budget's row is not kept locked for that.
      for share skip locked
    )
    update rows set state = 'sending', sends = sends + 1, sent_at = clock_timestamp()
    from head
    where request_id = head.id and position = any(${[...positions]}::integer[]) and rows.state = 'waiting'
    returning position, sends`.execute(db);
  return new Map(rows.map(({ position, sends }) => [position, sends]));
}

/** Ends rows that were being sent when the rest was cancelled, and that were not created after all. */
export async function endCancelledRows(db: Db, requestId: number, now: Date): Promise<void> {
  await sql`
    update rows set state = 'cancelled', ended_at = ${now}, password_cipher = null
    from requests
    where requests.id = ${requestId} and rest_cancelled_at is not null
      and request_id = requests.id and rows.state = 'waiting'`.execute(db);
}

/** Whether this run may still send: the request is approved, and no other run has taken it over. */
export async function isCurrent(db: Db, requestId: number, run: string): Promise<boolean> {
  const found = await db
    .selectFrom('requests')
    .select('id')
    .where('id', '=', requestId)
    .where('state', '=', 'approved')
    .where('run', '=', run)
    .executeTakeFirst();
  return found !== undefined;
}

/** The outcome of a row, whose storing deletes its password (H4). */
export type RowResult =
  | { readonly state: 'created'; readonly userId: string; readonly userArn: string }
  | { readonly state: 'failed'; readonly problem: Problem }
  | { readonly state: 'unclear' }
  /** It was certainly not created, so it may be sent again. */
  | { readonly state: 'waiting' };

/**
 * Stores it, unless the row has its outcome or was sent again since: a bot that was suspended has no information
 * about a later send. Returns whether it was stored, and whether the request is held or slowed, which an outcome
 * ends.
 *
 * @param sends how often the row had been sent at this outcome
 */
export async function setRowResult(
  db: Db,
  requestId: number,
  row: { readonly position: number; readonly sends: number },
  result: RowResult,
  now: Date,
): Promise<{ readonly isHeld: boolean; readonly isStored: boolean }> {
  const request = await db
    .with('told', (query) =>
      query
        .updateTable('rows')
        .set({ state: result.state, ...resultColumns(result, now) })
        .where('request_id', '=', requestId)
        .where('position', '=', row.position)
        .where('sends', '=', row.sends)
        .where('state', 'in', ['waiting', 'sending', 'unclear'])
        .returning('position'),
    )
    .selectFrom('requests')
    .select((eb) => [
      eb('hold', 'is not', null).as('isHeld'),
      eb.exists(eb.selectFrom('told').select('position')).as('isStored'),
    ])
    .where('id', '=', requestId)
    .executeTakeFirst();
  return { isHeld: Boolean(request?.isHeld), isStored: Boolean(request?.isStored) };
}

function resultColumns(result: RowResult, now: Date) {
  switch (result.state) {
    case 'created':
      return {
        user_id: result.userId,
        user_arn: result.userArn,
        ended_at: now,
        password_cipher: null,
        follow_up: sql<string | null>`case
          when jsonb_exists(new_user, 'proficiencies') or jsonb_exists(new_user, 'trafficDistributionGroups')
          then 'pending' end`,
      };
    case 'failed':
      return { problem: toJson(result.problem), ended_at: now, password_cipher: null };
    case 'unclear':
    case 'waiting':
      return {};
  }
}

export type FollowUpRow = Pick<RowRecord, 'position'> & {
  readonly new_user: NewUser;
  readonly user_id: string;
};

/** Created rows with a remaining follow-up, in their order. */
export async function readFollowUps(
  db: Db,
  requestId: number,
  limit: number,
): Promise<FollowUpRow[]> {
  const rows = await db
    .selectFrom('rows')
    .select(['position', 'new_user', 'user_id'])
    .where('request_id', '=', requestId)
    .where('follow_up', '=', 'pending')
    .orderBy('position')
    .limit(limit)
    .execute();
  return rows.flatMap(({ position, new_user, user_id }) =>
    new_user && user_id ? [{ position, new_user, user_id }] : [],
  );
}

/** The outcome of the follow-up; the row itself stays created. */
export async function setFollowUp(
  db: Db,
  requestId: number,
  position: number,
  result: { readonly state: 'done' } | { readonly state: 'failed'; readonly problem: Problem },
): Promise<void> {
  await db
    .updateTable('rows')
    .set({
      follow_up: result.state,
      follow_up_problem: result.state === 'failed' ? toJson(result.problem) : null,
    })
    .where('request_id', '=', requestId)
    .where('position', '=', position)
    .where('state', '=', 'created')
    .execute();
}
