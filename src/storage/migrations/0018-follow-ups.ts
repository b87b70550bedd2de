import { type Kysely, sql } from 'kysely';

/** What is done for a user once it was created (proficiencies, traffic distribution groups), and its outcome. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table rows
      add column follow_up text check (follow_up in ('pending', 'done', 'failed')),
      add column follow_up_problem jsonb`.execute(db);
  await sql`create index rows_follow_up on rows (request_id) where follow_up = 'pending'`.execute(
    db,
  );
}
