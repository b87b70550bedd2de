/**
 * The SQL of the paces: one exported function per statement. Times come from the database's clock, which all bots
 * share.
 */

import { sql } from 'kysely';
import type { Db, Tx } from '../storage/database.ts';
import { toJson } from '../text/storable.ts';
import type { LearnedRate, PaceSettings, PaceState } from './token-bucket.ts';

/** The row in `pace` for one budget, with the time at which it was read. */
export type PaceFound = {
  readonly nowMs: number;
  readonly state: PaceState | null;
  /** The strictest pace that any bot has announced recently; null when there is none. */
  readonly strictest: PaceSettings | null;
};

/** How long an announcement counts; a bot that was killed is forgotten after that. */
const announcedForSeconds = 60;

/** Aggregates always return one row; with nulls when no bot has announced anything recently. */
function strictestOf(key: string) {
  return sql<{ rate: number | null; burst: number | null }>`
    select min(rate_per_second) as rate, min(burst)::float8 as burst from pace_settings
    where key = ${key} and seen_at > now() - ${announcedForSeconds} * interval '1 second'`;
}

/** Locks the budget until the transaction ends, so that replicas take their slots one after the other. */
export async function lockPace(tx: Tx, key: string, settingsKey: string): Promise<PaceFound> {
  // The clock is read outside the locked part, because a transaction that waited for the lock must see the time after
  // the wait.
  const { rows } = await sql<{
    now_ms: number;
    due_ms: number | null;
    made_ms: number | null;
    epoch: number | null;
    passed_ms: number | null;
    learned: LearnedRate | null;
    rate: number | null;
    burst: number | null;
  }>`
    with locked as materialized (select * from pace where key = ${key} for update),
    announced as (${strictestOf(settingsKey)})
    select extract(epoch from clock_timestamp())::float8 * 1000 as now_ms,
      extract(epoch from due_at)::float8 * 1000 as due_ms,
      extract(epoch from made_at)::float8 * 1000 as made_ms,
      epoch, passed_ms, learned, rate, burst
    from announced left join locked on true`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error('an aggregate gives one row');
  const { rate, burst } = row;
  const strictest = rate === null || burst === null ? null : { ratePerSecond: rate, burst };
  if (row.due_ms === null || row.made_ms === null) {
    return { nowMs: row.now_ms, state: null, strictest };
  }
  const state = {
    dueAtMs: row.due_ms,
    madeAtMs: row.made_ms,
    epoch: row.epoch ?? 0,
    passedAtMs: row.passed_ms,
    learned: row.learned,
  };
  return { nowMs: row.now_ms, state, strictest };
}

/** The first use of a budget; does nothing when another bot was first. */
export async function insertPace(tx: Tx, key: string): Promise<void> {
  await sql`insert into pace (key, due_at) values (${key}, clock_timestamp())
    on conflict do nothing`.execute(tx);
}

export async function updatePace(tx: Tx, key: string, state: PaceState): Promise<void> {
  const { dueAtMs, madeAtMs, epoch, passedAtMs, learned } = state;
  await sql`
    update pace set due_at = to_timestamp(${dueAtMs / 1000}::float8),
      made_at = to_timestamp(${madeAtMs / 1000}::float8),
      epoch = ${epoch}, passed_ms = ${passedAtMs}, learned = ${learned && toJson(learned)}
    where key = ${key}`.execute(tx);
}

/** Announces this bot's pace. The announcement expires unless it is repeated. */
export async function announce(
  db: Db,
  key: string,
  bot: string,
  { ratePerSecond, burst }: PaceSettings,
): Promise<void> {
  await sql`
    insert into pace_settings (key, bot, rate_per_second, burst, seen_at)
    values (${key}, ${bot}, ${ratePerSecond}, ${burst}, now())
    on conflict (key, bot) do update
      set rate_per_second = excluded.rate_per_second, burst = excluded.burst, seen_at = now()`.execute(
    db,
  );
}

/** The strictest pace that any bot has announced recently. */
export async function readStrictest(db: Db, key: string): Promise<PaceSettings | null> {
  const { rows } = await strictestOf(key).execute(db);
  const [{ rate, burst } = { rate: null, burst: null }] = rows;
  return rate === null || burst === null ? null : { ratePerSecond: rate, burst };
}

/** The setting of a bot that stopped no longer applies, nor that of a bot that was killed a while ago. */
export async function forgetAnnouncements(db: Db, bot: string): Promise<void> {
  await sql`
    delete from pace_settings
    where bot = ${bot} or seen_at < now() - interval '1 hour'`.execute(db);
}
