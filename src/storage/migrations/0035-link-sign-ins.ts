import { type Kysely, sql } from 'kysely';

/** A fresh sign-in can be for an identity link instead of a request; the link stores the sign-in that proved it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table identity_links add column proven jsonb`.execute(db);
  await sql`
    alter table sign_ins
      alter column request_id drop not null,
      add column link_id integer references identity_links (id) on delete cascade,
      add constraint sign_ins_purpose check ((request_id is null) = (link_id is not null))`.execute(
    db,
  );
}
