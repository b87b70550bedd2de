import { useActions, useApp } from '../state/context.ts';
import { Icon } from '../ui/icon.tsx';
import { MenuButton } from '../ui/menu.tsx';

/** The apps' shortcuts that need no message; nothing when there are none. */
export function GlobalShortcuts() {
  const { runShortcut } = useActions();
  const shortcuts = useApp((state) => state.workspace?.shortcuts);
  const items = (shortcuts ?? [])
    .filter((shortcut) => shortcut.type === 'global')
    .map((shortcut) => ({
      label: shortcut.name,
      detail: shortcut.description,
      onPick: () => void runShortcut(shortcut, null),
    }));
  if (items.length === 0) return null;
  return (
    <MenuButton label="Shortcuts" title="Shortcuts" class="icon-button" align="start" items={items}>
      <Icon name="bolt" />
    </MenuButton>
  );
}
