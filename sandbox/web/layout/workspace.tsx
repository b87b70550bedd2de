import { useEffect, useLayoutEffect } from 'preact/hooks';
import { Drawer } from '../drawers/drawer.tsx';
import { ModalStack } from '../modals/modal-stack.tsx';
import { useActions, useApp } from '../state/context.ts';
import { channelOf } from '../state/names.ts';
import { MainPane } from './main-pane.tsx';
import { Sidebar } from './sidebar.tsx';
import { Strip } from './strip.tsx';
import { ThreadPane } from './thread-pane.tsx';

/** The whole page. On a narrow window one pane is in front at a time; `data-front` says which. */
export function Workspace() {
  const workspace = useApp((state) => state.workspace);
  const trouble = useApp((state) => state.trouble);
  const threadTs = useApp((state) => state.threadTs);
  const drawer = useApp((state) => state.drawer);
  const listShown = useApp((state) => state.listShown);
  const front = drawer ? 'drawer' : listShown ? 'list' : threadTs ? 'thread' : 'main';
  useTheme();
  useTitle();
  useEscape();
  usePermalinks();
  if (!workspace) {
    return (
      <main class="trouble">
        <h1>Sandbox</h1>
        <p role="status">{trouble ?? 'Opening the workspace …'}</p>
        {trouble && (
          <a class="button" href="?">
            Start again
          </a>
        )}
      </main>
    );
  }
  return (
    <div class="page" data-front={front}>
      <Strip />
      <main class="panes">
        <Sidebar />
        <MainPane />
        {threadTs && <ThreadPane key={threadTs} />}
        {drawer && <Drawer />}
      </main>
      <ModalStack />
    </div>
  );
}

function useTheme(): void {
  const theme = useApp((state) => state.theme);
  useLayoutEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
}

function useTitle(): void {
  const place = useApp((state) => channelOf(state.workspace, state.channel)?.name ?? null);
  const me = useApp((state) => state.workspace?.me.realName ?? null);
  useEffect(() => {
    document.title = [place, me, 'Sandbox'].filter((part) => part !== null).join(' · ');
  }, [place, me]);
}

/** Escape closes what is on the right. Lists and dialogs stop it before it gets here. */
function useEscape(): void {
  const { closeThread, openDrawer } = useActions();
  const threadTs = useApp((state) => state.threadTs);
  const drawer = useApp((state) => state.drawer);
  const modal = useApp((state) => state.views.length > 0);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || modal) return;
      if (document.querySelector('dialog[open]')) return;
      if (drawer) openDrawer(null);
      else if (threadTs) closeThread();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [closeThread, openDrawer, threadTs, drawer, modal]);
}

/** A link to a message of this workspace leads there in this tab, as the person who clicked it. */
function usePermalinks(): void {
  const { follow } = useActions();
  useEffect(() => {
    const click = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
      if (link instanceof HTMLAnchorElement && follow(new URL(link.href))) event.preventDefault();
    };
    document.addEventListener('click', click);
    return () => document.removeEventListener('click', click);
  }, [follow]);
}
