import { type Kysely, sql } from 'kysely';

/**
 * Questions that only the sender of a file can answer: which encoding is right, which sheet is meant; and the
 * answers.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table request_files
      add column question jsonb,
      add column choices jsonb not null default '{}'`.execute(db);
}
