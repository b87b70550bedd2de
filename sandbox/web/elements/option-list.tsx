import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Option } from '../../api/interactions.ts';
import { sameOption } from '../blocks/values.ts';
import { Plain } from '../text/formatted.tsx';
import type { FloatingStyle } from '../ui/floating.ts';
import { Icon } from '../ui/icon.tsx';
import type { Search } from './option-search.ts';

/** The list under a combobox. Rows are ids `${id}-${index}` over all groups. */
export function OptionList(props: {
  id: string;
  label: string;
  style: FloatingStyle;
  many: boolean;
  full: boolean;
  picked: Option[];
  marked: number;
  search: Search;
  onPick: (option: Option) => void;
}) {
  const { id, search, marked } = props;
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    list.current?.querySelector('[data-marked]')?.scrollIntoView({ block: 'nearest' });
  }, [marked, search.groups]);
  let row = -1;
  return (
    <div class="listbox" style={props.style}>
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        tabIndex={-1}
        aria-label={props.label}
        aria-multiselectable={props.many || undefined}
        aria-busy={search.busy}
        // Pressing a row must not take the focus out of the text box.
        onMouseDown={(event) => event.preventDefault()}
      >
        {search.groups.map((group, index) => (
          <fieldset
            key={group.label ?? index}
            {...(group.label === null ? {} : { 'aria-labelledby': `${id}-group-${index}` })}
          >
            {group.label !== null && (
              <div class="listbox-group" id={`${id}-group-${index}`} role="presentation">
                {group.label}
              </div>
            )}
            {group.options.map((option) => {
              row += 1;
              const here = row;
              const picked = props.picked.some((selected) => sameOption(selected, option));
              return (
                <div
                  key={option.value}
                  id={`${id}-${here}`}
                  role="option"
                  tabIndex={-1}
                  class="listbox-option"
                  aria-selected={picked}
                  aria-disabled={(props.full && !picked) || undefined}
                  data-marked={here === marked || undefined}
                  onClick={() => props.onPick(option)}
                  onKeyDown={() => undefined}
                >
                  <span>
                    <Plain text={option.text.text} emoji={option.text.emoji !== false} />
                    {option.description && (
                      <span class="choice-detail">
                        <Plain text={option.description.text} />
                      </span>
                    )}
                  </span>
                  {picked && <Icon name="check" size={16} />}
                </div>
              );
            })}
          </fieldset>
        ))}
      </div>
      <div class="listbox-says" role="status">
        {search.busy && search.groups.length === 0
          ? 'Searching …'
          : props.full
            ? 'No more can be picked'
            : search.says}
      </div>
    </div>
  );
}
