/** The SQL of the claims that bots with a common budget publish about their most urgent requests. */
import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';
import type { Claim } from './turn-order.ts';

/** A bot with rows to send writes its claim at least once a second. A claim older than this is ignored. */
const claimCountsForSeconds = 2;
/** Claims of bots that were killed are deleted after this time. */
const forgottenAfterMinutes = 10;

/** Publishes this bot's most urgent claim and returns the claims of the others. */
export async function exchangeClaims(
  db: Db,
  key: string,
  bot: string,
  claim: Claim,
): Promise<Claim[]> {
  const { rows } = await sql<{ waited_ms: number; rows_left: number }>`
    with own as (
      insert into send_claims (key, bot, waiting_since, rows_left, seen_at)
      values (${key}, ${bot}, clock_timestamp() - ${claim.waitedMs}::float8 * interval '1 millisecond',
        ${claim.left}, clock_timestamp())
      on conflict (key, bot) do update set waiting_since = excluded.waiting_since,
        rows_left = excluded.rows_left, seen_at = excluded.seen_at
    )
    select extract(epoch from clock_timestamp() - waiting_since)::float8 * 1000 as waited_ms, rows_left
    from send_claims
    where key = ${key} and bot <> ${bot}
      and seen_at > clock_timestamp() - ${claimCountsForSeconds} * interval '1 second'`.execute(db);
  return rows.map(({ waited_ms, rows_left }) => ({ waitedMs: waited_ms, left: rows_left }));
}

/** Publishes what this bot requests next; `null` when it has nothing left to send. */
export async function publishClaim(
  db: Db,
  key: string,
  bot: string,
  claim: Claim | null,
): Promise<void> {
  if (claim) {
    await sql`
      update send_claims set rows_left = ${claim.left}, seen_at = clock_timestamp(),
        waiting_since = clock_timestamp() - ${claim.waitedMs}::float8 * interval '1 millisecond'
      where key = ${key} and bot = ${bot}`.execute(db);
    return;
  }
  await sql`
    delete from send_claims
    where key = ${key} and (bot = ${bot}
      or seen_at < clock_timestamp() - ${forgottenAfterMinutes} * interval '1 minute')`.execute(db);
}
