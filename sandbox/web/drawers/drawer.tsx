import { useLayoutEffect, useRef } from 'preact/hooks';
import type { DrawerName } from '../state/address.ts';
import { useActions, useApp } from '../state/context.ts';
import { Icon } from '../ui/icon.tsx';
import { ConnectDrawer } from './connect-drawer.tsx';
import { FaultsDrawer } from './faults-drawer.tsx';
import { WireDrawer } from './wire-drawer.tsx';

const titles: Record<DrawerName, string> = {
  connect: 'Amazon Connect',
  wire: 'Wire',
  faults: 'Faults',
};

/** What is behind the scenes, beside the workspace. */
export function Drawer() {
  const { openDrawer } = useActions();
  const name = useApp((state) => state.drawer) ?? 'connect';
  const head = useRef<HTMLHeadingElement>(null);
  // Another drawer is another place
  useLayoutEffect(() => {
    const opener = document.activeElement;
    head.current?.focus();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, [name]);
  return (
    <aside class="drawer" data-testid={`${name}-drawer`} aria-label={titles[name]}>
      <div class="pane-head">
        <button
          type="button"
          class="icon-button narrow-only"
          aria-label="Back to the workspace"
          onClick={() => openDrawer(null)}
        >
          <Icon name="back" />
        </button>
        <h2 ref={head} tabIndex={-1}>
          {titles[name]}
        </h2>
        <button
          type="button"
          class="icon-button wide-only"
          aria-label={`Close ${titles[name]}`}
          title="Close"
          onClick={() => openDrawer(null)}
        >
          <Icon name="close" />
        </button>
      </div>
      {name === 'connect' && <ConnectDrawer />}
      {name === 'wire' && <WireDrawer />}
      {name === 'faults' && <FaultsDrawer />}
    </aside>
  );
}
