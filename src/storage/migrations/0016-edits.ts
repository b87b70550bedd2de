import { type Kysely, sql } from 'kysely';

/**
 * Edits of messages whose answer has not arrived, or was lost: until then it is unknown what Slack shows, and such an
 * edit may still take effect after a newer one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table posts
      -- The edit that is running, or whose answer was lost; null when the last one was answered.
      add column edit_mark uuid,
      add column edit_sent_at timestamptz,
      -- When the last edit was sent that may still take effect.
      add column unsettled_at timestamptz,
      -- How often the message was edited again because of that.
      add column edited_again integer not null default 0`.execute(db);
}
