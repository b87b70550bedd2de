/** The SQL of edits: which are running, and which may still take effect although their answer was lost. */
import { type Kysely, sql } from 'kysely';
import type { Schema } from '../../storage/schema.ts';

type Db = Kysely<Schema>;

export type Edit = {
  readonly requestId: number;
  readonly key: string;
  /** The message's timestamp, which is stored from now on also for a message that was found again. */
  readonly ts: string;
  /** Distinguishes this edit from every other one. */
  readonly mark: string;
};

/**
 * The mark before the edit: what Slack shows is unknown until its answer. An earlier edit that was marked and never
 * answered can still take effect, even after this one. Returns when that one was sent.
 */
export async function markEdit(
  db: Db,
  { requestId, key, ts, mark }: Edit,
  at: Date,
): Promise<Date | null> {
  const { rows } = await sql<{ unsettled_at: Date | null }>`
    update posts set ts = ${ts}, hash = null, edit_mark = ${mark}::uuid, edit_sent_at = ${at},
      unsettled_at = case when edit_mark is null then unsettled_at else edit_sent_at end,
      edited_again = case when edit_mark is null then edited_again else 0 end
    where request_id = ${requestId} and key = ${key}
    returning unsettled_at`.execute(db);
  return rows[0]?.unsettled_at ?? null;
}

/**
 * Slack has answered: it shows the message of this hash. Returns false, and leaves it unknown what Slack shows, when
 * another process has started an edit since: which of the two took effect last is unknown.
 *
 * @param settled the edit's hash, null when it is still unknown; and the state of an earlier edit without an answer:
 *   when it was sent, null when it cannot take effect anymore, and how often the message was edited since
 */
export async function settleEdit(
  db: Db,
  { requestId, key, mark }: Edit,
  settled: {
    readonly hash: string | null;
    readonly unsettledAt: Date | null;
    readonly editedAgain: number;
  },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('posts')
    .set({
      hash: settled.hash,
      edit_mark: null,
      edit_sent_at: null,
      unsure_answers: 0,
      unsettled_at: settled.unsettledAt,
      edited_again: settled.editedAgain,
    })
    .where('request_id', '=', requestId)
    .where('key', '=', key)
    .where('edit_mark', '=', mark)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return true;
  await db
    .updateTable('posts')
    .set({ hash: null })
    .where('request_id', '=', requestId)
    .where('key', '=', key)
    .execute();
  return false;
}
