import { type Kysely, sql } from 'kysely';

/** Reminders, escalation, lifted limits, evidence and erasure of requests; who acts for whom. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table requests
      add column reminded integer not null default 0,
      add column escalated_at timestamptz,
      -- Who lifted the limit that had paused the request, and why.
      add column limit_lifted jsonb,
      add column evidence_at timestamptz,
      add column erased_at timestamptz`.execute(db);
  await sql`
    create table deputies (
      id bigint generated always as identity primary key,
      person_id text not null,
      person_name text not null,
      deputy_id text not null,
      deputy_name text not null,
      until timestamptz not null,
      created_at timestamptz not null,
      ended_at timestamptz
    )`.execute(db);
  await sql`
    create unique index deputies_person on deputies (person_id) where ended_at is null`.execute(db);
}
