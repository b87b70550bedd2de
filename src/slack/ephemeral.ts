/** A message that only one person should see: an ephemeral message, or a direct message when that is not possible. */
import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { SlackConfig } from '../config/config.ts';
import { type Problem, sentenceOf, todoOf } from '../errors/problem.ts';
import { lines, link as linkTo, messageText } from '../messages/rich-text.ts';
import { isSlackAddress } from './client.ts';
import { slackErrorCode } from './slack-failure.ts';

/** The place where a person waits for an answer that only they should see. */
export type Place = {
  readonly channel: string;
  readonly person: string;
  /** The thread of the request, because a person who reads a thread does not see the channel. */
  readonly threadTs?: string | undefined;
  /**
   * The interaction's own response_url: it works even if the bot is not a member. It is a secret for half an hour, so
   * it is never stored. https://docs.slack.dev/interactivity/handling-user-interaction
   */
  readonly responseUrl?: string | undefined;
};

/**
 * The link with which the person continues, below the text. It is only for them, and nobody else sees the message.
 */
export type Link = { readonly url: string; readonly text: string };

/** Best effort: the decision is in the database and on the card whether or not this message arrives. */
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

/**
 * Sends a message to one person at that place, or in a direct message when that is not possible. Never throws; a
 * failure is logged.
 */
export async function sendToPerson(
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
    await sendToPerson(client, place, message, log);
  };

  /** Whether the answer was sent through the interaction's response_url. */
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
