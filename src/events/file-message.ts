/** A message with a file: in a requests channel with the bot mentioned, or in a direct message to the bot. */
import type { App } from '@slack/bolt';
import { z } from 'zod';
import { chooseInstance } from '../requests/submit/choose-instance.ts';
import { submitFiles } from '../requests/submit/submit-file.ts';
import type { Services } from '../services.ts';

/** A message as the Events API and `conversations.history` give it, as far as a file in it matters. */
const fileMessage = z.object({
  type: z.literal('message').optional(),
  subtype: z.string().optional(),
  user: z.string(),
  bot_id: z.string().optional(),
  text: z.string().default(''),
  ts: z.string(),
  thread_ts: z.string().optional(),
  files: z.array(z.object({ id: z.string(), name: z.string().nullish() })).min(1),
});

/** The parsed message, or null when it is none that hands in a file: an edit, a bot's post, a plain text. */
export function parseFileMessage(message: unknown): z.infer<typeof fileMessage> | null {
  const parsed = fileMessage.safeParse(message);
  if (!parsed.success || parsed.data.bot_id !== undefined) return null;
  const { subtype } = parsed.data;
  return subtype === undefined || subtype === 'file_share' ? parsed.data : null;
}

/** Stores every file of a message as a request of its own; says nothing about one that was stored before. */
export async function takeFiles(
  services: Services,
  message: z.infer<typeof fileMessage>,
  channel: string,
  by: { readonly personId: string; readonly deliveryId?: string } = { personId: message.user },
): Promise<void> {
  const instance = chooseInstance(services.config.instances, { text: message.text, channel });
  if (!instance) return;
  // Slack is not asked before the acknowledgement: it may be slow. The check reads who somebody is.
  const person = services.people.peek(by.personId);
  const delivery = by.deliveryId ?? `message ${channel} ${message.ts}`;
  await submitFiles(services, {
    files: message.files.map((file) => ({
      deliveryId: `${delivery} ${file.id}`,
      slackFileId: file.id,
      name: file.name ?? 'file',
    })),
    requester: { id: by.personId, name: person?.name ?? by.personId },
    instance,
    reason: null,
    origin: { channel, threadTs: message.thread_ts ?? message.ts },
  });
}

/** Whether a file in this channel is handed to the bot only when the bot is mentioned beside it. */
export function isForBot(
  services: Services,
  message: { text: string },
  channelType: string,
): boolean {
  if (channelType === 'im') return true;
  return message.text.includes(`<@${services.people.home.botUserId}>`);
}

export function registerFileMessage(app: App, services: Services): void {
  app.event('message', async ({ event }) => {
    const message = parseFileMessage(event);
    if (!message || !isForBot(services, message, event.channel_type)) return;
    await takeFiles(services, message, event.channel);
  });
}
