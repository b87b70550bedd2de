/**
 * Edits a message so that it eventually shows what the database holds, although an answer can be lost, an edit can
 * take effect after a newer one, and a bot can hang in the middle of one.
 *
 * - What Slack shows is unknown from the mark before an edit until its answer. So an edit whose answer was lost is
 *   made again, even if the message should look as it did before it.
 * - An edit without an answer may still take effect. The message is edited again some time after it, whatever it is
 *   believed to show.
 * - A process that gets its answer after a different process has edited the message cannot know which edit came last,
 *   and has the message edited again.
 */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Db } from '../../storage/database.ts';
import { PostponedError } from '../../storage/jobs.ts';
import type { PostRecord } from '../../storage/schema.ts';
import { slackErrorCode, slackFailureOf } from '../slack-failure.ts';
import { markEdit, settleEdit } from './edits-store.ts';

/** How long after an edit whose answer was lost the message is edited again: soon, and once more to be sure. */
const againAfterMs = [15_000, 60_000] as const;

/** The message was deleted or cannot be edited anymore, so it stays as it is. */
const uneditable = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);

/** When the message has to be edited again because of an edit without an answer; null when there is none. */
export function editAgainAt(record: PostRecord | undefined): Date | null {
  if (!record?.unsettled_at) return null;
  const afterMs = againAfterMs[record.edited_again];
  return afterMs === undefined ? null : new Date(record.unsettled_at.getTime() + afterMs);
}

export type Edits = {
  /**
   * Edits the message, after marking it, and returns its resulting record.
   *
   * @param send calls Slack; `mark` is called directly before each call
   * @throws PostponedError when another process edited the message in the meantime, so that it has to be checked
   *   again
   * @throws the errors of the call; the message counts as unknown unless Slack certainly did nothing
   */
  edit(
    record: PostRecord & { readonly ts: string },
    hash: string,
    send: (mark: () => Promise<void>) => Promise<void>,
  ): Promise<PostRecord>;
};

export function createEdits(deps: { db: Db; now: () => Date; log: Logger }): Edits {
  const { db, now, log } = deps;
  return {
    async edit(record, hash, send) {
      const { request_id: requestId, key, ts } = record;
      const edit = { requestId, key, ts, mark: randomUUID() };
      let sentAt = now();
      let unsettledAt = record.unsettled_at;
      let isMarked = false;
      const mark = async () => {
        sentAt = now();
        // A call that Slack limited is made again under the same mark.
        if (!isMarked) unsettledAt = await markEdit(db, edit, sentAt);
        isMarked = true;
      };
      const settle = async (shown: string | null) => {
        const times = editsSince(unsettledAt, sentAt);
        const isOver = times >= againAfterMs.length;
        const left = { unsettledAt: isOver ? null : unsettledAt, editedAgain: isOver ? 0 : times };
        const isOurs = await settleEdit(db, edit, { hash: shown, ...left });
        // The run of this job may have been given to another bot: a new job checks again.
        if (!isOurs) throw new PostponedError(now(), 'another process edited the same message');
        const { unsettledAt: unsettled_at, editedAgain: edited_again } = left;
        return {
          ...record,
          hash: shown,
          edit_mark: null,
          edit_sent_at: null,
          unsettled_at,
          edited_again,
        };
      };
      try {
        await send(mark);
      } catch (error) {
        const code = slackErrorCode(error);
        if (uneditable.has(code ?? '')) {
          log.warn({ request: edit.requestId, key: edit.key, code }, 'a message cannot be edited');
          return await settle(hash);
        }
        // It shows the same as before, as far as that was known.
        if (isMarked && isSurelyNotDone(error)) await settle(unsettledAt ? null : record.hash);
        throw error;
      }
      return await settle(hash);
    },
  };
}

/** How many of the repeated edits after a lost answer count as made by an edit at this moment. */
function editsSince(unsettledAt: Date | null, at: Date): number {
  if (!unsettledAt) return 0;
  return againAfterMs.filter((afterMs) => at.getTime() - unsettledAt.getTime() >= afterMs).length;
}

/** After an internal failure of Slack, or without an answer, Slack may have executed the call. */
export function isSurelyNotDone(error: unknown): boolean {
  if (error instanceof PostponedError) return true;
  const kind = slackFailureOf(error)?.kind;
  return kind === 'refused' || kind === 'temporary' || kind === 'locked-out';
}
