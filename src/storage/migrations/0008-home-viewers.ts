import { type Kysely, sql } from 'kysely';

/** People who opened the App Home, so that it can be updated automatically. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table home_viewers (
      person_id text primary key,
      opened_at timestamptz not null,
      -- Instances in which this person may decide, as read when the Home was last shown.
      decides_in text[] not null default '{}',
      -- Pages of the person's own requests, from 0.
      page integer not null default 0
    )`.execute(db);
  await sql`create index home_viewers_decides_in on home_viewers using gin (decides_in)`.execute(
    db,
  );
}
