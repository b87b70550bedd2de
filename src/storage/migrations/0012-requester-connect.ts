import { type Kysely, sql } from 'kysely';

/** The Connect user of the requester when the request was checked: no other account with this user may decide. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table requests add column requester_connect jsonb`.execute(db);
}
