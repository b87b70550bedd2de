import { type Kysely, sql } from 'kysely';

/** Finds requests for a username. Used for every form, every file and every approval. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index rows_requested_username on rows ((new_user ->> 'username'))
    where state in ('waiting', 'sending', 'unclear')`.execute(db);
}
