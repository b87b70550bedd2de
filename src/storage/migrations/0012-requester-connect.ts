import { type Kysely, sql } from 'kysely';

/** The Connect user that the requester was when the request was checked: no other account of theirs may decide. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table requests add column requester_connect jsonb`.execute(db);
}
