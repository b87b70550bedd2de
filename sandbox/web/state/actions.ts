import type { Api } from './api-client.ts';
import type { AppState } from './app-state.ts';
import { createConversations } from './conversations.ts';
import { createInteractions } from './interactions.ts';
import { createNavigation } from './navigation.ts';
import type { Store } from './store.ts';

export type Deps = { store: Store<AppState>; api: Api };

export type Actions = ReturnType<typeof createActions>;

/** Everything a person can do on the page, by area. */
export function createActions(deps: Deps) {
  const conversations = createConversations(deps);
  const interactions = createInteractions(deps, conversations);
  const navigation = createNavigation(deps, conversations, interactions);
  return { ...conversations, ...interactions, ...navigation, api: deps.api };
}
