import { type Kysely, sql } from 'kysely';

/** A request can be approved now and created later: the state `scheduled`. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table requests
      -- Nothing is created before; null: as soon as it is approved.
      add column not_before timestamptz,
      -- H2: exactly these rows were decided on.
      add constraint scheduled_has_decision check (
        state <> 'scheduled'
        or (decision is not null and content_hash is not null and not_before is not null)
      )`.execute(db);
  await sql`create index requests_scheduled on requests (not_before) where state = 'scheduled'`.execute(
    db,
  );
}
