import type { DoAction, ElementValue, Suggest, Suggestions } from '../../api/interactions.ts';
import type { Message } from '../../api/messages.ts';
import type { SubmitResult, View } from '../../api/views.ts';
import type { ShortcutInfo } from '../../api/workspace.ts';
import type { Values } from '../blocks/values.ts';
import type { Deps } from './actions.ts';
import { type Conversations, failureWords } from './conversations.ts';
import { reuse } from './reconcile.ts';

export type Interactions = ReturnType<typeof createInteractions>;

/** Slack's text for an interaction that the app does not acknowledge. */
export const troubleWords = 'This app is not responding right now. Try again?';

/** Buttons, selects, shortcuts, modals and the App Home. */
export function createInteractions({ store, api }: Deps, conversations: Conversations) {
  /**
   * Typed values are sent in order, so that the last one arrives last, and before any interaction, so that the bot
   * sees the view as the person does.
   */
  let queue: Promise<unknown> = Promise.resolve();

  /** Clicks a button or uses an element; returns the error to show next to it when it failed. */
  async function act(action: Omit<DoAction, 'user'>): Promise<string | null> {
    await queue;
    try {
      const result = await api.action({ user: store.get().me, ...action });
      return result.outcome === 'ok' ? null : troubleWords;
    } catch (error) {
      return failureWords(error);
    }
  }

  /** Types into a view. */
  function type(
    viewId: string,
    blockId: string,
    actionId: string,
    value: ElementValue,
  ): Promise<string | null> {
    const sent = queue.then(async () => {
      try {
        await api.input(viewId, { user: store.get().me, blockId, actionId, value });
        return null;
      } catch (error) {
        return failureWords(error);
      }
    });
    queue = sent;
    return sent;
  }

  async function suggest(ask: Omit<Suggest, 'user'>): Promise<Suggestions> {
    await queue;
    try {
      return await api.suggest({ user: store.get().me, ...ask });
    } catch (error) {
      return { outcome: 'error', options: [], groups: [], detail: failureWords(error) };
    }
  }

  async function refreshViews(): Promise<void> {
    const { me } = store.get();
    const { views } = await api.views(me);
    if (store.get().me === me) store.set((state) => ({ views: reuse(state.views, views) }));
  }

  async function submit(view: View, values: Values): Promise<SubmitResult> {
    const { me } = store.get();
    await queue;
    try {
      const result = await api.submit(view.id, { user: me, values });
      if (store.get().me === me) store.set({ views: result.views });
      return result;
    } catch (error) {
      const detail = failureWords(error);
      return { outcome: 'error', ackMs: 0, detail, views: store.get().views };
    }
  }

  async function closeView(view: View, all: boolean): Promise<void> {
    const { me } = store.get();
    store.set((state) => ({
      views: all ? [] : state.views.filter((open) => open.id !== view.id),
    }));
    await api.close(view.id, { user: me, all }).catch(() => null);
    await refreshViews();
  }

  /** Opens the App Home, which sends the event to the bot. */
  async function openHome(): Promise<void> {
    const { me } = store.get();
    store.set({ home: null, homeLoaded: false });
    const { view } = await api.openHome(me).catch(() => ({ view: null }));
    if (store.get().me === me) store.set({ home: view, homeLoaded: true });
  }

  /** Fetches the App Home without an event to the bot, which would publish it again. */
  async function refreshHome(): Promise<void> {
    const { me } = store.get();
    const { view } = await api.home(me);
    if (store.get().me === me) store.set({ home: view, homeLoaded: true });
  }

  async function runShortcut(shortcut: ShortcutInfo, message: Message | null): Promise<void> {
    const target = message ? { channel: message.channel, messageTs: message.ts } : {};
    try {
      const result = await api.shortcut({
        user: store.get().me,
        callbackId: shortcut.callbackId,
        ...target,
      });
      if (result.outcome !== 'ok') conversations.note(`${shortcut.name}: ${troubleWords}`);
    } catch (error) {
      conversations.note(failureWords(error));
    }
  }

  return {
    act,
    type,
    suggest,
    refreshViews,
    submit,
    closeView,
    openHome,
    refreshHome,
    runShortcut,
  };
}
