/** Posts, edits and deletes messages in channels; shared by the bot and people. */
import type { Block } from '../api/messages.ts';
import { bot } from '../seed.ts';
import { fileShared, messageChanged, messageDeleted, messagePosted } from './events.ts';
import { messageObject } from './message-object.ts';
import type { Metadata, StoredMessage } from './messages.ts';
import { type Mention, mentionsIn, mentionsOfMessage } from './mrkdwn.ts';
import type { World } from './world.ts';

export type Draft = {
  channel: string;
  user: string;
  text: string;
  blocks?: Block[];
  files?: string[];
  threadTs?: string | undefined;
  broadcast?: boolean;
  metadata?: Metadata | undefined;
  visibleTo?: string;
};

/** Posts a message and notifies the pages and the bot. The caller has checked that the author may post. */
export function post(world: World, draft: Draft): StoredMessage {
  const byBot = draft.user === bot.userId;
  const blocks = draft.blocks ?? [];
  // A reply to a reply belongs to the thread of the root message.
  const target = draft.threadTs ? world.messages.get(draft.channel, draft.threadTs) : undefined;
  const threadTs = target?.threadTs ?? target?.ts;
  const message: StoredMessage = {
    ts: world.ids.ts(),
    channel: draft.channel,
    user: draft.user,
    ...(byBot ? { botId: bot.botId } : {}),
    text: draft.text,
    blocks,
    files: draft.files ?? [],
    ...(threadTs === undefined ? {} : { threadTs }),
    ...(draft.broadcast && threadTs !== undefined ? { broadcast: true } : {}),
    ...(draft.metadata ? { metadata: draft.metadata } : {}),
    ...(draft.visibleTo === undefined ? {} : { visibleTo: draft.visibleTo }),
    ...subtypeOf(draft, threadTs !== undefined),
    mentions: mentions(byBot, draft.text, blocks),
    replies: [],
  };
  world.messages.add(message);
  world.messages.markRead(draft.user, draft.channel, message.ts);
  for (const id of message.files) world.files.get(id)?.shares.set(draft.channel, message.ts);
  tellPages(world, message);
  messagePosted(world, message);
  for (const id of message.files) fileShared(world, id, draft.user, draft.channel);
  return message;
}

function subtypeOf({ files = [], broadcast }: Draft, isReply: boolean): { subtype?: string } {
  if (broadcast && isReply) return { subtype: 'thread_broadcast' };
  return files.length > 0 ? { subtype: 'file_share' } : {};
}

function mentions(byBot: boolean, text: string, blocks: Block[]): Mention[] {
  return byBot ? mentionsOfMessage(text, blocks) : mentionsIn(text);
}

export type Edit = {
  text: string;
  blocks: Block[];
  files?: string[] | undefined;
  metadata?: Metadata | undefined;
};

export function edit(world: World, message: StoredMessage, change: Edit): void {
  const before = messageObject(world, message, { metadata: true });
  message.text = change.text;
  message.blocks = change.blocks;
  const added = (change.files ?? []).filter((id) => !message.files.includes(id));
  if (change.files) message.files = change.files;
  for (const id of added) world.files.get(id)?.shares.set(message.channel, message.ts);
  if (change.metadata) message.metadata = change.metadata;
  message.mentions = mentions(message.botId !== undefined, change.text, change.blocks);
  message.edited = { user: message.user, ts: world.ids.ts() };
  tellPages(world, message);
  messageChanged(world, message, before);
  for (const id of added) fileShared(world, id, message.user, message.channel);
}

/** Deletes a message; a message with replies leaves a tombstone as the root of its thread, as in Slack. */
export function remove(world: World, message: StoredMessage): void {
  const { channel, ts, replies } = message;
  if (replies.length > 0) {
    messageDeleted(world, message);
    const threadTs = message.threadTs;
    message.text = 'This message was deleted.';
    message.blocks = [];
    message.files = [];
    message.mentions = [];
    message.subtype = 'tombstone';
    delete message.botId;
    delete message.metadata;
    if (threadTs === undefined) delete message.threadTs;
  } else {
    world.messages.remove(channel, ts);
    messageDeleted(world, message);
  }
  tellPages(world, message);
}

function tellPages(world: World, message: StoredMessage): void {
  const { channel, ts, threadTs, visibleTo } = message;
  const event = { type: 'message' as const, channel, ts, ...(threadTs ? { threadTs } : {}) };
  if (visibleTo === undefined) world.tellChannel(channel, event);
  else world.live.tell(event, (user) => user === visibleTo);
}
