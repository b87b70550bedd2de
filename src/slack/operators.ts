/** Notifies the people who operate the bot that it has given up a job. */
import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { type Problem, sentenceOf, todoOf } from '../errors/problem.ts';
import { icons, lines, messageText } from '../messages/rich-text.ts';
import { slackErrorCode } from './slack-failure.ts';

/** Best effort, and never throws: the log and the counter contain the same. */
export type TellOperators = (what: Problem) => Promise<void>;

export function operatorBlocks(what: Problem): KnownBlock[] {
  const todo = todoOf(what);
  const first = [icons.warning, ' ', sentenceOf(what)];
  return [lines('operators', todo === '' ? [first] : [first, [todo]])];
}

/** @param config its `operators` are notified; the policy may be replaced while the bot runs */
export function createTellOperators(
  client: WebClient,
  config: Pick<Config, 'operators'>,
  log: Logger,
): TellOperators {
  return async (what) => {
    const blocks = operatorBlocks(what);
    const message = { text: messageText(blocks), blocks };
    await Promise.all(
      config.operators.map(async (channel) => {
        try {
          await client.chat.postMessage({ channel, ...message });
        } catch (error) {
          const code = slackErrorCode(error);
          log.warn({ err: error, code, channel, about: what.code }, 'could not tell an operator');
        }
      }),
    );
  };
}
