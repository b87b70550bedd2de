import { type Kysely, sql } from 'kysely';

/** Requests that a workflow's step made, so that the step is told how they end. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table workflow_steps (
      request_id integer primary key references requests (id),
      execution_id text not null unique,
      ended_at timestamptz
    )`.execute(db);
}
