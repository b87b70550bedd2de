import { type Kysely, sql } from 'kysely';

/** A request that was sent again, corrected, contains the one that it replaces. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table requests add column replaces integer references requests`.execute(db);
}
