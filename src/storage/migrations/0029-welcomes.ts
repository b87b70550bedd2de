import { type Kysely, sql } from 'kysely';

/** The Slack person of a new user who was selected there: they get a welcome after the user was created. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table rows add column slack_member text`.execute(db);
}
