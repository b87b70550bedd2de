/** The SQL of one person's open work: one exported function per statement. */
import type { Db } from '../../storage/database.ts';
import type { RequestRecord } from '../../storage/schema.ts';

/**
 * How many earlier files of the same requester are not read yet; null for a form. Counting stops at 100, because more
 * files make no difference to the waiting time.
 */
export async function countUnreadFilesBefore(db: Db, requestId: number): Promise<number | null> {
  const request = await db
    .selectFrom('requests')
    .select(['source', 'requester_id'])
    .where('id', '=', requestId)
    .executeTakeFirst();
  if (request?.source !== 'file') return null;
  const earlier = await db
    .selectFrom('requests')
    .select('id')
    .where('requester_id', '=', request.requester_id)
    .where('source', '=', 'file')
    .where('state', '=', 'received')
    .where('id', '<', requestId)
    .limit(100)
    .execute();
  return earlier.length;
}

/** Requests of this person that were sent before this one and have not ended. */
export async function countOpenBefore(db: Db, request: RequestRecord): Promise<number> {
  const { open } = await db
    .selectFrom('requests')
    .select((eb) => eb.fn.countAll<number>().as('open'))
    .where('requester_id', '=', request.requester_id)
    .where('id', '<', request.id)
    .where('state', 'in', [
      'received',
      'offered',
      'awaiting_approval',
      'scheduled',
      'approved',
      'paused',
    ])
    .executeTakeFirstOrThrow();
  return Number(open);
}

/** Requests that are being created now, by this bot or another. */
export async function countRunning(db: Db): Promise<number> {
  const { running } = await db
    .selectFrom('requests')
    .select((eb) => eb.fn.countAll<number>().as('running'))
    .where('state', '=', 'approved')
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow();
  return running;
}
