import { type Kysely, sql } from 'kysely';

/**
 * A pace that adapts to the rate that others leave, settings that replicas share, and which run works on a request.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table pace
      add column made_at timestamptz not null default clock_timestamp(),
      add column epoch integer not null default 0,
      -- When a call was last allowed that was throttled, in milliseconds since 1970.
      add column passed_ms float8,
      add column learned jsonb`.execute(db);
  await sql`
    create table pace_settings (
      key text not null,
      -- One process, from its start to its end.
      bot text not null,
      rate_per_second float8 not null,
      burst float8 not null,
      seen_at timestamptz not null,
      primary key (key, bot)
    )`.execute(db);
  // The run that may send rows of this request: a run that was presumed dead and continues may not send anymore.
  await sql`alter table requests add column run uuid`.execute(db);
  // When the rest was cancelled: a row that was being sent then, and was not created, is not sent again.
  await sql`alter table requests add column rest_cancelled_at timestamptz`.execute(db);
}
