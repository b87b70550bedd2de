/**
 * Finds the listener of a delivery: one table, with the kind of delivery and its id as keys. Bolt itself calls every
 * listener for every delivery, so each additional one would make all deliveries slower, including slash commands.
 */
import type {
  AnyMiddlewareArgs,
  App,
  BlockAction,
  GlobalShortcut,
  MessageShortcut,
  Middleware,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackEventMiddlewareArgs,
  SlackOptionsMiddlewareArgs,
  SlackShortcutMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewClosedAction,
  ViewSubmitAction,
} from '@slack/bolt';

type Ids = string | readonly string[];

export type Listeners = {
  command(name: string, listener: Middleware<SlackCommandMiddlewareArgs>): void;
  /** Something in a message or a view that was pressed or chosen, by its action id. */
  action<Action extends BlockAction>(
    ids: Ids,
    listener: Middleware<SlackActionMiddlewareArgs<Action>>,
  ): void;
  /** A menu that loads its options from the app, by its action id. */
  options(id: string, listener: Middleware<SlackOptionsMiddlewareArgs<'block_suggestion'>>): void;
  /** A view that was submitted, by its callback id. */
  view(callbackId: string, listener: Middleware<SlackViewMiddlewareArgs<ViewSubmitAction>>): void;
  /**
   * A view that was closed without a submission, by its callback id. Slack reports this only for views with
   * notify_on_close.
   */
  viewClosed(
    callbackId: string,
    listener: Middleware<SlackViewMiddlewareArgs<ViewClosedAction>>,
  ): void;
  /** A shortcut of messages, by its callback id. */
  messageShortcut(
    callbackId: string,
    listener: Middleware<SlackShortcutMiddlewareArgs<MessageShortcut>>,
  ): void;
  /** A shortcut from anywhere, by its callback id. */
  globalShortcut(
    callbackId: string,
    listener: Middleware<SlackShortcutMiddlewareArgs<GlobalShortcut>>,
  ): void;
  event<Type extends string>(
    type: Type,
    listener: Middleware<SlackEventMiddlewareArgs<Type>>,
  ): void;
};

/** Adds the table to the app; every listener of the bot is registered in it, and none with Bolt. */
export function createListeners(app: App): Listeners {
  const table = new Map<string, Middleware<AnyMiddlewareArgs>>();
  const add = (kind: string, ids: Ids, listener: unknown) => {
    for (const id of typeof ids === 'string' ? [ids] : ids) {
      const key = `${kind} ${id}`;
      if (table.has(key)) throw new Error(`two listeners for ${key}`);
      // The key determines which arguments Bolt passes, which the compiler cannot express in a single table.
      table.set(key, listener as Middleware<AnyMiddlewareArgs>);
    }
  };
  app.use(async (args) => {
    // Every kind of delivery has these; the other members depend on the kind.
    const { body, payload } = args as unknown as Delivery;
    const key = keyOf(body, payload);
    await (key === null ? undefined : table.get(key))?.(args);
  });
  return {
    command: (name, listener) => add('command', name, listener),
    action: (ids, listener) => add('block_actions', ids, listener),
    options: (id, listener) => add('block_suggestion', id, listener),
    view: (callbackId, listener) => add('view_submission', callbackId, listener),
    viewClosed: (callbackId, listener) => add('view_closed', callbackId, listener),
    messageShortcut: (callbackId, listener) => add('message_action', callbackId, listener),
    globalShortcut: (callbackId, listener) => add('shortcut', callbackId, listener),
    event: (type, listener) => add('event', type, listener),
  };
}

type Delivery = {
  readonly body: { readonly command?: unknown; readonly type?: unknown; readonly event?: unknown };
  readonly payload: {
    readonly action_id?: unknown;
    readonly callback_id?: unknown;
    readonly type?: unknown;
  };
};

/** The key of its listener, or null for an unknown kind of delivery. */
function keyOf(body: Delivery['body'], payload: Delivery['payload']): string | null {
  if (typeof body.command === 'string') return `command ${body.command}`;
  if (body.event !== undefined) return `event ${String(payload.type)}`;
  switch (body.type) {
    case 'block_actions':
    case 'block_suggestion':
      return `${body.type} ${String(payload.action_id)}`;
    case 'view_submission':
    case 'view_closed':
    case 'message_action':
    case 'shortcut':
      return `${body.type} ${String(payload.callback_id)}`;
    default:
      return null;
  }
}
