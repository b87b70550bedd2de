/** The SQL of the pace: one exported function a statement. Times are the database's own, one clock for all. */
import { sql } from 'kysely';
import type { Db } from '../requests/store.ts';

export type PaceRow = { readonly key: string; readonly intervalMs: number; readonly burst: number };

/**
 * Takes the next slot of a token bucket (GCRA: the row holds when the slot after the last one is due).
 * Answers the milliseconds until the slot; 0 while the burst lasts.
 */
export async function reserveSlot(db: Db, pace: PaceRow): Promise<number> {
  const interval = sql`${pace.intervalMs}::float8 * interval '1 millisecond'`;
  const { rows } = await sql<{ wait_ms: number }>`
    insert into pace (key, due_at) values (${pace.key}, clock_timestamp() + ${interval})
    on conflict (key) do update
      set due_at = greatest(pace.due_at, clock_timestamp()) + ${interval}
    returning greatest(0, extract(epoch from due_at - clock_timestamp()) * 1000
      - ${pace.intervalMs}::float8 * ${pace.burst}::float8)::float8 as wait_ms`.execute(db);
  return rows[0]?.wait_ms ?? 0;
}

/** Empties the bucket: the next slot is one interval away. */
export async function pushBack(db: Db, pace: PaceRow): Promise<void> {
  await sql`
    update pace
    set due_at = greatest(
      due_at,
      clock_timestamp() + ${pace.intervalMs * pace.burst}::float8 * interval '1 millisecond'
    )
    where key = ${pace.key}`.execute(db);
}
