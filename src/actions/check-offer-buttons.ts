/**
 * The answer to "Check november.csv?": accepts the files as if the bot had been mentioned with them, or leaves them.
 */
import type { BlockAction, ButtonAction } from '@slack/bolt';
import { problem } from '../errors/problem.ts';
import { submitFilesOfMessage } from '../events/file-message.ts';
import { checkOfferActions, parseOfferedFiles } from '../messages/replies/check-offer.ts';
import type { Services } from '../services.ts';
import type { Listeners } from '../slack/listener-table.ts';
import { isDatabaseUnavailable } from '../storage/unavailable.ts';
import { placeOfClick } from './record-click.ts';

type Click = BlockAction<ButtonAction>;

export function registerCheckOfferButtons(listeners: Listeners, services: Services): void {
  listeners.action<Click>(checkOfferActions.check, async ({ ack, body, action, respond }) => {
    const offered = parseOfferedFiles(action.value);
    if (!offered) return ack();
    const { channel, ts, threadTs, files } = offered;
    const message = {
      text: '',
      ts,
      ...(threadTs ? { thread_ts: threadTs } : {}),
      files: files.map((id) => ({ id })),
    };
    try {
      // Stored before it is acknowledged (H5). A mention by the same person counts as the same submission, so the
      // files are never taken twice.
      await submitFilesOfMessage(services, message, channel, { personId: body.user.id });
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      await services.sendEphemeral(placeOfClick(body), problem('click.not-saved'));
      return;
    }
    await ack();
    await respond({ delete_original: true });
  });

  listeners.action<Click>(checkOfferActions.notNow, async ({ ack, respond }) => {
    await ack();
    await respond({ delete_original: true });
  });
}
