import type { LiveEvent } from '../../api/workspace.ts';
import type { Actions } from './actions.ts';
import type { AppState } from './app-state.ts';
import type { Store } from './store.ts';

/**
 * Keeps the page up to date: listens as the current person, and fetches again what an event reports as changed, once
 * for events that arrive together. Returns a function that stops it.
 */
export function followLive(store: Store<AppState>, actions: Actions): () => void {
  let source: EventSource | null = null;
  let followed = '';
  const fetchSoon = createCoalescer();

  function follow(): void {
    const { me } = store.get();
    if (me === followed) return;
    followed = me;
    source?.close();
    source = actions.api.events(me);
    source.onopen = () => {
      const again = !store.get().live;
      store.set({ live: true });
      // Fetches what changed while the stream was closed.
      if (again) everything();
    };
    source.onerror = () => store.set({ live: false });
    source.onmessage = (message) => take(JSON.parse(String(message.data)) as LiveEvent);
  }

  function everything(): void {
    fetchSoon('workspace', actions.refreshWorkspace);
    fetchSoon('conversation', () => actions.refresh('conversation'));
    fetchSoon('thread', () => actions.refresh('thread'));
    fetchSoon('views', actions.refreshViews);
  }

  function take(event: LiveEvent): void {
    const { channel, threadTs, tab } = store.get();
    switch (event.type) {
      case 'message':
        fetchSoon('workspace', actions.refreshWorkspace);
        if (event.channel === channel) {
          fetchSoon('conversation', () => actions.refresh('conversation'));
          if (threadTs && (event.threadTs === threadTs || event.ts === threadTs)) {
            fetchSoon('thread', () => actions.refresh('thread'));
          }
        }
        return;
      case 'views':
        fetchSoon('views', actions.refreshViews);
        return;
      case 'home':
        if (tab === 'home') fetchSoon('home', actions.refreshHome);
        return;
      case 'state':
        fetchSoon('workspace', actions.refreshWorkspace);
        return;
      case 'connect':
      case 'wire':
      case 'faults':
        store.set((state) => ({
          pulse: { ...state.pulse, [event.type]: state.pulse[event.type] + 1 },
        }));
        return;
    }
  }

  // Messages that arrive in a hidden tab are marked as read when the tab becomes visible.
  const seen = () => {
    if (!document.hidden) fetchSoon('conversation', () => actions.refresh('conversation'));
  };
  document.addEventListener('visibilitychange', seen);
  follow();
  const unsubscribe = store.subscribe(follow);
  return () => {
    unsubscribe();
    document.removeEventListener('visibilitychange', seen);
    source?.close();
  };
}

/** Runs a job after a short delay. A call during the run starts it again afterward. */
function createCoalescer() {
  const running = new Map<string, { again: boolean }>();
  return function fetchSoon(name: string, job: () => Promise<void>): void {
    const current = running.get(name);
    if (current) {
      current.again = true;
      return;
    }
    const state = { again: false };
    running.set(name, state);
    setTimeout(async () => {
      do {
        state.again = false;
        await job().catch(() => null);
      } while (state.again);
      running.delete(name);
    }, 15);
  };
}
