import { type Kysely, sql } from 'kysely';

/** Requests, their rows, deliveries from Slack, the audit trail, and what was posted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table requests (
      id integer generated always as identity (start with 1001) primary key,
      uid uuid not null default gen_random_uuid(),
      instance text not null,
      source text not null,
      state text not null,
      requester_id text not null,
      requester_name text not null,
      reason text,
      requests_channel text not null,
      content_hash text,
      created_at timestamptz not null,
      expires_at timestamptz,
      decision jsonb,
      started_at timestamptz,
      ended_at timestamptz,
      hold jsonb,
      risks jsonb not null default '[]',
      -- H2: nothing runs without a decision bound to exactly these rows.
      constraint approved_has_decision check (
        state not in ('approved', 'done') or (decision is not null and content_hash is not null)
      )
    )`.execute(db);
  await sql`create index requests_open on requests (state) where ended_at is null`.execute(db);
  await sql`
    create table rows (
      request_id integer not null references requests,
      position integer not null,
      state text not null,
      draft jsonb not null,
      new_user jsonb,
      password_plan text,
      password_cipher bytea,
      sends integer not null default 0,
      sent_at timestamptz,
      user_id text,
      user_arn text,
      problem jsonb,
      findings jsonb not null default '[]',
      ended_at timestamptz,
      primary key (request_id, position),
      -- H4: a typed password does not outlive its row's outcome.
      constraint password_gone check (ended_at is null or password_cipher is null),
      -- H1: a row that is created says who was created, and only then.
      constraint created_has_id check ((state = 'created') = (user_id is not null))
    )`.execute(db);
  await sql`
    create table deliveries (
      id text primary key,
      kind text not null,
      received_at timestamptz not null
    )`.execute(db);
  await sql`
    create table audit_events (
      id bigint generated always as identity primary key,
      request_id integer not null references requests,
      at timestamptz not null,
      kind text not null,
      actor text not null,
      details jsonb not null
    )`.execute(db);
  await sql`create index audit_events_request on audit_events (request_id, id)`.execute(db);
  await sql`
    create table posts (
      request_id integer not null references requests,
      key text not null,
      channel text not null,
      ts text,
      hash text,
      attempted_at timestamptz not null,
      primary key (request_id, key)
    )`.execute(db);
  await sql`
    create table pace (
      key text primary key,
      -- When the next call is due once the burst is used up (GCRA).
      due_at timestamptz not null
    )`.execute(db);
}
