import type { Message } from '../../api.ts';
import { useActions, useApp } from '../state/context.ts';
import { Icon } from '../ui/icon.tsx';
import { MenuButton } from '../ui/menu.tsx';

/** What can be done with a message: reply, and the apps' message shortcuts. */
export function MessageActions({ message, inThread }: { message: Message; inThread: boolean }) {
  const { openThread, runShortcut } = useActions();
  const shortcuts = useApp((state) => state.workspace?.shortcuts);
  const items = (shortcuts ?? [])
    .filter((one) => one.type === 'message')
    .map((shortcut) => ({
      label: shortcut.name,
      detail: shortcut.description,
      onPick: () => void runShortcut(shortcut, message),
    }));
  const copy = {
    label: 'Copy text',
    onPick: () => void navigator.clipboard?.writeText(message.text),
  };
  return (
    <div class="message-actions">
      {!inThread && (
        <button
          type="button"
          class="icon-button"
          aria-label="Reply in thread"
          title="Reply in thread"
          onClick={() => void openThread(message.threadTs ?? message.ts)}
        >
          <Icon name="reply" />
        </button>
      )}
      <MenuButton
        label="More actions"
        title="More actions"
        class="icon-button"
        items={[...items, copy]}
      >
        <Icon name="more" />
      </MenuButton>
    </div>
  );
}
