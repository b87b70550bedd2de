import { type Kysely, sql } from 'kysely';

/** Fresh sign-ins at the identity provider: the purpose of each, and its result. Links are stored as hashes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table sign_ins (
      id integer generated always as identity primary key,
      request_id integer not null references requests (id),
      person_id text not null,
      -- The content that the approval is for.
      binding_hash text not null,
      -- The choice of the person, as in the job.
      choice jsonb not null,
      link_hash text not null unique,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      -- Set when the link is used: the state that comes back, and the browser that it has to come back in.
      state_hash text unique,
      browser_hash text,
      -- When it ended: the person came back, or requested another link.
      ended_at timestamptz,
      -- Issuer, hash of the subject, time and method; null until the person has signed in.
      signed_in jsonb,
      -- When its approval was given.
      spent_at timestamptz,
      check ((state_hash is null) = (browser_hash is null)),
      check (signed_in is null or ended_at is not null),
      check (spent_at is null or signed_in is not null)
    )`.execute(db);
  await sql`create index sign_ins_open on sign_ins (request_id, person_id) where ended_at is null`.execute(
    db,
  );
  await sql`create index sign_ins_expired on sign_ins (expires_at)`.execute(db);
}
