import { type Kysely, sql } from 'kysely';

/**
 * Identity links of people whose email address does not identify their Connect user: requested by them, confirmed by
 * an admin.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table identity_links (
      id integer generated always as identity primary key,
      instance text not null,
      person_id text not null,
      person_name text not null,
      connect_user_id text not null,
      connect_username text not null,
      state text not null check (state in ('asked', 'confirmed', 'refused', 'removed')),
      asked_at timestamptz not null,
      decided_by text,
      decided_at timestamptz,
      removed_by text,
      removed_at timestamptz
    )`.execute(db);
  await sql`
    create unique index identity_links_person on identity_links (instance, person_id)
    where state = 'confirmed'`.execute(db);
  await sql`
    create unique index identity_links_user on identity_links (instance, connect_user_id)
    where state = 'confirmed'`.execute(db);
  await sql`
    create unique index identity_links_asked on identity_links (instance, person_id)
    where state = 'asked'`.execute(db);
}
