/** The SQL of the audit trail: one exported function per statement. Nothing here changes or deletes an event. */

import type pg from 'pg';
import type { Db, Tx } from '../storage/database.ts';
import { storable, toJson } from '../text/storable.ts';
import { type AuditEvent, eventBody } from './audit-event.ts';

/**
 * Adds an event inside the caller's transaction; the database adds it to the chain when the transaction is committed.
 */
export async function appendEvent(
  tx: Tx,
  requestId: number | null,
  event: AuditEvent,
  at: Date,
): Promise<void> {
  const { actor, kind } = event;
  // The text is hashed exactly as it is stored, because otherwise a later check of the hash would fail.
  const details = storable(event.details);
  await tx
    .insertInto('audit_events')
    .values({
      request_id: requestId,
      at,
      kind,
      actor,
      details: toJson(details),
      body: eventBody({ actor, at, details, kind, requestId }),
    })
    .execute();
}

/** The last place of the chain; null while it is empty. */
export type ChainHead = { readonly seq: number; readonly hash: string };

export async function readHead(db: Db): Promise<ChainHead | null> {
  const head = await db
    .selectFrom('audit_chain')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return head ?? null;
}

/** The events of one request, in the order of the chain. */
export async function readEventsOf(
  db: Db,
  requestId: number,
): Promise<
  {
    readonly seq: number;
    readonly hash: string;
    readonly at: string;
    readonly kind: string;
    readonly actor: string;
    readonly details: Readonly<Record<string, unknown>>;
  }[]
> {
  const rows = await db
    .selectFrom('audit_events')
    .innerJoin('audit_chain', 'audit_chain.event_id', 'audit_events.id')
    .select(['seq', 'hash', 'at', 'kind', 'actor', 'details'])
    .where('request_id', '=', requestId)
    .orderBy('seq')
    .execute();
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** An event as it is stored, with all columns as the text that Postgres returns. */
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

/** Small enough that the next page can be read while this one is processed. */
const pageSize = 1_000;

/**
 * Read as arrays of text, because parsing JSON and creating dates for a million events would take most of the time.
 */
const asText = { getTypeParser: () => (text: string) => text };

const columns = `e.body, e.request_id,
  to_char(e.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), e.kind, e.actor, e.details`;
const isWanted = `($2::timestamptz is null or e.at >= $2) and ($3::timestamptz is null or e.at < $3)
  and ($4::integer is null or e.request_id = $4)`;

/** Events without a place in the chain; there are none unless somebody has disabled the triggers. */
const unchained = `
  select 0, '', '', ${columns} from audit_events e
  where not exists (select from audit_chain c where c.event_id = e.id) and ${isWanted}
  order by e.id limit $1`;

const chained = `
  select c.seq, c.previous_hash, c.hash, ${columns}
  from audit_chain c join audit_events e on e.id = c.event_id
  where c.seq > $5 and ${isWanted}
  order by c.seq limit $1`;

/**
 * All events in the order of the chain, one page at a time; the next page is read while one is processed. Events
 * without a place in the chain come first, with place 0.
 */
export async function* readChain(
  pool: Pick<pg.Pool, 'query'>,
  filter: Filter = {},
): AsyncGenerator<ChainedEvent[]> {
  const { from = null, to = null, requestId = null } = filter;
  const read = async (text: string, ...after: number[]) => {
    const values = [pageSize, from, to, requestId, ...after];
    const { rows } = await pool.query<(string | null)[]>({
      text,
      values,
      rowMode: 'array',
      types: asText,
    });
    return rows.map(eventOf);
  };
  const strays = await read(unchained);
  if (strays.length > 0) yield strays;
  let page = await read(chained, 0);
  for (;;) {
    const last = page.at(-1);
    if (!last) return;
    if (page.length < pageSize) return void (yield page);
    const next = read(chained, last.seq);
    // Awaited below. If the reader stops early, a failure must not become an unhandled rejection.
    next.catch(() => {});
    yield page;
    page = await next;
  }
}

function eventOf(row: readonly (string | null)[]): ChainedEvent {
  const [seq, previousHash, hash, body, requestId, at, kind, actor, details] = row;
  return {
    seq: Number(seq),
    previousHash: previousHash ?? '',
    hash: hash ?? '',
    body: body ?? '',
    requestId: requestId === null || requestId === undefined ? null : Number(requestId),
    at: at ?? '',
    kind: kind ?? '',
    actor: actor ?? '',
    details: details ?? '',
  };
}

/** Places of the chain whose event is missing. */
export async function readOrphans(pool: Pick<pg.Pool, 'query'>): Promise<number[]> {
  const { rows } = await pool.query<{ seq: string }>(
    `select seq from audit_chain c
     where not exists (select from audit_events e where e.id = c.event_id) order by seq limit 10`,
  );
  return rows.map(({ seq }) => Number(seq));
}
