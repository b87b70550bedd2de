/**
 * The events that the Events API sends to the bot. An event is delivered only when the manifest subscribes to it, the
 * required scope is granted, and the bot can access the conversation.
 */
import type { StepRun } from '../api/workflows.ts';
import { bot, team } from '../seed.ts';
import { channelType, scopeFamily } from './channels.ts';
import { secret } from './ids.ts';
import { type JsonObject, textOf } from './json.ts';
import type { FunctionInfo } from './manifest.ts';
import { messageObject } from './message-object.ts';
import type { StoredMessage } from './messages.ts';
import { type StoredView, viewObject } from './views.ts';
import type { World } from './world.ts';

export const verificationToken = 'sandbox-verification-token';

type Occasion = {
  /** The subscription, such as `message.channels`. */
  subscription: string;
  /** One of these is required; empty for events that need no scope. */
  scopes: readonly string[];
  event: JsonObject & { type: string };
  about: string;
};

function emit(world: World, { subscription, scopes, event, about }: Occasion): void {
  if (!world.app.events.has(subscription)) return;
  if (scopes.length > 0 && !scopes.some((scope) => world.app.scopes.has(scope))) return;
  const payload = {
    token: verificationToken,
    team_id: team.id,
    ...(world.organization ? { enterprise_id: world.organization.id } : {}),
    context_team_id: team.id,
    context_enterprise_id: world.organization?.id ?? null,
    api_app_id: bot.appId,
    event,
    type: 'event_callback',
    event_id: world.ids.next('Ev'),
    event_time: Math.floor(world.now().getTime() / 1000),
    authorizations: [
      {
        enterprise_id: world.organization?.id ?? null,
        team_id: team.id,
        user_id: bot.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: isShared(world, textOf(event.channel)),
    event_context: secret(),
  };
  world.delivery.event({
    type: 'events_api',
    name: event.type,
    payload,
    acceptsResponse: false,
    about,
  });
}

/** Whether the channel contains a person of another workspace. */
function isShared(world: World, channel: string | undefined): boolean {
  const members = world.channels.get(channel ?? '')?.members ?? [];
  return [...members].some((id) => world.roster.get(id)?.stranger);
}

function emitInChannel(world: World, message: StoredMessage, event: JsonObject): void {
  const conversation = world.channels.get(message.channel);
  if (!conversation?.members.has(bot.userId)) return;
  const family = scopeFamily(conversation.kind);
  emit(world, {
    subscription: `message.${family}`,
    scopes: [`${family}:history`],
    event: { type: 'message', ...event, channel_type: channelType(conversation.kind) },
    about: message.user,
  });
}

/** A new message, including the bot's own, as Slack delivers it. */
export function messagePosted(world: World, message: StoredMessage): void {
  if (message.visibleTo) return;
  const object = messageObject(world, message, { metadata: true });
  emitInChannel(world, message, { ...object, channel: message.channel, event_ts: message.ts });
  const mentionsBot = message.mentions.some(({ target }) => target === bot.userId);
  // A direct message needs no mention, and Slack sends no app_mention for it (docs: app_mention).
  const direct = world.channels.get(message.channel)?.kind === 'im';
  const elsewhere = message.user === bot.userId || direct || !world.botIsIn(message.channel);
  if (mentionsBot && !elsewhere) {
    const { subtype: _subtype, ...rest } = object;
    emit(world, {
      subscription: 'app_mention',
      scopes: ['app_mentions:read'],
      event: { ...rest, type: 'app_mention', channel: message.channel, event_ts: message.ts },
      about: message.user,
    });
  }
}

export function messageChanged(world: World, message: StoredMessage, before: JsonObject): void {
  if (message.visibleTo) return;
  emitInChannel(world, message, {
    subtype: 'message_changed',
    message: messageObject(world, message, { metadata: true }),
    previous_message: before,
    channel: message.channel,
    hidden: true,
    ts: world.ids.ts(),
    event_ts: message.edited?.ts ?? message.ts,
  });
}

export function messageDeleted(world: World, message: StoredMessage): void {
  if (message.visibleTo) return;
  const ts = world.ids.ts();
  emitInChannel(world, message, {
    subtype: 'message_deleted',
    previous_message: messageObject(world, message),
    channel: message.channel,
    hidden: true,
    deleted_ts: message.ts,
    ts,
    event_ts: ts,
  });
}

export function fileShared(world: World, file: string, user: string, channel: string): void {
  if (!world.botIsIn(channel)) return;
  emit(world, {
    subscription: 'file_shared',
    scopes: ['files:read'],
    event: {
      type: 'file_shared',
      channel_id: channel,
      file_id: file,
      user_id: user,
      file: { id: file },
      event_ts: world.ids.ts(),
    },
    about: user,
  });
}

export function homeOpened(world: World, user: string, channel: string, view?: StoredView): void {
  emit(world, {
    subscription: 'app_home_opened',
    scopes: [],
    event: {
      type: 'app_home_opened',
      user,
      channel,
      tab: 'home',
      ...(view ? { view: viewObject(view) } : {}),
      event_ts: world.ids.ts(),
    },
    about: user,
  });
}

export function memberJoined(world: World, user: string, channel: string, inviter?: string): void {
  const conversation = world.channels.get(channel);
  if (!conversation?.members.has(bot.userId)) return;
  emit(world, {
    subscription: 'member_joined_channel',
    scopes: [`${scopeFamily(conversation.kind)}:read`],
    event: {
      type: 'member_joined_channel',
      user,
      channel,
      channel_type: conversation.kind === 'public' ? 'C' : 'G',
      team: team.id,
      ...(inviter ? { inviter } : {}),
      event_ts: world.ids.ts(),
    },
    about: user,
  });
}

/** A workflow has reached one of the app's custom steps. */
export function functionExecuted(
  world: World,
  {
    run,
    step,
    inputs,
    token,
  }: { run: StepRun; step: FunctionInfo; inputs: JsonObject; token: string },
): void {
  const parameters = (list: FunctionInfo['inputs']) =>
    list.map(({ name, type, title, description, required }) => ({
      type,
      name,
      description,
      title,
      is_required: required,
    }));
  emit(world, {
    subscription: 'function_executed',
    scopes: [],
    event: {
      type: 'function_executed',
      function: {
        id: `Fn${step.callbackId.toUpperCase().replaceAll('_', '').slice(0, 9)}`,
        callback_id: step.callbackId,
        title: step.title,
        description: step.description,
        type: 'app',
        input_parameters: parameters(step.inputs),
        output_parameters: parameters(step.outputs),
        app_id: bot.appId,
        date_created: 0,
        date_updated: 0,
        date_deleted: 0,
      },
      inputs,
      function_execution_id: run.id,
      workflow_execution_id: world.ids.next('Wx'),
      event_ts: world.ids.ts(),
      bot_access_token: token,
    },
    about: run.user,
  });
}
