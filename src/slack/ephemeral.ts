/** Something that only one person should see: an ephemeral message, or a direct one where that cannot be. */
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { type Problem, sentenceOf, todoOf } from '../errors/problem.ts';
import { lines, notification } from '../messages/rich-text.ts';
import { slackErrorCode } from './failure.ts';

export type Place = { readonly channel: string; readonly person: string };

/** Best effort: what was decided stands in the database and on the card whether or not this arrives. */
export type SendEphemeral = (place: Place, it: Problem) => Promise<void>;

export function createEphemeralSender(client: WebClient, log: Logger): SendEphemeral {
  return async (place, it) => {
    const todo = todoOf(it);
    const rows = [[sentenceOf(it)], ...(todo ? [[todo]] : [])];
    const message = {
      text: notification([sentenceOf(it), ' ', todo]),
      blocks: [lines('note', rows)],
    };
    try {
      await client.chat.postEphemeral({ channel: place.channel, user: place.person, ...message });
    } catch (error) {
      log.info(
        { code: slackErrorCode(error) },
        'could not send an ephemeral message in the channel, trying a direct message',
      );
      await client.chat
        .postMessage({ channel: place.person, ...message })
        .catch((cause: unknown) =>
          log.warn({ err: cause, code: it.code }, 'could not tell somebody'),
        );
    }
  };
}
