import { type Kysely, sql } from 'kysely';

/** Who in Slack a new user is, where they were picked there: they get a welcome once the user was created. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table rows add column slack_member text`.execute(db);
}
