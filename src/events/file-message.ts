/** A message with a file: in a requests channel with the bot mentioned, or in a direct message to the bot. */
import { z } from 'zod';
import { problem } from '../errors/problem.ts';
import { rememberDelivery } from '../requests/store/deliveries-store.ts';
import { chooseInstance } from '../requests/submit/choose-instance.ts';
import { submitFiles, unnamedFile } from '../requests/submit/submit-file.ts';
import type { Services } from '../services.ts';
import { reasonIn } from '../text/message-words.ts';

/** A message with files, whoever posted it: a bot's or a workflow's has no `user`. */
const messageWithFiles = z.object({
  text: z.string().nullish(),
  ts: z.string(),
  thread_ts: z.string().optional(),
  files: z.array(z.object({ id: z.string(), name: z.string().nullish() })).min(1),
});

export type MessageWithFiles = z.infer<typeof messageWithFiles>;

/** A message as the Events API and `conversations.history` give it, as far as a file in it matters. */
const fileMessage = messageWithFiles.extend({
  type: z.literal('message').optional(),
  subtype: z.string().optional(),
  user: z.string(),
  bot_id: z.string().optional(),
});

/** How a person hands in a file: posted, or in a reply that is also sent to the channel. */
const handingIn = new Set([undefined, 'file_share', 'thread_broadcast']);

/** The message with its files, or null when it has none. */
export function parseMessageWithFiles(message: unknown): MessageWithFiles | null {
  const parsed = messageWithFiles.safeParse(message);
  return parsed.success ? parsed.data : null;
}

/** The parsed message; null when it does not submit a file, such as a bot's message or plain text. */
export function parseFileMessage(message: unknown): z.infer<typeof fileMessage> | null {
  const parsed = fileMessage.safeParse(message);
  if (!parsed.success || parsed.data.bot_id !== undefined) return null;
  return handingIn.has(parsed.data.subtype) ? parsed.data : null;
}

export type HandedBy = {
  readonly personId: string;
  /** What makes it this delivery; the message itself when left out. */
  readonly deliveryId?: string;
  /** Where the answer goes: the message's thread unless the bot cannot post there. */
  readonly answer?: 'thread' | 'direct';
};

/**
 * Stores every file of a message as a separate request. Files that were stored before are skipped without a message.
 */
export async function takeFiles(
  services: Services,
  message: MessageWithFiles,
  channel: string,
  by: HandedBy,
): Promise<void> {
  const text = message.text ?? '';
  const chosen = chooseInstance(services.config.instances, { text, channel });
  if (!chosen) return;
  // Slack is not asked before the acknowledgement: it may be slow. The check reads who somebody is.
  const person = services.people.peek(by.personId);
  const delivery = by.deliveryId ?? `message ${channel} ${message.ts}`;
  if (chosen.kind === 'several') {
    return askWhichInstance(services, chosen.aliases, { channel, person: by.personId }, delivery);
  }
  await submitFiles(services, {
    files: message.files.map((file) => ({
      deliveryId: `${delivery} ${file.id}`,
      slackFileId: file.id,
      name: file.name ?? unnamedFile,
    })),
    requester: { id: by.personId, name: person?.name ?? by.personId },
    instance: chosen.instance,
    reason: reasonIn(
      text,
      services.config.instances.map(({ alias }) => alias),
    ),
    origin: by.answer === 'direct' ? null : { channel, threadTs: message.thread_ts ?? message.ts },
  });
}

/** Nothing is stored of such a file: the answer is a new message, which is taken as if it had been the first. */
async function askWhichInstance(
  services: Services,
  aliases: readonly string[],
  place: { readonly channel: string; readonly person: string },
  delivery: string,
): Promise<void> {
  const question = { id: `which ${delivery}`, kind: 'answer', receivedAt: services.now() };
  const isFirst = await rememberDelivery(services.db, question);
  if (!isFirst) return;
  const named = aliases.map((alias) => `“${alias}”`).join(' and ');
  // Not waited for: Slack expects to hear within three seconds that the event arrived.
  void services.sendEphemeral(place, problem('file.which-instance', { instances: named }));
}

/** Whether a file in this channel is handed to the bot only when the bot is mentioned beside it. */
export function isForBot(
  services: Services,
  message: { readonly text?: string | null | undefined },
  channelType: string,
): boolean {
  if (channelType === 'im') return true;
  return (message.text ?? '').includes(`<@${services.people.home.botUserId}>`);
}
