import { type Kysely, sql } from 'kysely';

/** Up to which event the audit trail was sent to the webhook: one row, once a webhook is configured. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table audit_webhook (
      id boolean primary key default true check (id),
      -- The sequence number of the last event that was accepted.
      sent_seq bigint not null,
      -- Until then, only the bot that sends uses the row.
      claimed_until timestamptz not null default '-infinity',
      -- Set while events are refused, null otherwise.
      failing_since timestamptz,
      failures integer not null default 0,
      next_at timestamptz not null default '-infinity',
      -- When sending was given up; it is retried when a bot starts.
      stopped_at timestamptz,
      -- Such as “answered 401”; never the text of the answer.
      problem text
    )`.execute(db);
}
