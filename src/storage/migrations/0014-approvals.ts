import { type Kysely, sql } from 'kysely';

/** Several approvals of one request, their content, and the policy's requirements. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table requests
      add column plan jsonb,
      add column binding jsonb,
      add column voided jsonb`.execute(db);
  await sql`
    create table approvals (
      id bigint generated always as identity primary key,
      request_id integer not null references requests,
      binding_hash text not null,
      stage integer not null,
      person_id text not null,
      person_name text not null,
      connect_user_id text not null,
      deputy_for text,
      lacks jsonb not null,
      ground jsonb not null,
      at timestamptz not null,
      ended_at timestamptz
    )`.execute(db);
  await sql`create index approvals_request on approvals (request_id, id)`.execute(db);
  // Whatever the order of two clicks, a Slack account and a Connect user count once in a stage.
  await sql`
    create unique index approvals_person on approvals (request_id, stage, person_id)
    where ended_at is null`.execute(db);
  await sql`
    create unique index approvals_connect_user on approvals (request_id, stage, connect_user_id)
    where ended_at is null`.execute(db);
}
