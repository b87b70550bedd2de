import { type Kysely, sql } from 'kysely';

/** The follow-ups of a created user (proficiencies, traffic distribution groups), and their outcome. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table rows
      add column follow_up text check (follow_up in ('pending', 'done', 'failed')),
      add column follow_up_problem jsonb`.execute(db);
  await sql`create index rows_follow_up on rows (request_id) where follow_up = 'pending'`.execute(
    db,
  );
}
