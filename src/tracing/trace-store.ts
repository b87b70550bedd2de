/** The SQL of traces: each request stores the one that began with its delivery. */
import type { Db } from '../storage/database.ts';

/**
 * The trace to which all work on a request belongs; null when there is no such request. A request without a trace
 * gets `otherwise`: it was stored while tracing was disabled, or found by a search for missed files.
 */
export async function readTraceParent(
  db: Db,
  requestId: number,
  otherwise: string,
): Promise<string | null> {
  const read = () =>
    db.selectFrom('requests').select('trace_parent').where('id', '=', requestId).executeTakeFirst();
  const found = await read();
  if (!found || found.trace_parent !== null) return found?.trace_parent ?? null;
  await db
    .updateTable('requests')
    .set({ trace_parent: otherwise })
    .where('id', '=', requestId)
    .where('trace_parent', 'is', null)
    .execute();
  // Another bot may have been first.
  return (await read())?.trace_parent ?? null;
}
