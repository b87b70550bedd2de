import { type Kysely, sql } from 'kysely';

/** The check's notices for the card: facts that stop nobody (`Problem`s). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table requests add column notices jsonb not null default '[]'`.execute(db);
}
