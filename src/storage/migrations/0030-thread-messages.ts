import { type Kysely, sql } from 'kysely';

/** Messages in a card's thread while the request is open, with every version, for the evidence. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table thread_messages (
      request_id integer not null references requests (id),
      -- The timestamps of the message and of this version, from Slack.
      ts text not null,
      version text not null,
      kind text not null,
      person_id text not null,
      person_name text not null,
      text text not null,
      primary key (request_id, ts, version)
    )`.execute(db);
  // For every message in a thread, the bot checks whether the thread belongs to a card.
  await sql`create index posts_cards on posts (channel, ts) where key = 'card'`.execute(db);
}
