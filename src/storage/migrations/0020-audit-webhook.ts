import { type Kysely, sql } from 'kysely';

/** Up to which event the audit trail was sent to the webhook: one row, once a webhook is configured. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table audit_webhook (
      id boolean primary key default true check (id),
      -- The place in the chain up to which everything was taken.
      sent_seq bigint not null,
      -- The bot that sends has the row until then; others wait.
      claimed_until timestamptz not null default '-infinity',
      -- Set while it is refused, null otherwise.
      failing_since timestamptz,
      failures integer not null default 0,
      next_at timestamptz not null default '-infinity',
      -- When it was given up; the next start of a bot tries again.
      stopped_at timestamptz,
      -- Such as “answered 401”; never what the other side wrote.
      problem text
    )`.execute(db);
}
