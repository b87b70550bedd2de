import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useActions, useApp } from '../state/context.ts';
import { movedRow } from '../ui/combobox-keys.ts';
import { Icon } from '../ui/icon.tsx';
import { AttachedFiles } from './attached-files.tsx';
import { ComposerSuggestions } from './composer-suggestions.tsx';
import { GlobalShortcuts } from './global-shortcuts.tsx';
import { type ComposerSuggestion, suggestionsFor } from './suggest.ts';

/**
 * Where a person writes. Enter sends, Shift+Enter makes a line; typing `/`, `@` or `#` offers what
 * there is. Dropping files on it attaches them.
 */
export function Composer({ label, threadTs }: { label: string; threadTs: string | null }) {
  const { send } = useActions();
  const workspace = useApp((state) => state.workspace);
  const [typed, setTyped] = useState('');
  const [caret, setCaret] = useState(0);
  const [files, setFiles] = useState<File[]>([]);
  const [marked, setMarked] = useState(0);
  const [dismissed, setDismissed] = useState(false);
  const [sending, setSending] = useState(false);
  const [broadcast, setBroadcast] = useState(false);
  const [over, setOver] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const id = useId();
  const offered = workspace && !dismissed ? suggestionsFor(typed, caret, workspace) : [];
  const open = offered.length > 0;
  const active = Math.min(marked, offered.length - 1);

  // The box grows with what is typed
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, 200)}px`;
  }, [typed]);

  function edit(text: string, at: number): void {
    setTyped(text);
    setCaret(at);
    setMarked(0);
    setDismissed(false);
  }

  function take(suggestion: ComposerSuggestion): void {
    const text =
      typed.slice(0, suggestion.from) + suggestion.insert + typed.slice(suggestion.to).trimStart();
    const at = suggestion.from + suggestion.insert.length;
    edit(text, at);
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(at, at);
    });
  }

  async function submit(): Promise<void> {
    if (sending || (typed.trim() === '' && files.length === 0)) return;
    setSending(true);
    const taken = await send(typed.trim(), files, threadTs, broadcast);
    setSending(false);
    if (!taken) return;
    edit('', 0);
    setFiles([]);
    setBroadcast(false);
  }

  function key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const suggestion = open ? offered[active] : undefined;
    const whole = suggestion?.insert.trim() === typed.trim();
    if (suggestion && (event.key === 'Tab' || (event.key === 'Enter' && !whole))) {
      event.preventDefault();
      take(suggestion);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void submit();
    } else if (open && event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      setDismissed(true);
    } else if (open) {
      const moved = movedRow(event.key, active, offered.length);
      if (moved === null) return;
      event.preventDefault();
      setMarked(moved);
    }
  }

  const add = (list: FileList | null | undefined) => {
    const added = [...(list ?? [])];
    if (added.length > 0) setFiles((before) => [...before, ...added]);
    box.current?.focus();
  };

  return (
    <form
      class={over ? 'composer composer-over' : 'composer'}
      data-testid={threadTs ? 'thread-composer' : 'composer'}
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        add(event.dataTransfer?.files);
      }}
    >
      {open && <ComposerSuggestions id={id} suggestions={offered} marked={active} onPick={take} />}
      <AttachedFiles
        files={files}
        onRemove={(file) => setFiles((before) => before.filter((kept) => kept !== file))}
      />
      <textarea
        ref={box}
        rows={1}
        class="composer-text"
        aria-label={label}
        aria-haspopup="listbox"
        aria-autocomplete="list"
        aria-controls={open ? `${id}-list` : undefined}
        aria-activedescendant={open ? `${id}-${active}` : undefined}
        placeholder={label}
        value={typed}
        onInput={(event) => edit(event.currentTarget.value, event.currentTarget.selectionStart)}
        onClick={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={key}
        onPaste={(event) => {
          if ((event.clipboardData?.files.length ?? 0) > 0) {
            event.preventDefault();
            add(event.clipboardData?.files);
          }
        }}
      />
      <div class="composer-bar">
        <button
          type="button"
          class="icon-button"
          aria-label="Attach a file"
          title="Attach a file"
          onClick={() => picker.current?.click()}
        >
          <Icon name="attach" />
        </button>
        <input
          ref={picker}
          type="file"
          multiple
          class="visually-hidden"
          tabIndex={-1}
          aria-label="Files to attach"
          onChange={(event) => {
            add(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
        <GlobalShortcuts />
        {threadTs && (
          <label class="composer-broadcast">
            <input
              type="checkbox"
              checked={broadcast}
              onChange={(event) => setBroadcast(event.currentTarget.checked)}
            />
            Also send to the channel
          </label>
        )}
        <span class="composer-hint quiet">
          <kbd>/</kbd> commands · <kbd>Shift</kbd> <kbd>Enter</kbd> new line
        </span>
        <button
          type="submit"
          class="icon-button composer-send"
          aria-label="Send"
          title="Send"
          disabled={sending || (typed.trim() === '' && files.length === 0)}
        >
          {sending ? <span class="spinner" aria-hidden="true" /> : <Icon name="send" />}
        </button>
      </div>
    </form>
  );
}
