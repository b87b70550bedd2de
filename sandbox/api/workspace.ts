/** The workspace: its people, channels, commands and the bot, and what an admin changes there. */
import type { ConnectInstanceInfo } from './connect.ts';

export type ApiProblem = { error: string; detail: string };

export type Person = {
  id: string;
  name: string;
  realName: string;
  email: string;
  teamId: string;
  /** One line for the person switcher: "team lead, no Connect user". */
  role: string;
  guest: 'no' | 'multi-channel' | 'single-channel';
  /** A person of another workspace who is here through Slack Connect. */
  stranger: boolean;
  deleted: boolean;
  isBot: boolean;
  /** Background color and initials of the avatar. */
  color: string;
};

export type Channel = {
  id: string;
  /** `agent-requests`, or for a direct message the other person's real name. */
  name: string;
  kind: 'public' | 'private' | 'im' | 'group';
  topic: string;
  members: string[];
  /** Messages that the requesting person has not read, and whether one of them mentions that person. */
  unread: number;
  mentioned: boolean;
  /** For `im`: the other person's id. */
  with?: string;
};

export type SlashCommandInfo = { command: string; description: string; usageHint: string };
export type ShortcutInfo = {
  name: string;
  callbackId: string;
  type: 'message' | 'global';
  description: string;
};

/** A custom step for Workflow Builder, with the inputs that whoever runs it fills in. */
export type StepInfo = {
  callbackId: string;
  title: string;
  inputs: { name: string; title: string; description: string; required: boolean }[];
};

/** `GET /sandbox/state?user=U…` */
export type State = {
  team: { id: string; name: string; domain: string };
  me: Person;
  people: Person[];
  /** Only what `user` may see. */
  channels: Channel[];
  usergroups: { id: string; handle: string; name: string; members: string[] }[];
  commands: SlashCommandInfo[];
  shortcuts: ShortcutInfo[];
  steps: StepInfo[];
  bot: BotState;
  connect: { url: string; instances: ConnectInstanceInfo[] };
};

export type BotState = {
  userId: string;
  name: string;
  transport: 'socket' | 'http';
  /** Number of open Socket Mode connections, or whether the request URL answered the last delivery. */
  connected: boolean;
  sockets: number;
  requestUrl?: string;
};

/**
 * `POST /sandbox/bot` with `{ transport, requestUrl }`: sends deliveries as signed HTTP requests to this URL, or
 * switches back to Socket Mode.
 */
export type SetBot = { transport: 'socket' | 'http'; requestUrl?: string };

/** `POST /sandbox/people` with `{ id, deleted?, guest?, email?, takesMessages? }`: what a workspace admin changes. */
export type ChangePerson = {
  id: string;
  deleted?: boolean;
  guest?: Person['guest'];
  email?: string;
  /** Whether the person accepts direct messages from apps. */
  takesMessages?: boolean;
};

/**
 * `POST /sandbox/channels`: a person or the bot joins or leaves, a channel is archived or unarchived, or posting in
 * it is restricted.
 */
export type ChangeChannel =
  | { channel: string; action: 'join' | 'leave'; user: string }
  | { channel: string; action: 'archive' | 'unarchive' }
  | {
      channel: string;
      action: 'posting';
      posting: 'anything' | 'read-only' | 'thread-only' | 'no-threads' | 'threads-locked';
    };

/**
 * `GET /sandbox/events?user=U…`: server-sent events, one JSON `LiveEvent` each. An event states what has changed, and
 * the page fetches that part again.
 */
export type LiveEvent =
  | { type: 'message'; channel: string; ts: string; threadTs?: string }
  | { type: 'views' }
  | { type: 'home' }
  | { type: 'state' }
  | { type: 'connect'; instance: string }
  | { type: 'wire'; seq: number }
  | { type: 'faults' };
