import { type Kysely, sql } from 'kysely';

/** Messages that Slack refuses, until when they are not retried, and which refusals concern their whole place. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table refused_posts (
      request_id integer not null references requests,
      key text not null,
      -- The channel, or the person whose direct messages could not be opened.
      place text not null,
      code text not null,
      -- Hash of the refused message: Slack may accept another content.
      hash text not null,
      -- Every message to this place is refused, not only this one.
      whole_place boolean not null,
      tries integer not null default 1,
      retry_at timestamptz not null,
      primary key (request_id, key)
    )`.execute(db);
  await sql`create index refused_posts_retry on refused_posts (retry_at)`.execute(db);
  await sql`create index refused_posts_place on refused_posts (place) where whole_place`.execute(
    db,
  );
  // How often Slack answered with an internal failure, after which the message may or may not be posted.
  await sql`alter table posts add column unsure_answers integer not null default 0`.execute(db);
}
