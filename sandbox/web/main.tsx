import { render } from 'preact';
import { Workspace } from './layout/workspace.tsx';
import { createActions } from './state/actions.ts';
import { createApi } from './state/api-client.ts';
import { emptyState } from './state/app-state.ts';
import { AppContext } from './state/context.ts';
import { followLive } from './state/live.ts';
import { firstPerson } from './state/navigation.ts';
import { createStore } from './state/store.ts';
import './styles/base.css';
import './styles/layout.css';
import './styles/messages.css';
import './styles/blocks.css';
import './styles/modal.css';
import './styles/drawers.css';

const root = document.getElementById('app');
if (root) {
  const asked = new URLSearchParams(location.search).get('as');
  const store = createStore(emptyState(asked ?? firstPerson));
  const actions = createActions({ store, api: createApi() });
  render(
    <AppContext.Provider value={{ store, actions }}>
      <Workspace />
    </AppContext.Provider>,
    root,
  );
  actions.start();
  followLive(store, actions);
}
