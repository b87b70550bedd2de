import type { Message } from '../../api/messages.ts';
import type { View } from '../../api/views.ts';
import type { State } from '../../api/workspace.ts';
import type { DrawerName } from './address.ts';

export type Conversation = {
  channel: string;
  threadTs: string | null;
  messages: Message[];
  hasMore: boolean;
  /** The read position at the time of opening; the "New" line is shown there. */
  unreadAtOpen: number;
};

/** A message that exists only in this browser tab, like those of Slackbot. */
export type Note = { id: number; channel: string; threadTs: string | null; text: string };

export type Theme = 'system' | 'light' | 'dark';

export type AppState = {
  me: string;
  workspace: State | null;
  /** The reason why no workspace can be shown. */
  trouble: string | null;
  channel: string | null;
  tab: 'messages' | 'home';
  threadTs: string | null;
  /** The message that a permalink names. */
  revealed: string | null;
  drawer: DrawerName | null;
  /** On a phone: the list of channels is shown instead of the conversation. */
  listShown: boolean;
  conversation: Conversation | null;
  thread: Conversation | null;
  views: View[];
  home: View | null;
  homeLoaded: boolean;
  notes: Note[];
  /** Whether the stream of live events is open. */
  live: boolean;
  theme: Theme;
  tipsDismissed: boolean;
  /** Counters that increase with each live event of their kind; drawers fetch again when their counter changes. */
  pulse: { connect: number; wire: number; faults: number };
};

export function emptyState(me: string): AppState {
  return {
    me,
    workspace: null,
    trouble: null,
    channel: null,
    tab: 'messages',
    threadTs: null,
    revealed: null,
    drawer: null,
    listShown: false,
    conversation: null,
    thread: null,
    views: [],
    home: null,
    homeLoaded: false,
    notes: [],
    live: false,
    theme: 'system',
    tipsDismissed: false,
    pulse: { connect: 0, wire: 0, faults: 0 },
  };
}
