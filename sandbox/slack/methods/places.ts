/** Finds the conversation for the id in a call, or refuses with Slack's error when the bot has no access. */
import { bot } from '../../seed.ts';
import { type Conversation, scopeFamily } from '../channels.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { needScope } from './method.ts';

/**
 * The conversation to post in. A user id opens the direct message; a public channel can also be given by its name.
 *
 * @throws Refusal channel_not_found, not_in_channel, is_archived
 */
export function writable(world: World, id: string): Conversation {
  const conversation = /^[UW]/.test(id) ? directMessage(world, id) : find(world, id);
  if (!conversation) throw new Refusal('channel_not_found');
  if (conversation.archived) throw new Refusal('is_archived');
  if (conversation.kind === 'im') refuseUnlessTaken(world, conversation);
  if (conversation.members.has(bot.userId)) return conversation;
  if (conversation.kind !== 'public') throw new Refusal('channel_not_found');
  if (!world.app.scopes.has('chat:write.public')) throw new Refusal('not_in_channel');
  return conversation;
}

/**
 * Checks what the workspace allows apps to post in a channel (docs: chat.postMessage, errors `restricted_action_*`).
 *
 * @throws Refusal one of these codes
 */
export function checkPostingRule(channel: Conversation, threadTs: string | undefined): void {
  const code = postingRefusal(channel, threadTs);
  if (code !== undefined) throw new Refusal(code);
}

export function postingRefusal(
  { posting }: Conversation,
  threadTs: string | undefined,
): string | undefined {
  const inThread = threadTs !== undefined;
  switch (posting) {
    case 'read-only':
      return 'restricted_action_read_only_channel';
    case 'thread-only':
      return inThread ? undefined : 'restricted_action_thread_only_channel';
    case 'no-threads':
      return inThread ? 'restricted_action_non_threadable_channel' : undefined;
    case 'threads-locked':
      return inThread ? 'restricted_action_thread_locked' : undefined;
    default:
      return undefined;
  }
}

/** Slack documents no error for a person who does not accept direct messages from apps; this one is a guess. */
function refuseUnlessTaken(world: World, { members }: Conversation): void {
  const takesNone = [...members].some((id) => world.roster.get(id)?.takesMessages === false);
  if (takesNone) throw new Refusal('restricted_action');
}

/** Slack documents no error for a deactivated person; this one is a guess. */
function directMessage(world: World, user: string): Conversation | undefined {
  const person = world.roster.get(user);
  if (!person || person.deleted || person.isBot) return undefined;
  return world.channels.direct([person.id, bot.userId]).conversation;
}

function find(world: World, id: string): Conversation | undefined {
  const name = id.replace(/^#/, '');
  return (
    world.channels.get(id) ??
    world.channels.all().find((channel) => channel.kind === 'public' && channel.name === name)
  );
}

/**
 * The conversation from which the bot reads `what`. The scope depends on the kind of conversation.
 *
 * @throws Refusal channel_not_found, missing_scope, not_in_channel
 */
export function readable(world: World, id: string, what: 'read' | 'history'): Conversation {
  const conversation = world.channels.get(id);
  const member = conversation?.members.has(bot.userId) ?? false;
  if (!conversation || (!member && conversation.kind !== 'public')) {
    throw new Refusal('channel_not_found');
  }
  needScope(world, `${scopeFamily(conversation.kind)}:${what}`);
  if (what === 'history' && !member) throw new Refusal('not_in_channel');
  return conversation;
}
