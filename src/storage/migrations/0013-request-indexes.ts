import { type Kysely, sql } from 'kysely';

/** Indexes for queries over many requests: a person's own, those that wait for a decision, recent deciders. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index requests_of_person on requests (requester_id, id)`.execute(db);
  await sql`
    create index requests_waiting on requests (instance, id)
    where state = 'awaiting_approval'`.execute(db);
  await sql`
    create index requests_decided on requests (instance, id)
    where decision ->> 'kind' in ('approved', 'denied')`.execute(db);
}
