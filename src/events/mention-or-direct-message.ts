/**
 * A person writes to the bot, or posts a file where files are meant for it: they get one helpful answer. In
 * conversations of other people the bot answers only when it is mentioned, and only to the person who mentioned it.
 */
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { checkOffer, type OfferedFiles } from '../messages/replies/check-offer.ts';
import { helpBlocks, isHelp } from '../messages/replies/help.ts';
import { messageText } from '../messages/rich-text.ts';
import { rememberDelivery } from '../requests/store/deliveries-store.ts';
import type { Services } from '../services.ts';
import { sendToPerson } from '../slack/ephemeral.ts';
import type { Listeners } from '../slack/listener-table.ts';
import { retryOnRateLimit } from '../slack/retry-on-rate-limit.ts';
import { slackFailureOf } from '../slack/slack-failure.ts';
import { asNewMessage } from './edited-message.ts';
import {
  isForBot,
  type MessageWithFiles,
  parseFileMessage,
  parseMessageWithFiles,
  submitFilesOfMessage,
} from './file-message.ts';

/** A message that a person wrote. Deletions and messages of bots are not included. */
const spoken = z.object({
  subtype: z.enum(['file_share', 'thread_broadcast']).optional(),
  bot_id: z.undefined().optional(),
  user: z.string(),
  text: z.string().default(''),
  channel: z.string(),
  channel_type: z.string().default('channel'),
  ts: z.string(),
  thread_ts: z.string().optional(),
});
type Spoken = z.infer<typeof spoken>;

/** Names of files that can hold users. */
const tableName = /\.(csv|tsv|txt|xlsx|json|ya?ml)$/i;

/** A mention without a file means the file that the same person posted just before. */
const justBeforeMs = 15 * 60_000;

/** How long the answer to a mention waits because of Slack's rate limit. */
const longestWaitMs = 10_000;

export function registerMentionsAndDirectMessages(listeners: Listeners, services: Services): void {
  listeners.event('message', async ({ event, client }) => {
    const posted = asNewMessage(event, services.now());
    const parsed = spoken.safeParse(posted);
    if (!parsed.success || parsed.data.user === services.people.home.botUserId) return;
    const said = parsed.data;
    const files = parseFileMessage(posted);
    const meant = isForBot(services, said, said.channel_type);
    // Submitted files were already stored by store-event.ts.
    if (files) {
      if (!meant) await offerToCheck(services, client, said, files);
      return;
    }
    if (!meant || !(await isFirst(services, `answer ${said.channel} ${said.ts}`))) return;
    const words = wordsOf(services, said);
    if (said.channel_type === 'im' || isHelp(words)) return help(services, client, said, words);
    const found = await fileMeant(services, client, said);
    if (found === 'taken') return;
    if (found) return ask(services, client, said, found);
    return help(services, client, said, words);
  });
}

/**
 * The file that a mention without an attachment refers to, with whether it was submitted already; null when there is
 * none or Slack does not let the bot read the conversation, so that the person gets an answer in any case.
 */
async function fileMeant(
  services: Services,
  client: WebClient,
  said: Spoken,
): Promise<MessageWithFiles | 'taken' | null> {
  try {
    if (await takeThreadsFile(services, client, said)) return 'taken';
    return await fileJustBefore(services, client, said);
  } catch (error) {
    if (slackFailureOf(error) === null) throw error;
    services.log.warn({ err: error }, 'could not look for the file that a mention is about');
    return null;
  }
}

/** Once for each file, whoever posts it again and however often Slack delivers the event. */
async function offerToCheck(
  services: Services,
  client: WebClient,
  said: Spoken,
  message: MessageWithFiles,
): Promise<void> {
  const here = services.config.instances.some(
    (instance) => instance.requestsChannel === said.channel,
  );
  const tables = message.files.filter((file) => tableName.test(file.name ?? ''));
  if (!here || tables.length === 0) return;
  const first = await Promise.all(tables.map((file) => isFirst(services, `offer ${file.id}`)));
  const fresh = tables.filter((_file, at) => first[at]);
  if (fresh.length > 0) await ask(services, client, said, { ...message, files: fresh });
}

/** A mention in the thread of a message with files takes these files; false when there are none. */
async function takeThreadsFile(
  services: Services,
  client: WebClient,
  said: Spoken,
): Promise<boolean> {
  const { channel, thread_ts: ts, user: personId } = said;
  if (ts === undefined || ts === said.ts) return false;
  const read = () => client.conversations.replies({ channel, ts, limit: 1 });
  const answer = await retryOnRateLimit(read, { longestWaitMs });
  const root = parseMessageWithFiles(answer.messages?.[0]);
  if (!root) return false;
  // Works as if the file's message had mentioned the bot. A different person makes the request in their own name, and
  // the person who posted the file still can.
  const isOwn = parseFileMessage(answer.messages?.[0])?.user === personId;
  await submitFilesOfMessage(services, { ...root, text: said.text }, channel, {
    personId,
    isSender: isOwn,
  });
  return true;
}

async function fileJustBefore(
  services: Services,
  client: WebClient,
  said: Spoken,
): Promise<MessageWithFiles | null> {
  const { channel, user, ts: latest, thread_ts: threadTs } = said;
  if (threadTs !== undefined) return null;
  const oldest = String(Number(latest) - justBeforeMs / 1000);
  const read = () => client.conversations.history({ channel, latest, oldest, limit: 20 });
  const answer = await retryOnRateLimit(read, { longestWaitMs });
  for (const candidate of answer.messages ?? []) {
    const message = candidate.user === user ? parseFileMessage(candidate) : null;
    const tables = message?.files.filter((file) => tableName.test(file.name ?? '')) ?? [];
    if (message && tables.length > 0 && !isForBot(services, message, 'channel')) {
      return { ...message, files: tables };
    }
  }
  return null;
}

async function ask(
  services: Services,
  client: WebClient,
  said: Spoken,
  message: MessageWithFiles,
): Promise<void> {
  const { channel, user } = said;
  const threadTs = message.thread_ts === message.ts ? undefined : message.thread_ts;
  const files: OfferedFiles = {
    channel,
    ts: message.ts,
    ...(threadTs ? { threadTs } : {}),
    files: message.files.slice(0, 10).map((file) => file.id),
  };
  const blocks = checkOffer(
    files,
    message.files.slice(0, 10).map((file) => file.name ?? 'the file'),
  );
  const place = { channel, person: user, threadTs: said.thread_ts };
  await sendToPerson(client, place, { text: messageText(blocks), blocks }, services.log);
}

/**
 * Posted in a direct message, where only that person reads it; elsewhere as an ephemeral message to the person who
 * asked.
 */
async function help(
  services: Services,
  client: WebClient,
  said: Spoken,
  words: string,
): Promise<void> {
  const { channel, user, thread_ts: threadTs } = said;
  const blocks = helpBlocks(words);
  const message = { text: messageText(blocks), blocks };
  if (said.channel_type === 'im') {
    await client.chat.postMessage({
      channel,
      ...(threadTs ? { thread_ts: threadTs } : {}),
      ...message,
    });
  } else await sendToPerson(client, { channel, person: user, threadTs }, message, services.log);
}

/** The text beside the mention. Slack escapes three characters of typed text, and marks its links. */
function wordsOf(services: Services, said: Spoken): string {
  return said.text
    .replaceAll(`<@${services.people.home.botUserId}>`, '')
    .replace(/<[^<>|]*\|([^<>]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}

/** Slack delivers an event up to four times, but one replica answers once. */
function isFirst(services: Services, id: string): Promise<boolean> {
  return rememberDelivery(services.db, { id, kind: 'answer', receivedAt: services.now() });
}
