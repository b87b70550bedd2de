import { createContext } from 'preact';
import { useContext, useLayoutEffect, useReducer, useRef } from 'preact/hooks';
import type { Actions } from './actions.ts';
import type { AppState } from './app-state.ts';
import type { Store } from './store.ts';

export type App = { store: Store<AppState>; actions: Actions };

export const AppContext = createContext<App | null>(null);

function useAppContext(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('a component of the page is outside of AppContext');
  return app;
}

/** Selects a part of the state; the component renders again only when that part changes. */
export function useApp<Part>(select: (state: AppState) => Part): Part {
  const { store } = useAppContext();
  const [, redraw] = useReducer((count: number, _: undefined) => count + 1, 0);
  const selected = select(store.get());
  const shown = useRef({ select, selected });
  shown.current = { select, selected };
  useLayoutEffect(() => {
    const check = () => {
      if (!Object.is(shown.current.select(store.get()), shown.current.selected)) redraw(undefined);
    };
    check();
    return store.subscribe(check);
  }, [store]);
  return selected;
}

export function useActions(): Actions {
  return useAppContext().actions;
}
