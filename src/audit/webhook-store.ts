/** The SQL of the audit trail's webhook: which events were sent, and which bot sends next. */
import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';
import type { Outcome } from './webhook.ts';

/** Begins at the current end of the trail. A bot that starts also retries a webhook that was given up. */
export async function openWebhook(db: Db): Promise<void> {
  await sql`
    insert into audit_webhook (sent_seq)
    select coalesce(max(seq), 0) from audit_chain
    on conflict (id) do update set stopped_at = null, next_at = '-infinity'`.execute(db);
}

/**
 * Reserves sending for this long, measured by the database's clock; null when another bot has reserved it, when it is
 * too early for a retry, and when the webhook was given up.
 *
 * @returns the place in the chain up to which every event was accepted
 */
export async function claimWebhook(db: Db, forMs: number): Promise<number | null> {
  const { rows } = await sql<{ seq: number }>`
    update audit_webhook
    set claimed_until = clock_timestamp() + ${forMs} * interval '1 millisecond'
    where claimed_until < clock_timestamp() and next_at <= clock_timestamp() and stopped_at is null
    returning sent_seq::float8 as seq`.execute(db);
  return rows[0]?.seq ?? null;
}

export type SentEvent = {
  readonly seq: number;
  readonly hash: string;
  readonly previousHash: string;
  /** The canonical JSON that is hashed. */
  readonly body: string;
};

/** The events after this place, in the order of the chain. */
export async function readEventsAfter(db: Db, seq: number, limit: number): Promise<SentEvent[]> {
  const { rows } = await sql<SentEvent>`
    select c.seq::float8 as seq, c.hash, c.previous_hash as "previousHash", e.body
    from audit_chain c join audit_events e on e.id = c.event_id
    where c.seq > ${seq} order by c.seq limit ${limit}`.execute(db);
  return rows;
}

/** Records that every event up to this place was accepted, and releases the reservation. */
export async function noteTaken(db: Db, seq: number): Promise<void> {
  await sql`
    update audit_webhook
    set sent_seq = greatest(sent_seq, ${seq}), claimed_until = '-infinity', failing_since = null,
      failures = 0, next_at = '-infinity', problem = null`.execute(db);
}

/**
 * Records a failure and releases the reservation after a pause that doubles up to a limit. After failures for longer
 * than `giveUpAfterMs`, the webhook is given up.
 */
export async function noteRefused(
  db: Db,
  problem: string,
  pauses: { readonly firstMs: number; readonly mostMs: number; readonly giveUpAfterMs: number },
): Promise<Outcome> {
  const { firstMs, mostMs, giveUpAfterMs } = pauses;
  const { rows } = await sql<{ failures: number; given_up: boolean }>`
    update audit_webhook
    set failures = failures + 1,
      failing_since = coalesce(failing_since, clock_timestamp()),
      claimed_until = '-infinity',
      next_at = clock_timestamp()
        + least(${mostMs}, ${firstMs} * power(2, least(failures, 20))) * interval '1 millisecond',
      stopped_at = case
        when failing_since < clock_timestamp() - ${giveUpAfterMs} * interval '1 millisecond'
        then clock_timestamp() end,
      problem = ${problem}
    returning failures, stopped_at is not null as given_up`.execute(db);
  const [row] = rows;
  return row?.given_up ? 'given-up' : row?.failures === 1 ? 'first-failure' : 'failure';
}

export type WebhookState = {
  /** Events that were not accepted yet. */
  readonly behind: number;
  readonly failingSince: Date | null;
  readonly problem: string | null;
  readonly stopped: boolean;
};

export const webhookState = `
  select (coalesce((select max(seq) from audit_chain), 0) - sent_seq)::float8 as behind,
    failing_since as "failingSince", problem, stopped_at is not null as stopped
  from audit_webhook`;

/** Null when no webhook was ever configured on this database. */
export async function readWebhook(db: Db): Promise<WebhookState | null> {
  const { rows } = await sql.raw<WebhookState>(webhookState).execute(db);
  return rows[0] ?? null;
}
