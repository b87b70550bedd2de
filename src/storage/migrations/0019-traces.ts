import { type Kysely, sql } from 'kysely';

/** The trace that began with the delivery of a request, in W3C's format; null while tracing is disabled. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table requests add column trace_parent text`.execute(db);
}
