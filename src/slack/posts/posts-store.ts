/** The SQL of posts: which message in Slack belongs to which message of a request. */
import type { Kysely } from 'kysely';
import type { PostRecord, Schema } from '../../storage/schema.ts';

type Db = Kysely<Schema>;

export function readPosts(db: Db, requestId: number): Promise<PostRecord[]> {
  return db.selectFrom('posts').selectAll().where('request_id', '=', requestId).execute();
}

/** The mark before the first post: if its answer is lost, the message is searched for, not posted again. */
export async function markPosting(
  db: Db,
  post: {
    readonly requestId: number;
    readonly key: string;
    readonly channel: string;
    readonly at: Date;
  },
) {
  await db
    .insertInto('posts')
    .values({
      request_id: post.requestId,
      key: post.key,
      channel: post.channel,
      attempted_at: post.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Slack certainly did not accept it, so the mark is removed. */
export async function unmarkPosting(db: Db, requestId: number, key: string) {
  await db
    .deleteFrom('posts')
    .where('request_id', '=', requestId)
    .where('key', '=', key)
    .where('ts', 'is', null)
    .execute();
}

export async function setPosted(
  db: Db,
  requestId: number,
  key: string,
  posted: { readonly ts: string; readonly hash: string },
) {
  await db
    .updateTable('posts')
    .set({ ts: posted.ts, hash: posted.hash, unsure_answers: 0 })
    .where('request_id', '=', requestId)
    .where('key', '=', key)
    .execute();
}

/**
 * Slack answered with an internal failure. Returns how often this happened for this message since its last success; a
 * message without a mark counts as new.
 */
export async function noteUnsure(db: Db, requestId: number, key: string): Promise<number> {
  const noted = await db
    .updateTable('posts')
    .set((eb) => ({ unsure_answers: eb('unsure_answers', '+', 1) }))
    .where('request_id', '=', requestId)
    .where('key', '=', key)
    .returning('unsure_answers')
    .executeTakeFirst();
  return noted?.unsure_answers ?? 1;
}

/** The keys of a request's messages that were posted or may have been posted. */
export async function readPostedKeys(db: Db, requestId: number): Promise<ReadonlySet<string>> {
  const posts = await db
    .selectFrom('posts')
    .select('key')
    .where('request_id', '=', requestId)
    .execute();
  return new Set(posts.map(({ key }) => key));
}
