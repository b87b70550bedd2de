import { type Kysely, sql } from 'kysely';

/** A question about an identity link ends, and its message in Slack is remembered, so that it says so. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table identity_links
      drop constraint identity_links_state_check,
      add constraint identity_links_state_check
        check (state in ('asked', 'confirmed', 'refused', 'removed', 'expired')),
      -- The question's message: since when it is being posted, and where it is.
      add column posting_at timestamptz,
      add column message_ts text,
      -- The state that Slack has been told of.
      add column shown_state text`.execute(db);
  // What was asked before has a message that nobody remembers; it is answered like any other.
  await sql`update identity_links set posting_at = asked_at, shown_state = state`.execute(db);
}
