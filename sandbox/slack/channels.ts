/** Conversations (public and private channels, direct messages) and their members. */
import { bot, channels as seeds, team } from '../seed.ts';
import type { JsonObject } from './json.ts';
import type { Roster } from './roster.ts';

export type Kind = 'public' | 'private' | 'im' | 'group';

export type Conversation = {
  id: string;
  name: string;
  kind: Kind;
  topic: string;
  members: Set<string>;
  archived: boolean;
  /** What apps may post, as set by the channel's managers; everything when absent. */
  posting?: PostingRule;
  created: number;
};

export const postingRules = ['read-only', 'thread-only', 'no-threads', 'threads-locked'] as const;
export type PostingRule = (typeof postingRules)[number];

export type Channels = {
  get(id: string): Conversation | undefined;
  all(): Conversation[];
  /** The direct message of these people; it is created when it does not exist. */
  direct(people: readonly string[]): { conversation: Conversation; made: boolean };
};

export function createChannels(roster: Roster, now: () => Date): Channels {
  const created = Math.floor(now().getTime() / 1000);
  const byId = new Map<string, Conversation>(
    seeds.map((seed) => [
      seed.id,
      {
        id: seed.id,
        name: seed.name,
        kind: seed.kind,
        topic: seed.topic,
        members: new Set(seed.members),
        archived: false,
        created,
      },
    ]),
  );

  function direct(people: readonly string[]) {
    const everybody = [...new Set(people)].sort();
    const others = everybody.filter((id) => id !== bot.userId);
    const withBot = others.length < everybody.length;
    const id =
      withBot && others.length === 1
        ? `D${others[0]?.slice(1)}`
        : `${everybody.length > 2 ? 'G' : 'D'}0${everybody.map((id) => id.slice(2)).join('X')}`;
    const known = byId.get(id);
    if (known) return { conversation: known, made: false };
    const conversation: Conversation = {
      id,
      name: everybody.length > 2 ? `mpdm-${everybody.join('-').toLowerCase()}-1` : '',
      kind: everybody.length > 2 ? 'group' : 'im',
      topic: '',
      members: new Set(everybody),
      archived: false,
      created: Math.floor(now().getTime() / 1000),
    };
    byId.set(id, conversation);
    return { conversation, made: true };
  }

  // Every member of the workspace finds the app in the sidebar, under "Apps".
  for (const person of roster.all()) {
    if (!person.isBot && !person.deleted && !person.stranger) direct([person.id, bot.userId]);
  }
  return { get: (id) => byId.get(id), all: () => [...byId.values()], direct };
}

/**
 * Whether this person can see the conversation in the client. A guest sees only conversations with them as a member.
 */
export function maySee(
  conversation: Conversation,
  person: { id: string; guest: string; stranger: boolean },
) {
  if (conversation.members.has(person.id)) return true;
  return conversation.kind === 'public' && person.guest === 'no' && !person.stranger;
}

/** The name of the kind in events (docs: message event, channel_type). */
export function channelType(kind: Kind): 'channel' | 'group' | 'im' | 'mpim' {
  if (kind === 'public') return 'channel';
  if (kind === 'private') return 'group';
  return kind === 'im' ? 'im' : 'mpim';
}

/** The scope families are `channels`, `groups`, `im`, `mpim`. */
export function scopeFamily(kind: Kind): 'channels' | 'groups' | 'im' | 'mpim' {
  const type = channelType(kind);
  if (type === 'channel') return 'channels';
  return type === 'group' ? 'groups' : type;
}

/** The conversation object (docs: conversation object), as the bot sees it. */
export function conversationObject(conversation: Conversation, roster: Roster): JsonObject {
  const { id, kind, members, archived, created } = conversation;
  const people = [...members];
  if (kind === 'im') {
    const partner = people.find((member) => member !== bot.userId) ?? bot.userId;
    return {
      id,
      created,
      is_archived: archived,
      is_im: true,
      is_org_shared: false,
      user: partner,
      is_user_deleted: roster.get(partner)?.deleted ?? false,
      context_team_id: team.id,
    };
  }
  const shared = people.some((member) => roster.get(member)?.stranger);
  // Members of another workspace of the same organization (docs: conversation object, is_org_shared).
  const orgShared = people.some((id) => {
    const member = roster.get(id);
    return member?.inOrganization === true && member.teamId !== team.id;
  });
  return {
    id,
    name: conversation.name,
    name_normalized: conversation.name,
    is_channel: kind === 'public',
    is_group: kind === 'private',
    is_im: false,
    is_mpim: kind === 'group',
    is_private: kind !== 'public',
    created,
    is_archived: archived,
    is_general: conversation.name === 'general',
    is_shared: shared || orgShared,
    is_ext_shared: shared,
    is_org_shared: orgShared,
    is_member: members.has(bot.userId),
    creator: people[0] ?? bot.userId,
    context_team_id: team.id,
    topic: { value: conversation.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    num_members: members.size,
  };
}
