import type { Message, PostMessage } from '../../api/messages.ts';
import { slashCommand } from '../text/slash-command.ts';
import type { Deps } from './actions.ts';
import { ApiError } from './api-client.ts';
import type { Conversation } from './app-state.ts';
import { toBase64 } from './base64.ts';
import { channelOf } from './names.ts';
import { mergeMessages, reuse } from './reconcile.ts';

export type Conversations = ReturnType<typeof createConversations>;

/** How many messages are fetched at once; older ones are fetched when the person scrolls up. */
const pageSize = 100;

/** Reading and writing in channels, direct messages and threads. */
export function createConversations({ store, api }: Deps) {
  let lastNote = 0;

  /** Shows a message in this tab only, in the current conversation. */
  function note(text: string, threadTs: string | null = store.get().threadTs): void {
    const channel = store.get().channel;
    if (!channel) return;
    lastNote += 1;
    const added = { id: lastNote, channel, threadTs, text };
    store.set((state) => ({ notes: [...state.notes, added] }));
  }

  function dismissNote(id: number): void {
    store.set((state) => ({ notes: state.notes.filter((note) => note.id !== id) }));
  }

  async function refreshWorkspace(): Promise<void> {
    const { me } = store.get();
    try {
      const workspace = await api.state(me);
      if (store.get().me !== me) return;
      store.set((state) => ({ workspace: reuse(state.workspace, workspace), trouble: null }));
    } catch (error) {
      if (store.get().me !== me) return;
      const refused = error instanceof ApiError;
      store.set({
        trouble: refused
          ? `The workspace does not let ${me} in: ${error.message}`
          : 'The sandbox does not answer. Is `npm run sandbox` still running?',
      });
    }
  }

  async function load(channel: string, threadTs: string | null): Promise<Conversation> {
    const { me, workspace } = store.get();
    try {
      const page = await api.messages({
        user: me,
        channel,
        thread_ts: threadTs,
        limit: pageSize,
      });
      const unreadAtOpen = threadTs ? 0 : (channelOf(workspace, channel)?.unread ?? 0);
      return { channel, threadTs, ...page, unreadAtOpen };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // A direct message without messages may not exist on the server; it is shown as empty, not as an error.
      return { channel, threadTs, messages: [], hasMore: false, unreadAtOpen: 0 };
    }
  }

  /** Loads the open channel or thread again; the result is ignored when the person has moved on meanwhile. */
  async function open(which: 'conversation' | 'thread'): Promise<void> {
    const { me, channel, threadTs } = store.get();
    if (!channel || (which === 'thread' && !threadTs)) return;
    const loaded = await load(channel, which === 'thread' ? threadTs : null);
    const now = store.get();
    if (now.me !== me || now.channel !== channel) return;
    if (which === 'thread' && now.threadTs !== threadTs) return;
    store.set({ [which]: loaded });
    if (channel === now.workspace?.bot.userId) await settleInBotChannel();
    if (which === 'conversation') await markRead();
  }

  /** The direct message with the bot was opened by the bot's id; from now on it has an id of its own. */
  async function settleInBotChannel(): Promise<void> {
    await refreshWorkspace();
    const { workspace, channel, conversation } = store.get();
    const room = workspace?.channels.find((channel) => channel.with === workspace.bot.userId);
    if (!room || !conversation || channel !== workspace?.bot.userId) return;
    store.set({ channel: room.id, conversation: { ...conversation, channel: room.id } });
  }

  /** Fetches the displayed messages again, after a live event. */
  async function refresh(which: 'conversation' | 'thread'): Promise<void> {
    const { me } = store.get();
    const shown = store.get()[which];
    if (!shown) return;
    const fresh = await api.messages({
      user: me,
      channel: shown.channel,
      thread_ts: shown.threadTs,
      limit: Math.max(pageSize, shown.messages.length),
    });
    const now = store.get()[which];
    if (store.get().me !== me || !now) return;
    if (now.channel !== shown.channel || now.threadTs !== shown.threadTs) return;
    const messages = mergeMessages(now.messages, fresh.messages);
    const hasMore = messages.length > fresh.messages.length ? now.hasMore : fresh.hasMore;
    store.set({ [which]: { ...now, messages, hasMore } });
    if (which === 'conversation') await markRead();
  }

  async function earlier(which: 'conversation' | 'thread'): Promise<void> {
    const { me } = store.get();
    const shown = store.get()[which];
    // A thread's page begins with its root, followed by any page of replies.
    const first = shown?.messages.find((message) => message.ts !== shown.threadTs);
    if (!shown?.hasMore || !first) return;
    const page = await api.messages({
      user: me,
      channel: shown.channel,
      thread_ts: shown.threadTs,
      limit: pageSize,
      before: first.ts,
    });
    const now = store.get()[which];
    if (!now || now.channel !== shown.channel || now.threadTs !== shown.threadTs) return;
    const known = new Set(now.messages.map((message) => message.ts));
    const added = page.messages.filter((message) => !known.has(message.ts));
    const messages = [...added, ...now.messages].sort((a, b) => (a.ts < b.ts ? -1 : 1));
    store.set({ [which]: { ...now, messages, hasMore: page.hasMore && added.length > 0 } });
  }

  /** Fetches earlier messages until this one is loaded, up to a limit. */
  async function reach(ts: string): Promise<void> {
    for (let page = 0; page < 20; page += 1) {
      const { conversation } = store.get();
      if (!conversation?.hasMore || (conversation.messages[0]?.ts ?? '') <= ts) return;
      await earlier('conversation');
    }
  }

  /** Dismisses an ephemeral message. */
  async function dismiss(message: Message): Promise<void> {
    const { me } = store.get();
    await api.remove({ user: me, channel: message.channel, ts: message.ts }).catch(() => null);
    await refresh(message.threadTs ? 'thread' : 'conversation');
  }

  /** Edits one's own message. Returns whether the server accepted it. */
  async function change(message: Message, text: string): Promise<boolean> {
    const { me } = store.get();
    try {
      await api.edit({ user: me, channel: message.channel, ts: message.ts, text });
      await refresh(message.threadTs ? 'thread' : 'conversation');
      return true;
    } catch (error) {
      note(failureWords(error), message.threadTs ?? null);
      return false;
    }
  }

  async function markRead(): Promise<void> {
    const { me, conversation, workspace } = store.get();
    const last = conversation?.messages.findLast((message) => !message.ephemeral);
    if (!conversation || !last || document.hidden) return;
    const channel = channelOf(workspace, conversation.channel);
    if (!channel || (channel.unread === 0 && !channel.mentioned)) return;
    await api.read({ user: me, channel: conversation.channel, ts: last.ts }).catch(() => null);
    await refreshWorkspace();
  }

  /**
   * Sends the typed text: as a slash command when it is one of the workspace's commands, otherwise as a message.
   * Returns whether the server accepted it; refused text stays in the composer.
   */
  async function send(
    typed: string,
    files: File[],
    threadTs: string | null,
    broadcast = false,
  ): Promise<boolean> {
    const { me, channel, workspace } = store.get();
    if (!channel || !workspace) return false;
    const command = files.length === 0 ? slashCommand(typed, workspace.commands) : null;
    if (!command && /^\/\S/.test(typed) && files.length === 0) {
      const name = typed.split(/\s/)[0];
      note(`\`${name}\` is not a valid command in this workspace.`, threadTs);
      return false;
    }
    try {
      if (command) {
        if (threadTs) {
          // Slack has no slash commands in threads.
          note(`\`${command.command}\` is not supported in threads. Sorry!`, threadTs);
          return false;
        }
        const result = await api.command({ user: me, channel, ...command });
        if (result.outcome !== 'ok') note(commandFailure(command.command, result.outcome));
        return true;
      }
      const message: PostMessage = {
        user: me,
        channel,
        // As typed: the server escapes it and converts names to mentions.
        text: typed,
        ...(threadTs ? { threadTs, broadcast } : {}),
      };
      if (files.length > 0) message.files = await Promise.all(files.map(attachment));
      await api.post(message);
      return true;
    } catch (error) {
      note(failureWords(error), threadTs);
      return false;
    }
  }

  return {
    note,
    dismissNote,
    refreshWorkspace,
    open,
    refresh,
    earlier,
    reach,
    dismiss,
    change,
    send,
  };
}

async function attachment(file: File) {
  return {
    name: file.name,
    contentBase64: await toBase64(file),
    ...(file.type ? { mimetype: file.type } : {}),
  };
}

/** Slack's text for a command that the app did not acknowledge. */
function commandFailure(command: string, outcome: 'timeout' | 'error'): string {
  const code = outcome === 'timeout' ? 'operation_timeout' : 'dispatch_failed';
  return `${command} failed with the error "${code}"`;
}

export function failureWords(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  return 'The sandbox does not answer. Is `npm run sandbox` still running?';
}
