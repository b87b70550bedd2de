import { type Kysely, sql } from 'kysely';

/** What only the sender of a file can tell: which encoding is right, which sheet is meant; and what they told. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table request_files
      add column question jsonb,
      add column choices jsonb not null default '{}'`.execute(db);
}
