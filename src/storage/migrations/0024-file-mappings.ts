import { type Kysely, sql } from 'kysely';

/** Column mappings of files from other systems, as their senders chose them, for each person and header. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table request_files
      -- The header of a file that lacks columns, so that its sender can say which they are.
      add column headers jsonb`.execute(db);
  await sql`
    create table file_mappings (
      person_id text not null,
      header_hash text not null,
      mapping jsonb not null,
      told_at timestamptz not null,
      primary key (person_id, header_hash)
    )`.execute(db);
}
