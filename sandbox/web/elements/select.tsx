import { useState } from 'preact/hooks';
import type { Option } from '../../api/interactions.ts';
import { useSurface } from '../blocks/surface.ts';
import { pickedIds, pickedOptions, sameOption, selectValue } from '../blocks/values.ts';
import { Combobox } from './combobox.tsx';
import type { ElementProps } from './field.ts';
import { useOptionSearch, useWorkspaceOptions } from './option-search.ts';
import { useConfirmed } from './use-confirmed.tsx';

/** Every select menu: static, external, people, conversations; one or many. */
export function Select({ block, element, field }: ElementProps<'select'>) {
  const surface = useSurface();
  const [query, setQuery] = useState('');
  const [open, setOpen] = useState(false);
  const spot = { block, element };
  const search = useOptionSearch(spot, query, open);
  const workspace = useWorkspaceOptions(element.source).flatMap((group) => group.options);
  const { ask, dialog } = useConfirmed(element.confirm);
  const value = surface.valueOf(spot);
  const byId = element.source === 'users' || element.source === 'conversations';
  const picked: Option[] = byId
    ? pickedIds(value).map(
        (id) =>
          workspace.find((place) => place.value === id) ?? {
            value: id,
            text: { type: 'plain_text', text: id },
          },
      )
    : pickedOptions(value);

  function take(after: Option[]): void {
    const ids = after.map((option) => option.value);
    ask(() => surface.change(spot, selectValue(element, after, ids), true));
  }

  return (
    <>
      <Combobox
        field={field}
        name={element.placeholder || 'Select an option'}
        placeholder={element.placeholder || 'Select an option'}
        actionId={element.actionId}
        many={element.many}
        full={element.maxSelected !== null && picked.length >= element.maxSelected}
        clearable={block.kind === 'input' && block.optional && !element.many}
        focusOnLoad={element.focusOnLoad}
        picked={picked}
        search={search}
        query={query}
        open={open}
        onQuery={setQuery}
        onOpen={(now) => {
          setOpen(now);
          if (!now) setQuery('');
        }}
        onPick={(option) => {
          if (!element.many) return take([option]);
          const has = picked.some((selected) => sameOption(selected, option));
          take(
            has ? picked.filter((selected) => !sameOption(selected, option)) : [...picked, option],
          );
        }}
        onRemove={(option) => take(picked.filter((selected) => !sameOption(selected, option)))}
      />
      {dialog}
    </>
  );
}
