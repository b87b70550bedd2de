/** The SQL of the audit trail: one exported function a statement. Nothing here changes or deletes an event. */
import type { Kysely, Transaction } from 'kysely';
import type pg from 'pg';
import type { Schema } from '../storage/schema.ts';
import { type AuditEvent, eventBody } from './event.ts';

/** Adds an event inside the caller's transaction; the database chains it when that is committed. */
export async function appendEvent(
  tx: Transaction<Schema>,
  requestId: number | null,
  event: AuditEvent,
  at: Date,
): Promise<void> {
  const { actor, details, kind } = event;
  await tx
    .insertInto('audit_events')
    .values({
      request_id: requestId,
      at,
      kind,
      actor,
      details: JSON.stringify(details),
      body: eventBody({ actor, at, details, kind, requestId }),
    })
    .execute();
}

/** The newest place of the chain; null while nothing has happened. */
export type ChainHead = { readonly seq: number; readonly hash: string };

export async function readHead(db: Kysely<Schema>): Promise<ChainHead | null> {
  const head = await db
    .selectFrom('audit_chain')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return head ?? null;
}

/** An event as the trail holds it, all columns as the text that Postgres gives. */
export type ChainedEvent = {
  readonly seq: number;
  readonly previousHash: string;
  readonly hash: string;
  readonly body: string;
  readonly requestId: number | null;
  /** ISO 8601 with milliseconds. */
  readonly at: string;
  readonly kind: string;
  readonly actor: string;
  /** JSON text. */
  readonly details: string;
};

export type Filter = {
  readonly from?: Date;
  readonly to?: Date;
  readonly requestId?: number;
};

const pageSize = 5_000;

/** Read as arrays of text: parsing dates and JSON of a million events would take most of the time. */
const asText = { getTypeParser: () => (text: string) => text };

/**
 * All events in the order of the chain, a page at a time. Every event of the table is given, also one that has
 * no place in the chain (`seq` is 0 then, and it comes first).
 */
export async function* readChain(
  pool: Pick<pg.Pool, 'query'>,
  filter: Filter = {},
): AsyncGenerator<ChainedEvent[]> {
  const text = `
    select coalesce(c.seq, 0), coalesce(c.previous_hash, ''), coalesce(c.hash, ''), e.body,
      coalesce(e.request_id::text, ''),
      to_char(e.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      e.kind, e.actor, e.details::text, e.id
    from audit_events e left join audit_chain c on c.event_id = e.id
    where (coalesce(c.seq, 0), e.id) > ($1::bigint, $2::bigint)
      and ($3::timestamptz is null or e.at >= $3) and ($4::timestamptz is null or e.at < $4)
      and ($5::integer is null or e.request_id = $5)
    order by coalesce(c.seq, 0), e.id limit ${pageSize}`;
  const { from = null, to = null, requestId = null } = filter;
  let after: readonly [string, string] = ['-1', '0'];
  for (;;) {
    const values = [...after, from, to, requestId];
    const { rows } = await pool.query<string[]>({ text, values, rowMode: 'array', types: asText });
    if (rows.length > 0) yield rows.map(eventOf);
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return;
    after = [last[0] ?? '', last[9] ?? ''];
  }
}

function eventOf(columns: readonly string[]): ChainedEvent {
  const [seq, previousHash, hash, body, requestId, at, kind, actor, details] = columns;
  return {
    seq: Number(seq),
    previousHash: previousHash ?? '',
    hash: hash ?? '',
    body: body ?? '',
    requestId: requestId ? Number(requestId) : null,
    at: at ?? '',
    kind: kind ?? '',
    actor: actor ?? '',
    details: details ?? '',
  };
}

/** Places of the chain whose event is gone. */
export async function readOrphans(pool: Pick<pg.Pool, 'query'>): Promise<number[]> {
  const { rows } = await pool.query<{ seq: string }>(
    `select seq from audit_chain c
     where not exists (select from audit_events e where e.id = c.event_id) order by seq limit 10`,
  );
  return rows.map(({ seq }) => Number(seq));
}
