/** The SQL of usernames in requests under way: one exported function a statement. */
import { sql } from 'kysely';
import type { Db, Tx } from '../../storage/database.ts';
import type { RequestState, RowState } from '../model/states.ts';

/**
 * States in which the rows will be created unless somebody stops that. A file that was only checked is not among
 * them, because its uploader often corrects it and sends it again.
 */
const claimingStates: readonly RequestState[] = [
  'awaiting_approval',
  'scheduled',
  'approved',
  'paused',
];
const openRows: readonly RowState[] = ['waiting', 'sending', 'unclear'];

/** An arbitrary number; the instance is the second half of the lock's key. */
const usernamesLock = 0x75736572;

/**
 * Until the end of the transaction, no other transaction decides about usernames of this instance: of two requests
 * for one username that are checked at the same time, the second sees the first.
 */
export async function lockUsernames(tx: Db | Tx, instance: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${usernamesLock}, hashtext(${instance}))`.execute(tx);
}

/**
 * Usernames of other open requests in this instance, with the id of the request.
 *
 * @param options.usernames only these; all of them when left out
 */
export async function readRequestedUsernames(
  db: Db,
  instance: string,
  options: { readonly exceptRequest?: number; readonly usernames?: readonly string[] },
): Promise<Map<string, number>> {
  const { exceptRequest = 0, usernames } = options;
  const { rows } = await sql<{ username: string; request_id: number }>`
    select new_user ->> 'username' as username, min(request_id) as request_id
    from rows join requests on requests.id = rows.request_id
    where rows.state = any(${openRows}::text[]) and requests.state = any(${claimingStates}::text[])
      and instance = ${instance} and request_id <> ${exceptRequest} and new_user is not null
      ${usernames ? sql`and new_user ->> 'username' = any(${usernames}::text[])` : sql``}
    group by 1`.execute(db);
  return new Map(rows.map((row) => [row.username, row.request_id]));
}

/** A username that occurs in two requests. */
export type RequestedTwice = {
  readonly username: string;
  readonly otherRequest: number;
  /** How many usernames of the request also occur in others. */
  readonly count: number;
};

/**
 * Searches for usernames of this request's rows in other open requests.
 *
 * @param states rows of this request that count: those that the next step will create
 */
export async function findRequestedTwice(
  db: Db,
  request: { readonly id: number; readonly instance: string },
  states: readonly RowState[],
): Promise<RequestedTwice | null> {
  const { rows } = await sql<{ username: string; other: number; count: number }>`
    select mine.new_user ->> 'username' as username, other.request_id as other,
      count(*) over () as count
    from rows mine
    join rows other on other.new_user ->> 'username' = mine.new_user ->> 'username'
      and other.request_id <> mine.request_id and other.state = any(${openRows}::text[])
    join requests on requests.id = other.request_id
    where mine.request_id = ${request.id} and mine.state = any(${states}::text[])
      and requests.instance = ${request.instance} and requests.state = any(${claimingStates}::text[])
    order by mine.position limit 1`.execute(db);
  const [row] = rows;
  return row ? { username: row.username, otherRequest: row.other, count: row.count } : null;
}

/** A username that occurs in another request in different case. */
export type RequestedInOtherCase = RequestedTwice & { readonly other: string };

/** Searches for usernames of this request's rows that occur in other open requests in different case. */
export async function findRequestedInOtherCase(
  tx: Tx,
  request: { readonly id: number; readonly instance: string },
): Promise<RequestedInOtherCase | null> {
  const { rows } = await sql<RequestedInOtherCase>`
    select mine.new_user ->> 'username' as username, other.new_user ->> 'username' as other,
      other.request_id as "otherRequest", (count(*) over ())::int as count
    from rows mine
    join rows other on lower(other.new_user ->> 'username') = lower(mine.new_user ->> 'username')
      and other.new_user ->> 'username' <> mine.new_user ->> 'username'
      and other.request_id <> mine.request_id and other.state = any(${openRows}::text[])
    join requests on requests.id = other.request_id
    where mine.request_id = ${request.id} and mine.state = 'waiting'
      and requests.instance = ${request.instance} and requests.state = any(${claimingStates}::text[])
    order by mine.position, other.request_id limit 1`.execute(tx);
  return rows[0] ?? null;
}
