import { type Kysely, sql } from 'kysely';

/** Rows that an approver left out of a request: who did it and when, apart from the row's state. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table rows add column left_out jsonb`.execute(db);
  // A row outside of the approved content records who left it out, and nothing is created for it.
  await sql`
    alter table rows add constraint left_out_says_who
      check ((state = 'left_out') = (left_out is not null))`.execute(db);
}
