import { type Kysely, sql } from 'kysely';

/** The Home has pages of waiting requests, and the state of the instances. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table home_viewers
      -- Pages of the requests that wait for the person, from 0.
      add column waiting_page integer not null default 0`.execute(db);
  await sql`create index rows_failed on rows (ended_at) where state = 'failed'`.execute(db);
}
