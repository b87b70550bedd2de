import { type Kysely, sql } from 'kysely';

/** The trace that began with the delivery of a request, as W3C writes it; null while traces are off. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table requests add column trace_parent text`.execute(db);
}
