/** The SQL of refused messages: until when they are not retried, and which places accept none. */
import { type Kysely, sql } from 'kysely';
import type { RefusedPostRecord, Schema } from '../../storage/schema.ts';

type Db = Kysely<Schema>;

export function readRefusedPosts(db: Db, requestId: number): Promise<RefusedPostRecord[]> {
  return db.selectFrom('refused_posts').selectAll().where('request_id', '=', requestId).execute();
}

export type Refusal = {
  readonly requestId: number;
  readonly key: string;
  readonly place: string;
  readonly code: string;
  readonly hash: string;
  readonly wholePlace: boolean;
  readonly retryAt: Date;
};

export async function setRefused(db: Db, refusal: Refusal): Promise<void> {
  await db
    .insertInto('refused_posts')
    .values({
      request_id: refusal.requestId,
      key: refusal.key,
      place: refusal.place,
      code: refusal.code,
      hash: refusal.hash,
      whole_place: refusal.wholePlace,
      retry_at: refusal.retryAt,
    })
    .onConflict((conflict) =>
      conflict.columns(['request_id', 'key']).doUpdateSet((eb) => ({
        place: eb.ref('excluded.place'),
        code: eb.ref('excluded.code'),
        hash: eb.ref('excluded.hash'),
        whole_place: eb.ref('excluded.whole_place'),
        retry_at: eb.ref('excluded.retry_at'),
        tries: eb('refused_posts.tries', '+', 1),
      })),
    )
    .execute();
}

/** The message was accepted after all. */
export async function removeRefused(db: Db, requestId: number, key: string): Promise<void> {
  await db
    .deleteFrom('refused_posts')
    .where('request_id', '=', requestId)
    .where('key', '=', key)
    .execute();
}

/** Why a place accepts no messages at all, and until when it is not tried again; undefined for any other place. */
export async function readRefusingPlace(
  db: Db,
  place: string,
  now: Date,
): Promise<{ readonly code: string; readonly retryAt: Date } | undefined> {
  const found = await db
    .selectFrom('refused_posts')
    .select(['code', 'retry_at'])
    .where('place', '=', place)
    .where('whole_place', '=', true)
    .where('retry_at', '>', now)
    .orderBy('retry_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return found && { code: found.code, retryAt: found.retry_at };
}

/** Makes refused messages due now: all of them, or those to one place. */
export async function retryRefusedNow(db: Db, now: Date, place?: string): Promise<void> {
  await db
    .updateTable('refused_posts')
    .set({ retry_at: now })
    .where('retry_at', '>', now)
    .$if(place !== undefined, (query) => query.where('place', '=', place ?? ''))
    .execute();
}

/**
 * Requests with a refused message that is due, oldest first. A request that ended long ago is skipped, because nobody
 * waits for its messages anymore.
 */
export async function readRequestsWithDueRefusals(
  db: Db,
  due: { readonly now: Date; readonly notEndedBefore: Date; readonly limit: number },
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select request_id as id from refused_posts join requests on requests.id = request_id
    where retry_at <= ${due.now} and (ended_at is null or ended_at > ${due.notEndedBefore})
    group by request_id order by min(retry_at), request_id limit ${due.limit}`.execute(db);
  return rows.map(({ id }) => id);
}
