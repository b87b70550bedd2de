/** Messages by channel and thread, indexed so that access stays fast with thousands of them. */
import type { Block, FileInfo, Message } from '../api/messages.ts';
import type { JsonObject } from './json.ts';
import type { Mention } from './mrkdwn.ts';
import type { Heard } from './read-aloud.ts';
import type { Values } from './values.ts';

export type Metadata = { event_type: string; event_payload: Record<string, unknown> };

export type StoredMessage = {
  ts: string;
  channel: string;
  user: string;
  botId?: string;
  text: string;
  blocks: Block[];
  /** Ids of files. */
  files: string[];
  threadTs?: string;
  /** A thread reply that is also shown in the channel. */
  broadcast?: boolean;
  edited?: { user: string; ts: string };
  metadata?: Metadata;
  /** Only this person sees it. */
  visibleTo?: string;
  subtype?: string;
  mentions: Mention[];
  /** Emoji name → people who reacted with it. */
  reactions?: Map<string, string[]>;
  /** The selection of each person in the message's elements. */
  states?: Map<string, Values>;
  /** The options that its external selects have offered: `block action` → option value → option. */
  offered?: Map<string, OfferedOptions>;
  /** For the root of a thread: its replies, oldest first. */
  replies: string[];
};

/** Option value → option. */
export type OfferedOptions = Map<string, JsonObject>;

export type Messages = {
  add(message: StoredMessage): void;
  get(channel: string, ts: string): StoredMessage | undefined;
  remove(channel: string, ts: string): boolean;
  /** The messages of the channel itself, oldest first, including ephemeral messages. */
  roots(channel: string): readonly StoredMessage[];
  /** The root and its replies, oldest first. */
  thread(channel: string, ts: string): StoredMessage[];
  /** Ephemeral replies in that thread. */
  ephemerals(channel: string, ts: string): readonly StoredMessage[];
  lastRead(user: string, channel: string): string;
  markRead(user: string, channel: string, ts: string): void;
};

type Shelf = {
  byTs: Map<string, StoredMessage>;
  roots: StoredMessage[];
  ephemerals: Map<string, StoredMessage[]>;
};

export function createMessages(): Messages {
  const shelves = new Map<string, Shelf>();
  const read = new Map<string, string>();

  function shelf(channel: string): Shelf {
    const known = shelves.get(channel);
    if (known) return known;
    const made: Shelf = { byTs: new Map(), roots: [], ephemerals: new Map() };
    shelves.set(channel, made);
    return made;
  }

  return {
    add(message) {
      const { byTs, roots, ephemerals } = shelf(message.channel);
      byTs.set(message.ts, message);
      const root = message.threadTs === undefined ? undefined : byTs.get(message.threadTs);
      if (root && !message.visibleTo) root.replies.push(message.ts);
      if (root && message.visibleTo) {
        ephemerals.set(root.ts, [...(ephemerals.get(root.ts) ?? []), message]);
      }
      if (message.threadTs === undefined || message.broadcast) roots.push(message);
    },
    get: (channel, ts) => shelves.get(channel)?.byTs.get(ts),
    remove(channel, ts) {
      const { byTs, roots, ephemerals } = shelf(channel);
      const message = byTs.get(ts);
      if (!message) return false;
      byTs.delete(ts);
      const beside = ephemerals.get(message.threadTs ?? '');
      if (beside)
        ephemerals.set(
          message.threadTs ?? '',
          beside.filter((neighbor) => neighbor !== message),
        );
      const at = firstAtOrAfter(roots, ts);
      if (roots[at]?.ts === ts) roots.splice(at, 1);
      const root = message.threadTs === undefined ? undefined : byTs.get(message.threadTs);
      if (root) root.replies = root.replies.filter((reply) => reply !== ts);
      return true;
    },
    roots: (channel) => shelf(channel).roots,
    thread(channel, ts) {
      const { byTs } = shelf(channel);
      const root = byTs.get(ts);
      if (!root) return [];
      const replies = root.replies.map((reply) => byTs.get(reply));
      return [root, ...replies.filter((reply) => reply !== undefined)];
    },
    ephemerals: (channel, ts) => shelf(channel).ephemerals.get(ts) ?? [],
    lastRead: (user, channel) => read.get(`${user} ${channel}`) ?? '0',
    markRead(user, channel, ts) {
      const key = `${user} ${channel}`;
      if ((read.get(key) ?? '0') < ts) read.set(key, ts);
    },
  };
}

/** Index of the first message that is not before `ts`, in messages ordered by `ts`. */
export function firstAtOrAfter(ordered: readonly StoredMessage[], ts: string): number {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ordered[middle]?.ts ?? '') < ts) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A message in the format of the page. The caller looks up `files`. */
export function shownMessage(
  message: StoredMessage,
  files: FileInfo[],
  replyUsers: string[],
  heard: Heard,
): Message {
  const latest = message.replies.at(-1);
  return {
    ts: message.ts,
    channel: message.channel,
    user: message.user,
    ...(message.botId ? { botId: message.botId } : {}),
    text: message.text,
    blocks: message.blocks,
    files,
    ...(message.threadTs ? { threadTs: message.threadTs } : {}),
    replyCount: message.replies.length,
    replyUsers,
    ...(latest ? { latestReply: latest } : {}),
    edited: message.edited !== undefined,
    ephemeral: message.visibleTo !== undefined,
    heard,
    ...(message.metadata ? { metadata: message.metadata } : {}),
  };
}
