import { type Kysely, sql } from 'kysely';

/** What the check found worth saying on the card: true things that stop nobody (`Problem`s). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table requests add column notices jsonb not null default '[]'`.execute(db);
}
