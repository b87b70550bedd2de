import { type Kysely, sql } from 'kysely';

/** Jobs that fail for an unknown reason: how often, under which reference, and whether they were given up. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table failing_jobs (
      job_id uuid primary key,
      queue text not null,
      data jsonb not null,
      -- Shown to people, so that the error can be found in the log.
      reference text not null,
      -- Tries that failed for an unknown reason, and tries in which the bot's process ended.
      failures integer not null default 0,
      process_ends integer not null default 0,
      first_at timestamptz not null default clock_timestamp(),
      last_at timestamptz not null default clock_timestamp(),
      -- The class of the error; never its message, which can contain personal data.
      error text not null,
      given_up_at timestamptz
    )`.execute(db);
}
