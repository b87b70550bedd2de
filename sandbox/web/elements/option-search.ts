import { useEffect, useState } from 'preact/hooks';
import type { Option } from '../../api/interactions.ts';
import type { OptionGroup } from '../blocks/element-model.ts';
import { type Spot, useSurface } from '../blocks/surface.ts';
import { useApp } from '../state/context.ts';
import type { ElementProps } from './field.ts';

export type Search = { groups: OptionGroup[]; busy: boolean; says: string | null };

/** Slack waits for a pause in typing before it queries an app, instead of a query for each key. */
const debounceMs = 250;

/** The options of a select that match the typed text; an external select queries the bot. */
export function useOptionSearch(
  spot: Spot & { element: ElementProps<'select'>['element'] },
  query: string,
  open: boolean,
): Search {
  const { element } = spot;
  const external = useExternalOptions(spot, query, open && element.source === 'external');
  const workspace = useWorkspaceOptions(element.source);
  if (element.source === 'external') return external;
  const groups = filterGroups(element.source === 'static' ? element.groups : workspace, query);
  return { groups, busy: false, says: groups.length === 0 ? 'No matches' : null };
}

/** Groups with only the options whose text or description contains the words; empty groups are removed. */
export function filterGroups(groups: readonly OptionGroup[], query: string): OptionGroup[] {
  const wanted = query.trim().toLowerCase();
  return groups
    .map((group) => ({
      ...group,
      options: group.options.filter((option) =>
        `${option.text.text} ${option.description?.text ?? ''}`.toLowerCase().includes(wanted),
      ),
    }))
    .filter((group) => group.options.length > 0);
}

function useExternalOptions(
  spot: Spot & { element: ElementProps<'select'>['element'] },
  query: string,
  active: boolean,
): Search {
  const surface = useSurface();
  const [search, setSearch] = useState<Search>({ groups: [], busy: false, says: null });
  const { minQueryLength, actionId } = spot.element;
  // Each rendering creates a new object for the position; its ids identify it.
  useEffect(() => {
    if (!active) {
      // A request that was pending when the list closed is ignored.
      setSearch((before) => (before.busy ? { ...before, busy: false } : before));
      return;
    }
    if (query.length < minQueryLength) {
      const more = minQueryLength - query.length;
      const says = `Type ${more} more ${more === 1 ? 'character' : 'characters'} to search`;
      setSearch({ groups: [], busy: false, says });
      return;
    }
    let current = true;
    setSearch((before) => ({ ...before, busy: true, says: null }));
    const timer = setTimeout(
      async () => {
        const answer = await surface.suggest(spot, query);
        if (!current) return;
        const groups: OptionGroup[] =
          answer.groups.length > 0 ? answer.groups : [{ label: null, options: answer.options }];
        const found = groups.filter((group) => group.options.length > 0);
        const says =
          answer.outcome !== 'ok'
            ? 'The app did not answer with options. Try again?'
            : found.length === 0
              ? 'No matches'
              : null;
        setSearch({ groups: found, busy: false, says });
      },
      query === '' ? 0 : debounceMs,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [active, query, minQueryLength, spot.block.blockId, actionId]);
  return search;
}

/** People or conversations as options; the value is the id. */
export function useWorkspaceOptions(source: string): OptionGroup[] {
  const workspace = useApp((state) => state.workspace);
  const option = (value: string, text: string, description?: string): Option => ({
    value,
    text: { type: 'plain_text', text },
    ...(description ? { description: { type: 'plain_text', text: description } } : {}),
  });
  if (source === 'users') {
    const people = workspace?.people.filter((person) => !person.deleted && !person.isBot) ?? [];
    const options = people.map((person) => option(person.id, person.realName, `@${person.name}`));
    return [{ label: null, options }];
  }
  if (source === 'conversations') {
    const channels = workspace?.channels ?? [];
    const name = (kind: string, text: string) => (kind === 'im' ? text : `#${text}`);
    const options = channels.map((channel) => option(channel.id, name(channel.kind, channel.name)));
    return [{ label: null, options }];
  }
  return [];
}
