/** A message with a file: in a requests channel with the bot mentioned, or in a direct message to the bot. */
import { z } from 'zod';
import { problem } from '../errors/problem.ts';
import { rememberDelivery } from '../requests/store/deliveries-store.ts';
import { chooseInstance } from '../requests/submit/choose-instance.ts';
import { submitFiles, unnamedFile } from '../requests/submit/submit-file.ts';
import type { Services } from '../services.ts';
import { reasonIn } from '../text/message-words.ts';

/** A message with files from any author: messages of bots and workflows have no `user`. */
const messageWithFiles = z.object({
  text: z.string().nullish(),
  ts: z.string(),
  thread_ts: z.string().optional(),
  files: z.array(z.object({ id: z.string(), name: z.string().nullish() })).min(1),
});

export type MessageWithFiles = z.infer<typeof messageWithFiles>;

/** A message as the Events API and `conversations.history` return it, with the members that matter for its files. */
const fileMessage = messageWithFiles.extend({
  type: z.literal('message').optional(),
  subtype: z.string().optional(),
  user: z.string(),
  bot_id: z.string().optional(),
});

/** The subtypes with which a person submits a file: a post, or a reply that is also sent to the channel. */
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

export type FileSubmitter = {
  readonly personId: string;
  /** Whether Slack reports that this person sent the message: a forged click can contain anybody's message. */
  readonly isSender?: boolean;
  /** The unique id of this delivery; when left out, a person submits each message once. */
  readonly deliveryId?: string;
  /** Where the answer is posted: the message's thread, unless the bot cannot post there. */
  readonly answer?: 'thread' | 'direct';
};

/**
 * Stores every file of a message as a separate request. Files that were stored before are skipped without a message.
 */
export async function submitFilesOfMessage(
  services: Services,
  message: MessageWithFiles,
  channel: string,
  by: FileSubmitter,
): Promise<void> {
  const text = message.text ?? '';
  const chosen = chooseInstance(services.config.instances, { text, channel });
  if (!chosen) return;
  // Slack is not called before the acknowledgement, because it can be slow. The check reads the person later.
  const person = services.people.peek(by.personId);
  const said = `message ${channel} ${message.ts}`;
  const own = `${said} ${by.personId}`;
  const delivery = by.deliveryId ?? (by.isSender ? said : own);
  if (chosen.kind === 'several') {
    return askWhichInstance(services, chosen.aliases, { channel, person: by.personId }, delivery);
  }
  await submitFiles(services, {
    files: message.files.map((file) => ({
      deliveryId: `${delivery} ${file.id}`,
      ...(delivery === said ? { otherDeliveryId: `${own} ${file.id}` } : {}),
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

/** Nothing of such a file is stored: the person answers with a new message, which is treated like a first one. */
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
  // Not awaited, because Slack expects the acknowledgement within three seconds.
  void services.sendEphemeral(place, problem('file.which-instance', { instances: named }));
}

/** Whether a file in this channel is meant for the bot only when the message mentions it. */
export function isForBot(
  services: Services,
  message: { readonly text?: string | null | undefined },
  channelType: string,
): boolean {
  if (channelType === 'im') return true;
  return (message.text ?? '').includes(`<@${services.people.home.botUserId}>`);
}
