/** The state that a person sees: the workspace, channels, messages and views. */
import type { ConnectInstanceInfo } from '../../api/connect.ts';
import type { Message, Messages } from '../../api/messages.ts';
import type { View } from '../../api/views.ts';
import type { Channel, Person, State } from '../../api/workspace.ts';
import { team } from '../../seed.ts';
import { type Conversation, maySee } from '../channels.ts';
import { fileInfo } from '../files.ts';
import { replyUsers } from '../message-object.ts';
import { firstAtOrAfter, type StoredMessage, shownMessage } from '../messages.ts';
import { heardOf } from '../read-aloud.ts';
import type { Member } from '../roster.ts';
import { shownView } from '../views.ts';
import type { World } from '../world.ts';
import { messageAt, personOf, placeOf } from './person.ts';

export function shown(world: World, message: StoredMessage): Message {
  const files = message.files
    .map((id) => world.files.get(id))
    .filter((file) => file !== undefined)
    .map(fileInfo);
  const users = replyUsers(world, message);
  return shownMessage(message, files, users, heardOf(world, message));
}

export function readState(
  world: World,
  user: string,
  connect: { url: string; instances: ConnectInstanceInfo[] },
): State {
  const me = personOf(world, user);
  return {
    team,
    me: shownPerson(me),
    people: world.roster.all().map(shownPerson),
    channels: world.channels
      .all()
      .filter((channel) => !channel.archived && maySee(channel, me))
      .map((channel) => shownChannel(world, channel, me)),
    usergroups: world.roster.usergroups(),
    commands: world.app.commands.map(({ command, description, usageHint }) => ({
      command,
      description,
      usageHint,
    })),
    shortcuts: [...world.app.shortcuts],
    steps: world.app.functions.map(({ callbackId, title, inputs }) => ({
      callbackId,
      title,
      // Slack sets the person who runs it.
      inputs: inputs
        .filter(({ type }) => type !== 'slack#/types/user_context')
        .map(({ type: _type, ...input }) => input),
    })),
    bot: { ...world.delivery.state(), name: world.app.name },
    connect,
  };
}

export function shownPerson({ tzOffset: _offset, updated: _updated, ...person }: Member): Person {
  return person;
}

function shownChannel(world: World, channel: Conversation, me: Member): Channel {
  const partnerId = [...channel.members].find((id) => id !== me.id);
  const unread = unreadOf(world, channel, me);
  return {
    id: channel.id,
    name:
      channel.kind === 'im' ? (world.roster.get(partnerId ?? '')?.realName ?? '') : channel.name,
    kind: channel.kind,
    topic: channel.topic,
    members: [...channel.members],
    unread: unread.length,
    mentioned: unread.some((message) => concerns(world, message, channel, me)),
    ...(channel.kind === 'im' && partnerId !== undefined ? { with: partnerId } : {}),
  };
}

function unreadOf(world: World, channel: Conversation, me: Member): StoredMessage[] {
  if (!channel.members.has(me.id)) return [];
  const roots = world.messages.roots(channel.id);
  const last = world.messages.lastRead(me.id, channel.id);
  return roots
    .slice(firstAtOrAfter(roots, last))
    .filter((message) => message.ts > last && message.user !== me.id)
    .filter(({ visibleTo }) => visibleTo === undefined || visibleTo === me.id);
}

/** A direct message counts as a mention; in other conversations only a mention does. */
function concerns(
  world: World,
  message: StoredMessage,
  channel: Conversation,
  me: Member,
): boolean {
  if (channel.kind === 'im') return true;
  return message.mentions.some(({ kind, target }) => {
    if (kind === 'broadcast') return true;
    if (kind === 'user') return target === me.id;
    const group = world.roster.usergroups().find(({ id }) => id === target);
    return group?.members.includes(me.id) ?? false;
  });
}

export function readMessages(world: World, query: URLSearchParams): Messages {
  const person = personOf(world, query.get('user'));
  const place = placeOf(world, person, query.get('channel'));
  const limit = Math.min(1000, Math.max(1, Number(query.get('limit')) || 200));
  const before = query.get('before');
  const thread = query.get('thread_ts');
  const visible = ({ visibleTo }: StoredMessage) =>
    visibleTo === undefined || visibleTo === person.id;
  const all = (
    thread === null ? world.messages.roots(place.id) : threadOf(world, person, place, thread)
  ).filter(visible);
  const upTo = before === null ? all.length : firstAtOrAfter(all, before);
  const from = Math.max(0, upTo - limit);
  return {
    messages: all.slice(from, upTo).map((message) => shown(world, message)),
    hasMore: from > 0,
  };
}

/**
 * The thread with the ephemeral replies for this person; they appear only in a thread that has replies (docs:
 * chat.postEphemeral, "only shown if there is already an active thread").
 */
function threadOf(world: World, person: Member, place: Conversation, ts: string): StoredMessage[] {
  const { message } = messageAt(world, person, place.id, ts);
  const root = message.threadTs ?? message.ts;
  const thread = world.messages.thread(place.id, root);
  const ephemerals = thread.length > 1 ? world.messages.ephemerals(place.id, root) : [];
  return [...thread, ...ephemerals].sort((a, b) => (a.ts < b.ts ? -1 : 1));
}

export function readViews(world: World, user: string | null): { views: View[] } {
  const person = personOf(world, user);
  return { views: world.views.stack(person.id).map(shownView) };
}
