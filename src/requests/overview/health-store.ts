/** The SQL of the instances' state: open requests of each, and recent failures. */
import { sql } from 'kysely';
import type { Problem } from '../../errors/problem.ts';
import type { Db } from '../../storage/database.ts';

export type OpenWork = {
  readonly instance: string;
  readonly waiting: number;
  readonly running: number;
  readonly held: number;
  /** The latest waiting request, and its reason. */
  readonly held_id: number | null;
  readonly held_why: Problem | null;
};

/** Open requests, with one entry per instance that has any. */
export async function readOpenWork(db: Db, instances: readonly string[]): Promise<OpenWork[]> {
  const { rows } = await sql<OpenWork>`
    select instance,
      (count(*) filter (where state = 'awaiting_approval'))::int as waiting,
      (count(*) filter (where state = 'approved' and hold is null))::int as running,
      (count(*) filter (where hold is not null))::int as held,
      max(id) filter (where hold is not null) as held_id,
      (array_agg(hold order by id desc) filter (where hold is not null))[1] as held_why
    from requests
    where ended_at is null and instance = any(${[...instances]})
    group by instance`.execute(db);
  return rows;
}

export type RecentFailure = {
  readonly instance: string;
  readonly failed: number;
  readonly id: number;
  readonly why: Problem | null;
  readonly at: Date;
};

/** Users that could not be created since then: their number, and the latest one. */
export async function readFailedSince(
  db: Db,
  instances: readonly string[],
  since: Date,
): Promise<RecentFailure[]> {
  const { rows } = await sql<RecentFailure>`
    select distinct on (instance) instance,
      (count(*) over (partition by instance))::int as failed,
      requests.id, rows.problem as why, rows.ended_at as at
    from rows join requests on requests.id = rows.request_id
    where rows.state = 'failed' and rows.ended_at > ${since} and instance = any(${[...instances]})
    order by instance, rows.ended_at desc`.execute(db);
  return rows;
}

/** The remaining rate of each budget of CreateUser in which calls were throttled, by the budget's key. */
export async function readLearnedLimits(
  db: Db,
  keys: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ key: string; limit: number }>`
    select key, (learned ->> 'limitPerSecond')::float8 as limit from pace
    where key = any(${[...keys]}) and learned ->> 'limitPerSecond' is not null`.execute(db);
  return new Map(rows.map(({ key, limit }) => [key, limit]));
}
