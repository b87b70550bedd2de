import { type Kysely, sql } from 'kysely';

/** A form that is submitted twice: whether the content is the same, and which request it became. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table deliveries
      add column content text,
      add column request_id integer references requests`.execute(db);
  // Old deliveries are deleted (clean-up).
  await sql`create index deliveries_received on deliveries (received_at)`.execute(db);
}
