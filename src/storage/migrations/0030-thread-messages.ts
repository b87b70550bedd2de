import { type Kysely, sql } from 'kysely';

/** What people write in a card's thread while the request is open, each version of it, for the evidence. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table thread_messages (
      request_id integer not null references requests (id),
      -- The message, and the moment of this version of it: both are Slack's.
      ts text not null,
      version text not null,
      kind text not null,
      person_id text not null,
      person_name text not null,
      text text not null,
      primary key (request_id, ts, version)
    )`.execute(db);
  // Each message in a thread asks whether the thread is a card's.
  await sql`create index posts_cards on posts (channel, ts) where key = 'card'`.execute(db);
}
