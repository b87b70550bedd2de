import { type Kysely, sql } from 'kysely';

/** A link request can end, and its message in Slack is stored, so that it can be updated. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table identity_links
      drop constraint identity_links_state_check,
      add constraint identity_links_state_check
        check (state in ('asked', 'confirmed', 'refused', 'removed', 'expired')),
      -- The message of the link request: since when it is being posted, and its place.
      add column posting_at timestamptz,
      add column message_ts text,
      -- The state that the message shows.
      add column shown_state text`.execute(db);
  // The message of an earlier link request is unknown; it can be answered like any other.
  await sql`update identity_links set posting_at = asked_at, shown_state = state`.execute(db);
}
