/** A message in a thread, parsed from an event: written, changed or deleted by a person. Pure. */
import { z } from 'zod';
import { looksLikePassword } from '../users/fields/password-like.ts';

export type ThreadMessage = {
  readonly channel: string;
  readonly threadTs: string;
  readonly ts: string;
  /** Slack's timestamp of this version: of the message, its change or its deletion. */
  readonly version: string;
  readonly kind: 'said' | 'changed' | 'deleted';
  readonly person: string;
  readonly text: string;
};

/** The maximum stored length of one message; Slack accepts 40,000 characters. */
const longest = 4_000;

const written = z.object({
  bot_id: z.undefined().optional(),
  user: z.string(),
  text: z.string().nullish(),
  ts: z.string(),
  thread_ts: z.string(),
  files: z.array(z.object({ name: z.string().nullish() })).optional(),
});

const posted = written.extend({
  type: z.literal('message'),
  subtype: z.enum(['file_share', 'thread_broadcast']).optional(),
  channel: z.string(),
});

const changed = z.object({
  subtype: z.literal('message_changed'),
  channel: z.string(),
  message: written.extend({ edited: z.object({ user: z.string(), ts: z.string() }) }),
  previous_message: z.object({ text: z.string().nullish() }),
});

const deleted = z.object({
  subtype: z.literal('message_deleted'),
  channel: z.string(),
  ts: z.string(),
  previous_message: written,
});

/**
 * @param event an event `message` from Slack, or a message of `conversations.replies` with its channel
 * @returns null for anything but a person's reply in a thread, including the first message of a thread
 */
export function parseThreadMessage(event: unknown): ThreadMessage | null {
  const said = posted.safeParse(event).data;
  if (said) return said.ts === said.thread_ts ? null : versionOf(said, said, 'said', said.ts);
  const change = changed.safeParse(event).data;
  if (change) {
    const { message, previous_message: before } = change;
    const { user, ts } = message.edited;
    if (user !== message.user || message.text === before.text) return null;
    return message.ts === message.thread_ts ? null : versionOf(change, message, 'changed', ts);
  }
  const end = deleted.safeParse(event).data;
  return end
    ? versionOf(end, { ...end.previous_message, text: '', files: [] }, 'deleted', end.ts)
    : null;
}

/** Text that looks like a password is not stored, not even as part of a hash (H4). Links and mentions are kept. */
function withoutSecrets(text: string): string {
  const links = /(<(?:https?:|mailto:|[@#!])[^<>\s]*>)|\S{8,64}/gu;
  return text.replace(links, (word, link) =>
    link === undefined && looksLikePassword(word, noClues) ? '•••' : word,
  );
}

const noClues = { names: [], strict: false };

function versionOf(
  { channel }: { readonly channel: string },
  { user: person, ts, thread_ts: threadTs, text, files = [] }: z.infer<typeof written>,
  kind: ThreadMessage['kind'],
  version: string,
): ThreadMessage {
  const names = files.map((file) => `[file: ${file.name ?? 'unnamed'}]`);
  // Slack escapes three characters of typed text.
  const typed = (text ?? '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
  const whole = [withoutSecrets(typed), ...names].filter((part) => part !== '').join('\n');
  return { channel, threadTs, ts, version, kind, person, text: whole.slice(0, longest) };
}
