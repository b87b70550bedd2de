import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Option } from '../../api/interactions.ts';
import { sameOption } from '../blocks/values.ts';
import { movedRow } from '../ui/combobox-keys.ts';
import { useFloating } from '../ui/floating.ts';
import { Icon } from '../ui/icon.tsx';
import { controlProps, type Field } from './field.ts';
import { OptionList } from './option-list.tsx';
import type { Search } from './option-search.ts';

/**
 * A text box over a list of options (ARIA: combobox with a listbox popup). The focus stays in the
 * box; the arrow keys mark, Enter picks, Escape closes the list and nothing else.
 */
export function Combobox(props: {
  field: Field | undefined;
  name: string;
  placeholder: string;
  actionId: string;
  many: boolean;
  full: boolean;
  clearable: boolean;
  focusOnLoad: boolean;
  picked: Option[];
  search: Search;
  query: string;
  open: boolean;
  onQuery: (query: string) => void;
  onOpen: (open: boolean) => void;
  onPick: (option: Option) => void;
  onRemove: (option: Option) => void;
}) {
  const { picked, search, many, open, onOpen } = props;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [marked, setMarked] = useState(0);
  const style = useFloating(box, open);
  const rows = search.groups.flatMap((group) => group.options);
  const shown = picked[0];

  useLayoutEffect(() => {
    if (props.focusOnLoad) input.current?.focus();
  }, [props.focusOnLoad]);
  // A new query or list begins at its top
  useEffect(() => setMarked(0), [props.query, search.groups.length, open]);
  useEffect(() => {
    if (!open) return;
    const elsewhere = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) onOpen(false);
    };
    addEventListener('pointerdown', elsewhere);
    return () => removeEventListener('pointerdown', elsewhere);
  }, [open, onOpen]);

  function pick(option: Option): void {
    const has = picked.some((selected) => sameOption(selected, option));
    if (many && props.full && !has) return;
    props.onPick(option);
    if (many) props.onQuery('');
    else onOpen(false);
    input.current?.focus();
  }

  function key(event: KeyboardEvent): void {
    if (!open) {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp' || event.key === 'Enter') {
        event.preventDefault();
        onOpen(true);
      }
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onOpen(false);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const option = rows[marked];
      if (option) pick(option);
    } else if (event.key === 'Tab') {
      onOpen(false);
    } else {
      const moved = movedRow(event.key, marked, rows.length);
      if (moved !== null) {
        event.preventDefault();
        setMarked(moved);
      }
    }
    const last = picked.at(-1);
    if (event.key === 'Backspace' && many && props.query === '' && last) props.onRemove(last);
  }

  return (
    <div class="combobox" ref={box}>
      <div class={open ? 'input combobox-box combobox-open' : 'input combobox-box'}>
        {many &&
          picked.map((option) => (
            <span key={option.value} class="chip">
              {option.text.text}
              <button
                type="button"
                class="chip-remove"
                aria-label={`Remove ${option.text.text}`}
                onClick={() => props.onRemove(option)}
              >
                <Icon name="close" size={12} />
              </button>
            </span>
          ))}
        <input
          {...controlProps(props.field, props.name)}
          ref={input}
          type="text"
          role="combobox"
          class="combobox-input"
          autocomplete="off"
          spellcheck={false}
          aria-expanded={open}
          aria-controls={open ? `${id}-list` : undefined}
          aria-autocomplete="list"
          aria-activedescendant={open && rows[marked] ? `${id}-${marked}` : undefined}
          data-action-id={props.actionId}
          placeholder={
            many
              ? picked.length > 0
                ? ''
                : props.placeholder
              : (shown?.text.text ?? props.placeholder)
          }
          data-picked={!many && shown ? 'yes' : undefined}
          value={open ? props.query : many ? '' : (shown?.text.text ?? '')}
          onInput={(event) => {
            props.onQuery(event.currentTarget.value);
            if (!open) onOpen(true);
          }}
          onClick={() => onOpen(true)}
          onKeyDown={key}
        />
        {props.clearable && shown && (
          <button
            type="button"
            class="chip-remove"
            aria-label={`Clear ${shown.text.text}`}
            onClick={() => props.onRemove(shown)}
          >
            <Icon name="close" size={14} />
          </button>
        )}
        {search.busy ? <span class="spinner" aria-hidden="true" /> : <Icon name="down" size={16} />}
      </div>
      {open && (
        <OptionList
          id={id}
          label={props.name}
          style={style}
          many={many}
          full={props.full}
          picked={picked}
          marked={marked}
          search={search}
          onPick={pick}
        />
      )}
    </div>
  );
}
