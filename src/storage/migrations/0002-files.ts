import { type Kysely, sql } from 'kysely';

/** Requests of many users from a file: its origin, its form, and its findings. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table request_files (
      request_id integer primary key references requests,
      slack_file_id text not null,
      name text not null,
      -- The message with the file; null for a form, whose answers go to the requester.
      channel text,
      thread_ts text,
      layout jsonb,
      summary jsonb,
      groups jsonb not null default '[]',
      refusal jsonb
    )`.execute(db);
  await sql`alter table rows add column line integer`.execute(db);
  await sql`alter table rows add column cells jsonb`.execute(db);
  await sql`alter table rows add column remark jsonb`.execute(db);
  await sql`create index rows_open on rows (request_id, position) where state in ('waiting', 'sending', 'unclear')`.execute(
    db,
  );
  await sql`
    create table watched_channels (
      channel text primary key,
      -- Files that were posted before this time are not read by the bot.
      since timestamptz not null
    )`.execute(db);
}
