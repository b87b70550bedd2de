/** chat.*: docs.slack.dev/reference/methods, one page for each method. */
import { bot } from '../../seed.ts';
import type { Arguments } from '../arguments.ts';
import { limits } from '../limits.ts';
import { messageObject, updatedObject } from '../message-object.ts';
import type { StoredMessage } from '../messages.ts';
import { edit, post, remove } from '../posting.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { checkedBlocks, checkedMetadata } from './content.ts';
import type { Method } from './method.ts';
import { checkPostingRule, readable, writable } from './places.ts';

const content = {
  channel: 'text!',
  text: 'text',
  blocks: 'array',
  attachments: 'array',
  metadata: 'object',
} as const;

function refuseAttachments(args: Arguments): void {
  if ((args.array('attachments') ?? []).length === 0) return;
  throw Refusal.withMessages('invalid_arguments', [
    'attachments are not covered by this sandbox [json-pointer:/attachments]',
  ]);
}

/** The thread of a new reply must exist. Both codes are a guess. */
function checkedThread(world: World, channel: string, ts: string | undefined): string | undefined {
  if (ts === undefined || ts === '') return undefined;
  if (!/^\d+\.\d{6}$/.test(ts)) throw new Refusal('invalid_thread_ts');
  const root = world.messages.get(channel, ts);
  if (!root) throw new Refusal('thread_not_found');
  // Only its recipient has an ephemeral message, so it cannot have replies (docs: the code; its cause is a guess).
  if (root.visibleTo !== undefined) throw new Refusal('cannot_reply_to_message');
  return ts;
}

/** A message of the app itself; the app can change no others. */
function ownMessage(
  world: World,
  args: Arguments,
  codes: { archived: string; foreign: string },
): StoredMessage {
  const channel = world.channels.get(args.need('channel'));
  if (!channel || (channel.kind !== 'public' && !channel.members.has(bot.userId))) {
    throw new Refusal('channel_not_found');
  }
  if (channel.archived) throw new Refusal(codes.archived);
  const message = world.messages.get(channel.id, args.need('ts'));
  if (!message || message.visibleTo !== undefined || message.subtype === 'tombstone') {
    throw new Refusal('message_not_found');
  }
  if (message.botId !== bot.botId) throw new Refusal(codes.foreign);
  return message;
}

export const chatMethods: Record<string, Method> = {
  'chat.postMessage': {
    token: 'bot',
    scopes: ['chat:write'],
    tier: 'post',
    args: { ...content, thread_ts: 'text', reply_broadcast: 'boolean' },
    run(world, args) {
      const channel = writable(world, args.need('channel'));
      refuseAttachments(args);
      const text = args.text('text') ?? '';
      const given = args.array('blocks') ?? [];
      if (text.trim() === '' && given.length === 0) throw new Refusal('no_text');
      const blocks = checkedBlocks(world, given);
      const threadTs = checkedThread(world, channel.id, args.text('thread_ts'));
      checkPostingRule(channel, threadTs);
      const message = post(world, {
        channel: channel.id,
        user: bot.userId,
        text: text.slice(0, limits.messageText.max),
        blocks,
        threadTs,
        broadcast: args.flag('reply_broadcast'),
        metadata: checkedMetadata(args.object('metadata')),
      });
      const object = messageObject(world, message, { metadata: true });
      return { channel: channel.id, ts: message.ts, message: object };
    },
  },
  'chat.update': {
    token: 'bot',
    scopes: ['chat:write'],
    tier: 'tier3',
    args: { ...content, ts: 'text!', file_ids: 'array' },
    run(world, args) {
      refuseAttachments(args);
      const message = ownMessage(world, args, {
        archived: 'is_inactive',
        foreign: 'cant_update_message',
      });
      const text = args.text('text');
      const given = args.array('blocks');
      if (text === undefined && given === undefined) throw new Refusal('no_text');
      if ((text ?? '').length > limits.updateText.max) throw new Refusal('msg_too_long');
      // Absent blocks stay; an empty list removes them (docs: chat.update).
      const blocks = given ? checkedBlocks(world, given) : message.blocks;
      const words = text ?? message.text;
      if (words.trim() === '' && blocks.length === 0) throw new Refusal('no_text');
      edit(world, message, {
        text: words,
        blocks,
        metadata: checkedMetadata(args.object('metadata')),
      });
      return {
        channel: message.channel,
        ts: message.ts,
        text: message.text,
        message: updatedObject(world, message),
      };
    },
  },
  'chat.delete': {
    token: 'bot',
    scopes: ['chat:write'],
    tier: 'tier3',
    args: { channel: 'text!', ts: 'text!' },
    run(world, args) {
      const message = ownMessage(world, args, {
        archived: 'is_archived',
        foreign: 'cant_delete_message',
      });
      remove(world, message);
      return { channel: message.channel, ts: message.ts };
    },
  },
  'chat.postEphemeral': {
    token: 'bot',
    scopes: ['chat:write'],
    tier: 'tier4',
    args: { ...content, user: 'text!', thread_ts: 'text' },
    run(world, args) {
      const channel = writable(world, args.need('channel'));
      refuseAttachments(args);
      const user = args.need('user');
      if (!world.roster.get(user)) throw new Refusal('user_not_in_channel');
      if (!channel.members.has(user)) throw new Refusal('user_not_in_channel');
      const text = args.text('text') ?? '';
      const given = args.array('blocks') ?? [];
      if (text.trim() === '' && given.length === 0) throw new Refusal('no_text');
      const threadTs = checkedThread(world, channel.id, args.text('thread_ts'));
      checkPostingRule(channel, threadTs);
      const message = post(world, {
        channel: channel.id,
        user: bot.userId,
        text: text.slice(0, limits.messageText.max),
        blocks: checkedBlocks(world, given),
        threadTs,
        visibleTo: user,
      });
      return { message_ts: message.ts };
    },
  },
  'chat.getPermalink': {
    token: 'bot',
    scopes: [],
    tier: 'special',
    args: { channel: 'text!', message_ts: 'text!' },
    run(world, args) {
      const channel = readable(world, args.need('channel'), 'read');
      const message = world.messages.get(channel.id, args.need('message_ts'));
      if (!message) throw new Refusal('message_not_found');
      const thread = message.threadTs ? `?thread_ts=${message.threadTs}&cid=${channel.id}` : '';
      const name = `p${message.ts.replace('.', '')}`;
      const permalink = `${world.address.url}/archives/${channel.id}/${name}${thread}`;
      return { channel: channel.id, permalink };
    },
  },
  'reactions.add': {
    token: 'bot',
    scopes: ['reactions:write'],
    tier: 'tier3',
    args: { channel: 'text!', timestamp: 'text!', name: 'text!' },
    run(world, args) {
      const channel = writable(world, args.need('channel'));
      const message = world.messages.get(channel.id, args.need('timestamp'));
      if (!message || message.visibleTo !== undefined) throw new Refusal('message_not_found');
      const name = args.need('name').replaceAll(':', '');
      if (!/^[a-z0-9_+'-]+$/.test(name)) throw new Refusal('invalid_name');
      const reactions = message.reactions ?? new Map<string, string[]>();
      const users = reactions.get(name) ?? [];
      if (users.includes(bot.userId)) throw new Refusal('already_reacted');
      message.reactions = reactions.set(name, [...users, bot.userId]);
      return {};
    },
  },
};
