/**
 * A mention or a file that is added by editing a message counts as if it had been in the message from the beginning.
 */
import { z } from 'zod';
import { lookBackMs } from './catch-up.ts';

const content = z.looseObject({
  text: z.string().nullish(),
  files: z.array(z.looseObject({ id: z.string() })).optional(),
});

/** https://docs.slack.dev/reference/events/message/message_changed */
const messageChanged = z.object({
  subtype: z.literal('message_changed'),
  channel: z.string(),
  channel_type: z.string().optional(),
  message: content.extend({
    user: z.string(),
    ts: z.string(),
    /** The author of the new text. Without it, Slack changed the message itself, for a link preview or a reply. */
    edited: z.looseObject({ user: z.string() }),
  }),
  previous_message: content,
});

/**
 * @param event an event `message` from Slack
 * @returns the event as if the message had been posted in its current form; null for a change that no person's edit
 *   made, and for a message that is older than the bot's memory of deliveries; any other event unchanged
 */
export function asNewMessage(event: object, now: Date): object | null {
  if (!('subtype' in event) || event.subtype !== 'message_changed') return event;
  const changed = messageChanged.safeParse(event).data;
  if (!changed) return null;
  const { message, previous_message: previous } = changed;
  if (message.edited.user !== message.user) return null;
  const isRemembered = Number(message.ts) * 1000 > now.getTime() - lookBackMs;
  if (!isRemembered) return null;
  const isSame = message.text === previous.text && fileIds(message) === fileIds(previous);
  if (isSame) return null;
  const { channel, channel_type: channelType } = changed;
  return {
    type: 'message',
    ...message,
    channel,
    ...(channelType && { channel_type: channelType }),
  };
}

function fileIds({ files = [] }: z.infer<typeof content>): string {
  return files.map((file) => file.id).join(' ');
}
