/** conversations.*: channels, direct messages, their members and their history. */
import { bot } from '../../seed.ts';
import type { Arguments } from '../arguments.ts';
import { type Conversation, conversationObject, type Kind, scopeFamily } from '../channels.ts';
import { memberJoined } from '../events.ts';
import { messageObject } from '../message-object.ts';
import { firstAtOrAfter, type StoredMessage } from '../messages.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { type Method, needScope, page } from './method.ts';
import { readable } from './places.ts';

const kinds: Record<string, Kind> = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'im',
  mpim: 'group',
};

const span = {
  channel: 'text!',
  cursor: 'text',
  limit: 'integer',
  oldest: 'text',
  latest: 'text',
  inclusive: 'boolean',
  include_all_metadata: 'boolean',
} as const;

/** The messages between `oldest` and `latest`; the bounds themselves are included only with `inclusive`. */
function within(messages: readonly StoredMessage[], args: Arguments): StoredMessage[] {
  const oldest = args.text('oldest') || '0';
  const latest = args.text('latest') || '9';
  const from = firstAtOrAfter(messages, oldest);
  const inclusive = args.flag('inclusive');
  return messages
    .slice(from)
    .filter(({ ts }) => (inclusive ? ts >= oldest && ts <= latest : ts > oldest && ts < latest));
}

function objects(world: World, messages: StoredMessage[], args: Arguments) {
  const metadata = args.flag('include_all_metadata');
  return messages.map((message) => messageObject(world, message, { metadata }));
}

function openedWith(world: World, people: string[]): { conversation: Conversation; made: boolean } {
  for (const id of people) {
    const person = world.roster.get(id);
    if (!person) throw new Refusal('user_not_found');
    if (person.deleted) throw new Refusal('user_disabled');
    if (person.isBot) throw new Refusal('cannot_dm_bot');
  }
  return world.channels.direct([...people, bot.userId]);
}

export const conversationMethods: Record<string, Method> = {
  'conversations.info': {
    token: 'bot',
    scopes: [],
    tier: 'tier3',
    args: { channel: 'text!', include_num_members: 'boolean' },
    run(world, args) {
      const channel = readable(world, args.need('channel'), 'read');
      return { channel: conversationObject(channel, world.roster) };
    },
  },
  'conversations.list': {
    token: 'bot',
    scopes: [],
    tier: 'tier2',
    args: { types: 'text', exclude_archived: 'boolean', cursor: 'text', limit: 'integer' },
    run(world, args) {
      const wanted = (args.text('types') || 'public_channel').split(',').map((type) => {
        const kind = kinds[type.trim()];
        if (!kind) throw new Refusal('invalid_types');
        return kind;
      });
      for (const kind of wanted) needScope(world, `${scopeFamily(kind)}:read`);
      const found = world.channels
        .all()
        .filter((channel) => wanted.includes(channel.kind))
        .filter((channel) => channel.kind === 'public' || channel.members.has(bot.userId))
        .filter((channel) => !(args.flag('exclude_archived') && channel.archived));
      const { items, next } = page(found, args, 100);
      return {
        channels: items.map((channel) => conversationObject(channel, world.roster)),
        response_metadata: { next_cursor: next },
      };
    },
  },
  'conversations.members': {
    token: 'bot',
    scopes: [],
    tier: 'tier4',
    args: { channel: 'text!', cursor: 'text', limit: 'integer' },
    run(world, args) {
      const channel = readable(world, args.need('channel'), 'read');
      const { items, next } = page([...channel.members], args, 100);
      return { members: items, response_metadata: { next_cursor: next } };
    },
  },
  'conversations.open': {
    token: 'bot',
    scopes: ['im:write', 'mpim:write', 'channels:manage', 'groups:write'],
    tier: 'tier3',
    args: { users: 'text', channel: 'text', return_im: 'boolean', prevent_creation: 'boolean' },
    run(world, args) {
      const known = args.text('channel');
      const users = (args.text('users') ?? '').split(',').filter((id) => id !== '');
      if (!known && users.length === 0) throw new Refusal('users_list_not_supplied');
      if (users.length > 8) throw new Refusal('too_many_users');
      needScope(world, users.length > 1 ? 'mpim:write' : 'im:write');
      const existing = known ? world.channels.get(known) : undefined;
      if (known && !existing?.members.has(bot.userId)) throw new Refusal('channel_not_found');
      const { conversation, made } = existing
        ? { conversation: existing, made: false }
        : openedWith(world, users);
      const channel = args.flag('return_im')
        ? conversationObject(conversation, world.roster)
        : { id: conversation.id };
      return { ...(made ? {} : { no_op: true, already_open: true }), channel };
    },
  },
  'conversations.join': {
    token: 'bot',
    scopes: ['channels:join'],
    tier: 'tier3',
    args: { channel: 'text!' },
    run(world, args) {
      const channel = world.channels.get(args.need('channel'));
      if (!channel || (channel.kind === 'private' && !channel.members.has(bot.userId))) {
        throw new Refusal('channel_not_found');
      }
      if (channel.kind !== 'public') {
        throw new Refusal('method_not_supported_for_channel_type');
      }
      if (channel.archived) throw new Refusal('is_archived');
      const already = channel.members.has(bot.userId);
      channel.members.add(bot.userId);
      if (!already) memberJoined(world, bot.userId, channel.id);
      world.live.tell({ type: 'state' });
      const object = conversationObject(channel, world.roster);
      return already ? { channel: object, warning: 'already_in_channel' } : { channel: object };
    },
  },
  'conversations.history': {
    token: 'bot',
    scopes: [],
    tier: 'tier3',
    args: span,
    run(world, args) {
      const channel = readable(world, args.need('channel'), 'history');
      const visible = world.messages.roots(channel.id).filter((message) => !message.visibleTo);
      const { items, next } = page(within(visible, args).reverse(), args, 100);
      return {
        messages: objects(world, items, args),
        has_more: next !== '',
        pin_count: 0,
        ...(next === '' ? {} : { response_metadata: { next_cursor: next } }),
      };
    },
  },
  'conversations.replies': {
    token: 'bot',
    scopes: [],
    tier: 'tier3',
    args: { ...span, ts: 'text!' },
    run(world, args) {
      const channel = readable(world, args.need('channel'), 'history');
      const message = world.messages.get(channel.id, args.need('ts'));
      if (!message || message.visibleTo) throw new Refusal('thread_not_found');
      const thread = world.messages.thread(channel.id, message.threadTs ?? message.ts);
      // Called with the ts of a reply, Slack returns only that reply.
      const [root, ...replies] = message.threadTs ? [message] : thread;
      if (!root) throw new Refusal('thread_not_found');
      const { items, next } = page([root, ...within(replies, args)], args, 1000);
      return {
        messages: objects(world, items, args),
        has_more: next !== '',
        ...(next === '' ? {} : { response_metadata: { next_cursor: next } }),
      };
    },
  },
};
