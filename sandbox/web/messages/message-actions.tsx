import type { Message } from '../../api/messages.ts';
import { useActions, useApp } from '../state/context.ts';
import { Icon } from '../ui/icon.tsx';
import { MenuButton } from '../ui/menu.tsx';

/** What can be done with a message: reply, the apps' message shortcuts, and hearing it instead of seeing it. */
export function MessageActions(props: {
  message: Message;
  inThread: boolean;
  heard: boolean;
  onHeard: (heard: boolean) => void;
  onEdit: () => void;
}) {
  const { message, inThread, heard, onHeard } = props;
  const { openThread, runShortcut } = useActions();
  const shortcuts = useApp((state) => state.workspace?.shortcuts);
  const isOwn = useApp((state) => state.me === message.user) && !message.ephemeral;
  const edit = { label: 'Edit message', onPick: props.onEdit };
  const items = (shortcuts ?? [])
    .filter((shortcut) => shortcut.type === 'message' && !message.ephemeral)
    .map((shortcut) => ({
      label: shortcut.name,
      detail: shortcut.description,
      onPick: () => void runShortcut(shortcut, message),
    }));
  const copy = {
    label: 'Copy text',
    onPick: () => void navigator.clipboard?.writeText(message.text),
  };
  const hear = {
    label: heard ? 'Show the message' : 'Screen reader and phone',
    detail: heard
      ? 'As it looks'
      : 'What a screen reader reads, and what a notification on a phone shows',
    onPick: () => onHeard(!heard),
  };
  return (
    <div class="message-actions">
      {!inThread && !message.ephemeral && (
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
        items={[...items, ...(isOwn ? [edit] : []), hear, copy]}
      >
        <Icon name="more" />
      </MenuButton>
    </div>
  );
}
