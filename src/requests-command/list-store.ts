/** The SQL of `npm run requests`. */
import { sql } from 'kysely';
import type { RequestState } from '../requests/model/states.ts';
import type { Db } from '../storage/database.ts';
import type { RequestRecord, RowRecord } from '../storage/schema.ts';

/** A request with the number of rows in each state. */
export type ListedRequest = {
  readonly request: RequestRecord;
  /** Name of its file; null for a form. */
  readonly file: string | null;
  readonly rows: Readonly<Record<string, number>>;
};

/** The newest first. */
export async function readListed(
  db: Db,
  filter: {
    readonly states: readonly RequestState[] | null;
    readonly instance: string | null;
    readonly requester: string | null;
    readonly limit: number;
  },
): Promise<ListedRequest[]> {
  const { states, instance, requester, limit } = filter;
  let chosen = db.selectFrom('requests').selectAll().orderBy('id', 'desc').limit(limit);
  if (states) chosen = chosen.where('state', 'in', [...states]);
  if (instance !== null) chosen = chosen.where('instance', '=', instance);
  if (requester !== null) chosen = chosen.where('requester_id', '=', requester);
  return withCounts(db, await chosen.execute());
}

/** One request with its rows in order; null when it does not exist. */
export async function readShown(
  db: Db,
  requestId: number,
): Promise<{ readonly listed: ListedRequest; readonly rows: readonly RowRecord[] } | null> {
  const found = await db.selectFrom('requests').selectAll().where('id', '=', requestId).execute();
  const [listed] = await withCounts(db, found);
  if (!listed) return null;
  const rows = await db
    .selectFrom('rows')
    .selectAll()
    .where('request_id', '=', requestId)
    .orderBy('position')
    .execute();
  return { listed, rows };
}

async function withCounts(db: Db, requests: readonly RequestRecord[]): Promise<ListedRequest[]> {
  const ids = requests.map(({ id }) => id);
  const [counts, files] = await Promise.all([
    sql<{ request_id: number; state: string; rows: number }>`
      select request_id, state, count(*)::int as rows from rows
      where request_id = any(${ids}) group by request_id, state`.execute(db),
    sql<{ request_id: number; name: string }>`
      select request_id, name from request_files where request_id = any(${ids})`.execute(db),
  ]);
  const byRequest = new Map<number, Record<string, number>>();
  for (const { request_id: id, state, rows } of counts.rows) {
    byRequest.set(id, { ...byRequest.get(id), [state]: rows });
  }
  const names = new Map(files.rows.map((file) => [file.request_id, file.name]));
  return requests.map((request) => ({
    request,
    file: names.get(request.id) ?? null,
    rows: byRequest.get(request.id) ?? {},
  }));
}
