/** Something that only one person should see: an ephemeral message, or a direct one where that cannot be. */
import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { SlackConfig } from '../config/config.ts';
import { type Problem, sentenceOf, todoOf } from '../errors/problem.ts';
import { lines, link as linkTo, messageText } from '../messages/rich-text.ts';
import { isSlackAddress } from './client.ts';
import { slackErrorCode } from './slack-failure.ts';

/** Where somebody waits for an answer that only they should see. */
export type Place = {
  readonly channel: string;
  readonly person: string;
  /** The thread they asked in: a person who looks at a thread does not look at the channel. */
  readonly threadTs?: string | undefined;
  /**
   * The interaction's own address for answers: it works where the bot is no member. It is a secret for half an
   * hour, so it is never stored. https://docs.slack.dev/interactivity/handling-user-interaction
   */
  readonly responseUrl?: string | undefined;
};

/** Where the person continues, below what is said. It is for them alone: nobody else sees the message. */
export type Link = { readonly url: string; readonly text: string };

/** Best effort: what was decided is in the database and on the card whether or not this arrives. */
export type SendEphemeral = (place: Place, problem: Problem, link?: Link) => Promise<void>;

type Message = { readonly text: string; readonly blocks: KnownBlock[] };

/** Longest wait for a response_url. */
const answerWithinMs = 5_000;

export function noteBlocks(problem: Problem, link?: Link): KnownBlock[] {
  const todo = todoOf(problem);
  return [
    lines('note', [
      [sentenceOf(problem)],
      ...(todo ? [[todo]] : []),
      ...(link ? [[linkTo(link.url, link.text)]] : []),
    ]),
  ];
}

/** Tells one person where they look, or in a direct message where that cannot be. Never throws: the log says so. */
export async function tellOnly(
  client: WebClient,
  { channel, person, threadTs }: Place,
  message: Message,
  log: Logger,
): Promise<void> {
  try {
    await client.chat.postEphemeral({
      channel,
      user: person,
      ...(threadTs ? { thread_ts: threadTs } : {}),
      ...message,
    });
  } catch (error) {
    log.info(
      { code: slackErrorCode(error) },
      'could not send an ephemeral message in the channel, trying a direct message',
    );
    await client.chat
      .postMessage({ channel: person, ...message })
      .catch((cause: unknown) =>
        log.warn({ err: cause, code: slackErrorCode(cause) }, 'could not tell somebody'),
      );
  }
}

export function createEphemeralSender(
  client: WebClient,
  slack: SlackConfig,
  log: Logger,
): SendEphemeral {
  return async (place, problem, link) => {
    const blocks = noteBlocks(problem, link);
    const message = { text: messageText(blocks), blocks };
    if (await answered(place, message)) return;
    await tellOnly(client, place, message, log);
  };

  /** Whether the answer went through the interaction's own address. */
  async function answered({ responseUrl, threadTs }: Place, message: Message): Promise<boolean> {
    const url = responseUrl === undefined ? null : URL.parse(responseUrl);
    if (!url || !isSlackAddress(url, slack)) return false;
    const body = {
      response_type: 'ephemeral',
      replace_original: false,
      ...(threadTs ? { thread_ts: threadTs } : {}),
      ...message,
    };
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(answerWithinMs),
      });
      await answer.body?.cancel();
      if (answer.ok) return true;
      log.info({ status: answer.status }, 'a response_url did not take an answer');
    } catch (error) {
      log.info({ err: error }, 'a response_url did not answer');
    }
    return false;
  }
}
