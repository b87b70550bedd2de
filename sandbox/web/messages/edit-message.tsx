import { useEffect, useRef, useState } from 'preact/hooks';
import type { Message } from '../../api/messages.ts';
import { useActions } from '../state/context.ts';

/** Changes one's own message. Enter saves, Escape leaves it as it was. */
export function EditMessage({ message, onDone }: { message: Message; onDone: () => void }) {
  const { change } = useActions();
  const [typed, setTyped] = useState(() => asTyped(message.text));
  const [saving, setSaving] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => box.current?.focus(), []);

  async function save(): Promise<void> {
    setSaving(true);
    const taken = await change(message, typed.trim());
    setSaving(false);
    if (taken) onDone();
  }

  function key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Escape') onDone();
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    void save();
  }

  return (
    <div class="message-edit">
      <textarea
        ref={box}
        aria-label="Edit message"
        rows={2}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={key}
      />
      <div class="message-edit-buttons">
        <button type="button" class="button" onClick={onDone}>
          Cancel
        </button>
        <button
          type="button"
          class="button button-solid"
          aria-busy={saving}
          onClick={() => void save()}
        >
          Save
        </button>
      </div>
    </div>
  );
}

/** Mentions stay as they are stored: the workspace takes `<@U…>` for a mention too. */
function asTyped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
