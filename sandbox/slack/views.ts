/** Modals and App Homes: each person's stack of at most three modals, and their Home tab. */
import { randomBytes } from 'node:crypto';
import type { Block } from '../api/messages.ts';
import type { View } from '../api/views.ts';
import { bot, team } from '../seed.ts';
import type { Ids } from './ids.ts';
import { type JsonObject, listOf, objectOf, textOf } from './json.ts';
import { limits } from './limits.ts';
import { Refusal } from './refusal.ts';
import { carryOver, initialValues, type Values, withIds } from './values.ts';

export type StoredView = {
  id: string;
  user: string;
  type: 'modal' | 'home';
  hash: string;
  callbackId: string;
  externalId: string;
  privateMetadata: string;
  title?: JsonObject;
  submit?: JsonObject;
  close?: JsonObject;
  blocks: JsonObject[];
  clearOnClose: boolean;
  notifyOnClose: boolean;
  rootViewId: string;
  previousViewId?: string;
  values: Values;
  errors: Record<string, string>;
  /** Options the bot has offered for an external select; `block action` → option value → option. */
  offered: Map<string, Map<string, JsonObject>>;
};

export type Views = {
  get(id: string): StoredView | undefined;
  byExternalId(id: string): StoredView | undefined;
  stack(user: string): StoredView[];
  home(user: string): StoredView | undefined;
  /** Opens a new stack with only this modal. */
  open(user: string, view: JsonObject): StoredView;
  /** @throws Refusal push_limit_reached */
  push(user: string, view: JsonObject): StoredView;
  update(current: StoredView, view: JsonObject): void;
  publish(user: string, view: JsonObject): StoredView;
  /** Removes this view and those above it from the stack; returns the removed views, top first. */
  close(view: StoredView): StoredView[];
  closeAll(user: string): StoredView[];
};

export function createViews(ids: Ids): Views {
  const byId = new Map<string, StoredView>();
  const byExternal = new Map<string, StoredView>();
  const stacks = new Map<string, StoredView[]>();
  const homes = new Map<string, StoredView>();

  function make(user: string, view: JsonObject, below?: StoredView): StoredView {
    const external = textOf(view.external_id) ?? '';
    if (external !== '' && byExternal.has(external)) throw new Refusal('duplicate_external_id');
    const id = ids.next('V');
    const blocks = withIds(listOf(view.blocks), () => randomBytes(4).toString('base64url'));
    const stored: StoredView = {
      id,
      user,
      ...content(view),
      hash: newHash(),
      blocks,
      rootViewId: below?.rootViewId ?? id,
      ...(below ? { previousViewId: below.id } : {}),
      values: initialValues(blocks),
      errors: {},
      offered: new Map(),
    };
    byId.set(id, stored);
    if (external !== '') byExternal.set(external, stored);
    return stored;
  }

  function forget(view: StoredView): void {
    byId.delete(view.id);
    if (byExternal.get(view.externalId) === view) byExternal.delete(view.externalId);
  }

  function take(user: string, from: number): StoredView[] {
    const stack = stacks.get(user) ?? [];
    const taken = stack.splice(from).reverse();
    for (const view of taken) forget(view);
    return taken;
  }

  function update(current: StoredView, view: JsonObject): void {
    const external = textOf(view.external_id) ?? '';
    const holder = byExternal.get(external);
    if (external !== '' && holder && holder !== current) throw new Refusal('duplicate_external_id');
    if (byExternal.get(current.externalId) === current) byExternal.delete(current.externalId);
    const blocks = withIds(listOf(view.blocks), () => randomBytes(4).toString('base64url'));
    delete current.title;
    delete current.submit;
    delete current.close;
    Object.assign(current, content(view), {
      hash: newHash(),
      blocks,
      values: carryOver(current.values, blocks),
      errors: {},
    });
    if (external !== '') byExternal.set(external, current);
  }

  return {
    get: (id) => byId.get(id),
    byExternalId: (id) => byExternal.get(id),
    stack: (user) => [...(stacks.get(user) ?? [])],
    home: (user) => homes.get(user),
    open(user, view) {
      // A second views.open replaces the open modal (guess: not documented).
      const stored = make(user, view);
      take(user, 0);
      stacks.set(user, [stored]);
      return stored;
    },
    push(user, view) {
      const stack = stacks.get(user) ?? [];
      if (stack.length >= limits.viewStackDepth.max) throw new Refusal('push_limit_reached');
      const stored = make(user, view, stack.at(-1));
      stacks.set(user, [...stack, stored]);
      return stored;
    },
    update,
    publish(user, view) {
      const current = homes.get(user);
      if (current) {
        update(current, view);
        return current;
      }
      const stored = make(user, view);
      homes.set(user, stored);
      return stored;
    },
    close(view) {
      const at = (stacks.get(view.user) ?? []).indexOf(view);
      return at < 0 ? [] : take(view.user, at);
    },
    closeAll: (user) => take(user, 0),
  };
}

function newHash(): string {
  return `${Math.floor(Date.now() / 1000)}.${randomBytes(6).toString('base64url')}`;
}

function content(view: JsonObject) {
  return {
    type: view.type === 'home' ? ('home' as const) : ('modal' as const),
    callbackId: textOf(view.callback_id) ?? '',
    externalId: textOf(view.external_id) ?? '',
    privateMetadata: textOf(view.private_metadata) ?? '',
    clearOnClose: view.clear_on_close === true,
    notifyOnClose: view.notify_on_close === true,
    ...(view.title ? { title: objectOf(view.title) } : {}),
    ...(view.submit ? { submit: objectOf(view.submit) } : {}),
    ...(view.close ? { close: objectOf(view.close) } : {}),
  };
}

/** The view object in Slack's format; `withState: false` for block_suggestion. */
export function viewObject(view: StoredView, withState = true): JsonObject {
  return {
    id: view.id,
    team_id: team.id,
    type: view.type,
    blocks: view.blocks,
    private_metadata: view.privateMetadata,
    callback_id: view.callbackId,
    state: { values: withState ? view.values : {} },
    hash: view.hash,
    title: view.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: view.clearOnClose,
    notify_on_close: view.notifyOnClose,
    close: view.close ?? null,
    submit: view.submit ?? null,
    previous_view_id: view.previousViewId ?? null,
    root_view_id: view.rootViewId,
    app_id: bot.appId,
    external_id: view.externalId,
    app_installed_team_id: team.id,
    bot_id: bot.botId,
  };
}

/** The view in the format of the page. */
export function shownView(view: StoredView): View {
  const words = (text: JsonObject | undefined) => textOf(text?.text);
  const submit = words(view.submit);
  const close = words(view.close);
  return {
    id: view.id,
    type: view.type,
    callbackId: view.callbackId,
    title: words(view.title) ?? '',
    ...(submit === undefined ? {} : { submit }),
    ...(close === undefined ? {} : { close }),
    // Every block passed strict validation before it was stored.
    blocks: view.blocks as Block[],
    privateMetadata: view.privateMetadata,
    hash: view.hash,
    rootViewId: view.rootViewId,
    ...(view.previousViewId ? { previousViewId: view.previousViewId } : {}),
    notifyOnClose: view.notifyOnClose,
    values: view.values,
    errors: view.errors,
  };
}
