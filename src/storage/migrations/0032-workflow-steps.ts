import { type Kysely, sql } from 'kysely';

/** Requests from workflow steps, so that the end of the request ends the step. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table workflow_steps (
      request_id integer primary key references requests (id),
      execution_id text not null unique,
      ended_at timestamptz
    )`.execute(db);
}
