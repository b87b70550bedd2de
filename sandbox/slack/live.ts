/** Notifies every page that listens (`GET /sandbox/events`) of changes. */
import type { LiveEvent } from '../api/workspace.ts';

export type Listener = { user: string; send: (event: LiveEvent) => void };

export type LiveFeed = {
  listen(listener: Listener): () => void;
  /** Notifies all listeners, or those for which `to` returns true. */
  tell(event: LiveEvent, to?: (user: string) => boolean): void;
};

export function createLiveFeed(): LiveFeed {
  const listeners = new Set<Listener>();
  return {
    listen(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    tell(event, to) {
      for (const listener of listeners) {
        if (!to || to(listener.user)) listener.send(event);
      }
    },
  };
}
