/** Names that people use instead of the names in an instance, which an admin had remembered. Pure. */
import { folded } from '../text/tidy.ts';
import type { DirectoryView } from './context.ts';
import type { NameMatch } from './name-index.ts';

export type Alias = {
  readonly field: 'routingProfile' | 'securityProfiles' | 'hierarchyGroup';
  /** As it was written in a file; case and spaces do not count. */
  readonly name: string;
  /** The profile or group that it means. */
  readonly id: string;
};

/** The look-ups extended with these names. The instance's own names always have precedence. */
export function withAliases<View extends DirectoryView>(
  view: View,
  aliases: readonly Alias[] | undefined,
): View {
  if (!aliases || aliases.length === 0) return view;
  const of = (field: Alias['field']) =>
    new Map(
      aliases
        .filter((alias) => alias.field === field)
        .map((alias) => [folded(alias.name), alias.id] as const),
    );
  return {
    ...view,
    routingProfiles: aliased(view.routingProfiles, of('routingProfile')),
    securityProfiles: aliased(view.securityProfiles, of('securityProfiles')),
    hierarchyGroups: aliased(view.hierarchyGroups, of('hierarchyGroup')),
  };
}

type Index<Item> = { byId(id: string): Item | undefined; match(name: string): NameMatch<Item> };

function aliased<Item, Whole extends Index<Item>>(
  index: Whole & Index<Item>,
  ids: ReadonlyMap<string, string>,
): Whole {
  const match = (name: string): NameMatch<Item> => {
    const found = index.match(name);
    const id = found.kind === 'none' ? ids.get(folded(name)) : undefined;
    const item = id === undefined ? undefined : index.byId(id);
    return item === undefined ? found : { kind: 'one', item };
  };
  return { ...index, match };
}
