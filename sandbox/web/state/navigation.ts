import { people as cast } from '../../seed.ts';
import type { Deps } from './actions.ts';
import {
  type Address,
  type DrawerName,
  readAddress,
  readPermalink,
  writeAddress,
} from './address.ts';
import type { Theme } from './app-state.ts';
import type { Conversations } from './conversations.ts';
import type { Interactions } from './interactions.ts';
import { channelOf } from './names.ts';

/** The person when the URL names none: the first one in the seed. */
export const firstPerson = cast[0]?.id ?? 'U0TARA';

/** Navigation between conversations and people. Each step is written to the URL. */
export function createNavigation(
  { store }: Deps,
  conversations: Conversations,
  interactions: Interactions,
) {
  function address(): Address {
    const { me, channel, tab, threadTs, drawer } = store.get();
    return { as: me, channel, thread: threadTs, tab, drawer, message: null };
  }

  function remember(how: 'push' | 'replace'): void {
    const url = writeAddress(address());
    if (url === location.search) return;
    if (how === 'push') history.pushState(null, '', url);
    else history.replaceState(null, '', url);
  }

  /** Shows the state in the URL, at the start and for the browser's back and forward buttons. */
  async function goTo(wanted: Address): Promise<void> {
    const before = store.get();
    const me = wanted.as ?? firstPerson;
    const stranger = me !== before.me || before.workspace === null;
    store.set({
      me,
      channel: wanted.channel,
      tab: wanted.tab,
      threadTs: wanted.thread,
      revealed: wanted.message,
      drawer: wanted.drawer,
      conversation: null,
      thread: null,
      ...(stranger ? { views: [], home: null, homeLoaded: false, notes: [] } : {}),
    });
    if (stranger) await conversations.refreshWorkspace();
    const { workspace } = store.get();
    if (!workspace || store.get().me !== me) return;
    if (!mayOpen(wanted.channel))
      store.set({ channel: firstChannel(), threadTs: null, tab: 'messages' });
    remember('replace');
    await Promise.all([
      conversations.open('conversation'),
      conversations.open('thread'),
      interactions.refreshViews(),
      store.get().tab === 'home' ? interactions.openHome() : null,
    ]);
    if (wanted.message) await conversations.reach(wanted.message);
  }

  /** Navigates to a permalink of this workspace; returns whether the URL was one. */
  function follow(url: URL): boolean {
    const link = url.origin === location.origin ? readPermalink(url) : null;
    if (!link) return false;
    const { me, drawer } = store.get();
    void goTo({ as: me, ...link, thread: null, tab: 'messages', drawer });
    return true;
  }

  /** A channel of which the person is a member, or the direct message with the bot, which can always be opened. */
  function mayOpen(channel: string | null): boolean {
    const { workspace } = store.get();
    return channelOf(workspace, channel) !== null || channel === workspace?.bot.userId;
  }

  /** The default channel: the first one that the bot is a member of as well. */
  function firstChannel(): string | null {
    const { workspace } = store.get();
    const rooms = workspace?.channels.filter((channel) => channel.kind !== 'im') ?? [];
    const withBot = rooms.find((channel) => channel.members.includes(workspace?.bot.userId ?? ''));
    return (withBot ?? rooms[0] ?? workspace?.channels[0])?.id ?? null;
  }

  async function be(person: string): Promise<void> {
    const { channel, drawer } = store.get();
    await goTo({ as: person, channel, thread: null, tab: 'messages', drawer, message: null });
  }

  async function openChannel(
    channel: string,
    tab: 'messages' | 'home' = 'messages',
  ): Promise<void> {
    store.set({
      channel,
      tab,
      threadTs: null,
      thread: null,
      revealed: null,
      listShown: false,
      ...(store.get().conversation?.channel === channel ? {} : { conversation: null }),
    });
    remember('push');
    await Promise.all([
      conversations.open('conversation'),
      tab === 'home' ? interactions.openHome() : null,
    ]);
  }

  async function openThread(threadTs: string): Promise<void> {
    store.set({ threadTs, thread: null });
    remember('push');
    await conversations.open('thread');
  }

  function closeThread(): void {
    store.set({ threadTs: null, thread: null });
    remember('push');
  }

  function openDrawer(drawer: DrawerName | null): void {
    store.set((state) => ({ drawer: state.drawer === drawer ? null : drawer }));
    remember('replace');
  }

  function showList(listShown: boolean): void {
    store.set({ listShown });
  }

  function setTheme(theme: Theme): void {
    store.set({ theme });
    localStorage.setItem('theme', theme);
  }

  function dismissTips(): void {
    store.set({ tipsDismissed: true });
    localStorage.setItem('tips', 'seen');
  }

  function start(): void {
    const theme = localStorage.getItem('theme');
    store.set({
      theme: theme === 'light' || theme === 'dark' ? theme : 'system',
      tipsDismissed: localStorage.getItem('tips') === 'seen',
    });
    addEventListener('popstate', () => void goTo(readAddress(location.search)));
    void goTo(readAddress(location.search));
  }

  return {
    start,
    follow,
    be,
    openChannel,
    openThread,
    closeThread,
    openDrawer,
    showList,
    setTheme,
    dismissTips,
  };
}
