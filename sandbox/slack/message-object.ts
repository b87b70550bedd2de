/** A message in the format of the Web API and the events (docs: message event, message object). */
import { bot, team } from '../seed.ts';
import { fileObject } from './files.ts';
import type { JsonObject } from './json.ts';
import type { StoredMessage } from './messages.ts';
import type { World } from './world.ts';

export function messageObject(
  world: World,
  message: StoredMessage,
  options: { metadata?: boolean } = {},
): JsonObject {
  const { replies } = message;
  const author = world.roster.get(message.user);
  const parent =
    message.threadTs === undefined
      ? undefined
      : world.messages.get(message.channel, message.threadTs);
  const files = message.files
    .map((id) => world.files.get(id))
    .filter((file) => file !== undefined)
    .map((file) => fileObject(file, world.address.url, true));
  const blocks =
    message.blocks.length > 0 || message.botId || message.text === ''
      ? message.blocks
      : [typedBlock(message)];
  return {
    type: 'message',
    ...(message.subtype ? { subtype: message.subtype } : {}),
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: author?.teamId ?? team.id,
    ...(message.botId ? botMembers(world, message.botId) : { client_msg_id: clientId(message.ts) }),
    ...(author && author.teamId !== team.id
      ? { user_team: author.teamId, source_team: author.teamId }
      : {}),
    ...(blocks.length > 0 ? { blocks } : {}),
    ...(message.files.length > 0 ? { files, upload: false } : {}),
    ...(message.edited ? { edited: message.edited } : {}),
    ...(message.threadTs === undefined
      ? {}
      : { thread_ts: message.threadTs, parent_user_id: parent?.user ?? message.user }),
    ...(replies.length > 0 ? threadMembers(world, message) : {}),
    ...(options.metadata && message.metadata ? { metadata: message.metadata } : {}),
  };
}

const botIcons = Object.fromEntries(
  [36, 48, 72].map((size) => [
    `image_${size}`,
    `https://a.slack-edge.com/80588/img/plugins/app/bot_${size}.png`,
  ]),
);

function botMembers(world: World, botId: string): JsonObject {
  return {
    bot_id: botId,
    app_id: bot.appId,
    bot_profile: {
      id: botId,
      deleted: false,
      name: world.app.name,
      updated: 0,
      app_id: bot.appId,
      icons: botIcons,
      team_id: team.id,
    },
  };
}

function threadMembers(world: World, root: StoredMessage): JsonObject {
  const users = replyUsers(world, root);
  return {
    thread_ts: root.ts,
    reply_count: root.replies.length,
    reply_users_count: users.length,
    latest_reply: root.replies.at(-1),
    reply_users: users.slice(0, 5),
    is_locked: false,
    subscribed: false,
  };
}

/** The message in the answer of chat.update, which has neither channel nor time (seen). */
export function updatedObject(world: World, message: StoredMessage): JsonObject {
  const standing = ['ts', 'thread_ts', 'parent_user_id', 'is_locked', 'subscribed'];
  const object = messageObject(world, message, { metadata: true });
  return Object.fromEntries(
    Object.entries(object).filter(
      ([name]) => !standing.includes(name) && !/^(latest_)?reply/.test(name),
    ),
  );
}

/** The people who replied in the thread, in the order of their first reply. */
export function replyUsers(world: World, root: StoredMessage): string[] {
  const users = root.replies.map((ts) => world.messages.get(root.channel, ts)?.user ?? '');
  return [...new Set(users)].filter((user) => user !== '');
}

/** The rich text block that Slack's composer adds to the text, in its simplest form. */
function typedBlock(message: StoredMessage): JsonObject {
  const elements = message.text
    .split(/(<@[UW][A-Z0-9]+>)/)
    .filter((part) => part !== '')
    .map((part) => {
      const user = /^<@([UW][A-Z0-9]+)>$/.exec(part)?.[1];
      return user
        ? { type: 'user', user_id: user }
        : {
            type: 'text',
            text: part.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
          };
    });
  return {
    type: 'rich_text',
    block_id: clientId(message.ts).slice(0, 5),
    elements: [{ type: 'rich_text_section', elements }],
  };
}

/** The same for each call with the same message, like the id that the composer assigns. */
function clientId(ts: string): string {
  return Buffer.from(ts).toString('base64url');
}
