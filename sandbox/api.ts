/**
 * The sandbox's own HTTP interface, under `/sandbox/`: whatever a person can do on the page is one
 * of these calls. The page, the scenarios and outsiders use nothing else; docs/sandbox.md shows each
 * with curl. Every call that a person makes names that person as `user`.
 *
 * Answers are JSON. A call that the workspace refuses answers 4xx with `ApiProblem`; a call that
 * reached the bot answers 200 with what the bot said, also when the bot failed.
 */
import type { KnownBlock } from '@slack/types';

/** Any Block Kit block as the bot sent it, after the strict check. */
export type Block = KnownBlock | { type: string; block_id?: string; [member: string]: unknown };

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
  /** From another workspace, here through Slack Connect. */
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
  /** Messages the asking person has not read, and whether one of them mentions that person. */
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
  bot: BotState;
  connect: { url: string; instances: ConnectInstanceInfo[] };
};

export type BotState = {
  userId: string;
  name: string;
  transport: 'socket' | 'http';
  /** Open Socket Mode connections, or whether the request URL answered last. */
  connected: boolean;
  sockets: number;
  requestUrl?: string;
};

export type ConnectInstanceInfo = {
  id: string;
  alias: string;
  arn: string;
  account: string;
  region: string;
  identity: string;
};

export type FileInfo = {
  id: string;
  name: string;
  mimetype: string;
  size: number;
  user: string;
  /** Path on this server that shows the file to a person. */
  url: string;
};

export type Message = {
  ts: string;
  channel: string;
  user: string;
  /** The app that posted it, when a bot did. */
  botId?: string;
  text: string;
  blocks: Block[];
  files: FileInfo[];
  threadTs?: string;
  replyCount: number;
  replyUsers: string[];
  latestReply?: string;
  edited: boolean;
  /** Only `user` sees it; gone when the page is loaded again, as in Slack. */
  ephemeral: boolean;
  /** What somebody gets of the message who does not see it. */
  heard: {
    /** A screen reader: the top-level text if there is any, and only then the blocks. */
    screenReader: string;
    /** A phone's notification: the top-level text alone, cut. */
    notification: string;
  };
  metadata?: { event_type: string; event_payload: Record<string, unknown> };
};

/** `GET /sandbox/messages?user=U…&channel=C…[&thread_ts=…][&limit=200][&before=ts]`, oldest first. */
export type Messages = { messages: Message[]; hasMore: boolean };

/** `POST /sandbox/messages`: write in a channel, a thread or a direct message; `channel` may be a user id. */
export type PostMessage = {
  user: string;
  channel: string;
  text: string;
  threadTs?: string;
  /** The reply is "also sent to the channel". */
  broadcast?: boolean;
  files?: { name: string; contentBase64: string; mimetype?: string }[];
  /** Ids of files of this person that are shared here too. */
  shareFiles?: string[];
};

/** `POST /sandbox/messages/edit`, one's own message; `POST /sandbox/messages/delete` takes it without `text`. */
export type EditMessage = { user: string; channel: string; ts: string; text: string };

/** `POST /sandbox/commands`: type a slash command. Answers `CommandResult`. */
export type RunCommand = { user: string; channel: string; command: string; text: string };
export type CommandResult = {
  /** `timeout`: no acknowledgement within 3 s, as Slack shows "failed with the error operation_timeout". */
  outcome: 'ok' | 'timeout' | 'error';
  ackMs: number;
  triggerId: string;
  /** What the acknowledgement itself said, if anything. */
  text?: string;
  detail?: string;
};

/** Values of one element, in the shape Slack puts into `view.state.values[block_id][action_id]`. */
export type ElementValue =
  | { value: string | null }
  | { selected_option: Option | null }
  | { selected_options: Option[] }
  | { selected_user: string | null }
  | { selected_users: string[] }
  | { selected_date: string | null }
  | { selected_time: string | null }
  | { selected_conversation: string | null }
  | { file_ids: string[] };

export type Option = {
  text: { type: 'plain_text' | 'mrkdwn'; text: string; emoji?: boolean };
  value: string;
  description?: { type: 'plain_text' | 'mrkdwn'; text: string; emoji?: boolean };
};

/**
 * `POST /sandbox/actions`: press a button or use an element on a message or an App Home. Exactly one of
 * `messageTs` (with `channel`) and `viewId`. `value` is left out for a button. Answers `ActionResult`.
 */
export type DoAction = {
  user: string;
  channel?: string;
  messageTs?: string;
  viewId?: string;
  blockId?: string;
  actionId: string;
  value?: ElementValue;
  /** The person confirmed the element's confirm dialog; without it an element that has one is refused. */
  confirmed?: boolean;
};
export type ActionResult = { outcome: 'ok' | 'timeout' | 'error'; ackMs: number; detail?: string };

/** A modal, or an App Home, as `user` sees it now. */
export type View = {
  id: string;
  type: 'modal' | 'home';
  callbackId: string;
  title: string;
  submit?: string;
  close?: string;
  blocks: Block[];
  privateMetadata: string;
  hash: string;
  rootViewId: string;
  previousViewId?: string;
  notifyOnClose: boolean;
  /** `view.state.values` as they are, typed or initial. */
  values: Record<string, Record<string, { type: string } & Record<string, unknown>>>;
  /** `response_action: errors` of the last submission: block id → text. */
  errors: Record<string, string>;
};

/** `GET /sandbox/views?user=U…`: that person's modal stack, bottom first. Empty when nothing is open. */
export type Views = { views: View[] };

/**
 * `POST /sandbox/views/:id/input`: type into or pick from one element. When the element dispatches
 * (dispatch_action, or an element in an actions block) the bot gets `block_actions`; the answer waits for
 * its acknowledgement.
 */
export type InputValue = { user: string; blockId: string; actionId: string; value: ElementValue };

/**
 * `POST /sandbox/views/:id/submit`. `values` (block id → action id → value) are typed first, without
 * dispatching. Client-side checks (required, min_length, number bounds, email form) are made as Slack makes
 * them and answered as `outcome: 'invalid'` without a call to the bot.
 */
export type SubmitView = { user: string; values?: Record<string, Record<string, ElementValue>> };
export type SubmitResult = {
  outcome: 'closed' | 'cleared' | 'errors' | 'updated' | 'pushed' | 'invalid' | 'timeout' | 'error';
  ackMs: number;
  errors?: Record<string, string>;
  detail?: string;
  views: View[];
};

/** `POST /sandbox/views/:id/close` with `{ user, all?: boolean }`: the cross, or Cancel. */
export type CloseView = { user: string; all?: boolean };

/** `POST /sandbox/suggestions`: type into an external select (`block_suggestion`). */
export type Suggest = {
  user: string;
  viewId?: string;
  channel?: string;
  messageTs?: string;
  blockId: string;
  actionId: string;
  value: string;
};
export type Suggestions = {
  outcome: 'ok' | 'timeout' | 'error';
  options: Option[];
  groups: { label: string; options: Option[] }[];
  detail?: string;
};

/** `POST /sandbox/shortcuts`: run a message shortcut (with `channel`, `messageTs`) or a global one. */
export type RunShortcut = {
  user: string;
  callbackId: string;
  channel?: string;
  messageTs?: string;
};

/**
 * `POST /sandbox/home`: open the App Home tab (`app_home_opened`); answers `{ view: View | null }`.
 * `GET /sandbox/home?user=U…` answers the same without opening it: what the page asks when a live event
 * says that the bot published, where opening again would make the bot publish again.
 */
export type OpenHome = { user: string };

/** `POST /sandbox/read` with `{ user, channel, ts }`: mark as read up to `ts`. */
export type MarkRead = { user: string; channel: string; ts: string };

/** `POST /sandbox/files` with `{ user, name, contentBase64 }` → `{ file: FileInfo }`: for a file_input. */
export type UploadFile = { user: string; name: string; contentBase64: string; mimetype?: string };

/**
 * `GET /sandbox/wire?after=seq&kind=…`: the recorder. Every call and every delivery in order with what was
 * answered. `DELETE /sandbox/wire` empties it.
 */
export type WireEntry = {
  seq: number;
  at: string;
  /**
   * `delivery`: Slack → bot (event, command, interaction); `web-api`: bot → Slack; `response-url`: bot →
   * a response_url; `socket`: hello, disconnect, open, close; `connect`: bot → Amazon Connect.
   */
  kind: 'delivery' | 'web-api' | 'response-url' | 'socket' | 'connect' | 'file';
  /** `views.open`, `slash_commands`, `block_actions`, `CreateUser`, … */
  name: string;
  request: unknown;
  response: unknown;
  /** HTTP status, or Slack's `error`, or the Connect error type; null while under way. */
  status: string | number | null;
  ok: boolean;
  durationMs: number | null;
  /** The person or username it concerns, for finding it. */
  about?: string;
  /** Whom a message of the bot notifies: user ids, user group ids, `!channel`, `!here`, `!everyone`. */
  mentions?: string[];
};
export type Wire = { entries: WireEntry[]; next: number };

/** `GET|POST /sandbox/faults`, `DELETE /sandbox/faults[/:id]`. A fault acts on the next `times` matches, then is gone. */
export type Fault = { id: string; times: number; used: number } & FaultSpec;
export type FaultSpec = SlackFault | ConnectFault;

export type SlackFault =
  /** The next deliveries of `match` (delivery name, `*` = all) arrive twice; `retryAttempt` marks the second as a Slack retry would. */
  | { on: 'slack'; kind: 'duplicate'; match: string; retryAttempt?: number }
  | { on: 'slack'; kind: 'late'; match: string; delayMs: number }
  /** Held back until the one after it was delivered. */
  | { on: 'slack'; kind: 'reorder'; match: string }
  /** The bot's acknowledgement is thrown away, so Slack shows a failure and retries events. */
  | { on: 'slack'; kind: 'lose-ack'; match: string }
  | { on: 'slack'; kind: 'drop-socket'; announce: boolean }
  /** A Web API method fails with Slack's error code (`ratelimited` answers 429; `http_500`; `html` a 502 page; `hang` never answers; `reset`). */
  | {
      on: 'slack';
      kind: 'method';
      match: string;
      error: string;
      retryAfterSeconds?: number;
      delayMs?: number;
    }
  /** The method takes effect, then the answer is lost. */
  | { on: 'slack'; kind: 'lose-answer'; match: string }
  | { on: 'slack'; kind: 'file'; as: 'html' | 'slow' | 'cut' | 'redirect' | 'forbidden' }
  /** Trigger ids of the next interactions are expired when they arrive. */
  | { on: 'slack'; kind: 'expired-trigger' };

export type ConnectFault =
  /** Fails with a modelled error: `ThrottlingException`, `TooManyRequestsException`, `LimitExceededException`, `InternalServiceException`, `AccessDeniedException`, … */
  | { on: 'connect'; kind: 'error'; operation: string; error: string; message?: string }
  | { on: 'connect'; kind: 'html-502'; operation: string }
  | { on: 'connect'; kind: 'reset'; operation: string }
  | { on: 'connect'; kind: 'slow'; operation: string; delayMs: number }
  | { on: 'connect'; kind: 'hang'; operation: string }
  /** The operation takes effect; its answer never arrives. */
  | { on: 'connect'; kind: 'lose-answer'; operation: string }
  | { on: 'connect'; kind: 'expired-token'; operation: string };

/** `GET|PATCH /sandbox/connect/settings`; the same on the Connect server itself. */
export type ConnectSettings = {
  ratePerSecond: number;
  burst: number;
  latencyMs: number;
  /** How long a new user is missing from SearchUsers. */
  searchLagMs: number;
  usersQuota: number;
  /** Calls a second that somebody else makes on the same account's bucket, for each operation. */
  othersPerSecond: number;
  /** Operations whose bucket is not the general one above; a patch replaces the whole table. */
  perOperation?: Record<string, { ratePerSecond: number; burst: number }>;
  /** AWS's pages contradict each other on an email for a SAML user, so each reading can be had. */
  samlEmail?: 'refused' | 'allowed' | 'required';
  /**
   * `documented`: 20 characters outside SAML, `@` only in the form of an email address. `as-observed`: what
   * public acceptance tests and Service Cloud Voice get through: up to the model's 100, SAML with two `@`.
   */
  usernames?: 'documented' | 'as-observed';
};

/** `GET /sandbox/connect?instance=…` (id or alias; default the first). */
export type ConnectState = {
  instance: ConnectInstanceInfo;
  settings: ConnectSettings;
  bucket: { operation: string; level: number; burst: number }[];
  users: ConnectUser[];
  routingProfiles: { id: string; name: string }[];
  securityProfiles: { id: string; name: string; permissions: string[] }[];
  hierarchyGroups: { id: string; path: string[] }[];
};
export type ConnectUser = {
  id: string;
  arn: string;
  username: string;
  firstName?: string;
  lastName?: string;
  email?: string;
  secondaryEmail?: string;
  mobile?: string;
  directoryUserId?: string;
  hasPassword: boolean;
  routingProfile: string;
  securityProfiles: string[];
  hierarchyGroup?: string[];
  /** Everything else exactly as it was sent: PhoneConfig and the per-channel configs. */
  settings: Record<string, unknown>;
  tags: Record<string, string>;
  proficiencies: { AttributeName: string; AttributeValue: string; Level: number }[];
  createdAt: string;
};

/**
 * `POST /sandbox/connect/profiles` with `ChangeProfile`: what an admin does meanwhile on the Connect website.
 * `DELETE` removes a routing or security profile; `permissions` replaces a security profile's.
 */
export type ChangeProfile = {
  instance: string;
  action:
    | 'delete-routing-profile'
    | 'delete-security-profile'
    | 'set-permissions'
    | 'add-user'
    | 'delete-user'
    | 'set-user-profiles';
  id?: string;
  permissions?: string[];
  user?: {
    username: string;
    securityProfileIds?: string[];
    routingProfileId?: string;
    email?: string;
  };
};

/** `POST /sandbox/bot` with `{ transport, requestUrl }`: where signed HTTP deliveries go; or back to Socket Mode. */
export type SetBot = { transport: 'socket' | 'http'; requestUrl?: string };

/** `POST /sandbox/people` with `{ id, deleted?, guest?, email? }`: what a workspace admin changes. */
export type ChangePerson = {
  id: string;
  deleted?: boolean;
  guest?: Person['guest'];
  email?: string;
};

/** `POST /sandbox/channels`: somebody joins or leaves (also the bot), a channel is archived or brought back, or posting in it is limited. */
export type ChangeChannel =
  | { channel: string; action: 'join' | 'leave'; user: string }
  | { channel: string; action: 'archive' | 'unarchive' }
  | {
      channel: string;
      action: 'posting';
      posting: 'anything' | 'read-only' | 'thread-only' | 'no-threads' | 'threads-locked';
    };

/**
 * `GET /sandbox/events?user=U…`: server-sent events, one JSON `LiveEvent` each; the page fetches again
 * what an event says has changed.
 */
export type LiveEvent =
  | { type: 'message'; channel: string; ts: string; threadTs?: string }
  | { type: 'views' }
  | { type: 'home' }
  | { type: 'state' }
  | { type: 'connect'; instance: string }
  | { type: 'wire'; seq: number }
  | { type: 'faults' };
