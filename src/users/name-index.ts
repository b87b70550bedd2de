/** Finds the item with a name: exactly, ignoring case and spaces, or approximately. */
import { createNearest } from '../text/nearest.ts';
import { folded } from '../text/tidy.ts';

export type NameMatch<Item> =
  | { readonly kind: 'one'; readonly item: Item }
  | { readonly kind: 'several'; readonly items: readonly Item[] }
  | { readonly kind: 'none'; readonly nearest?: string };

export type NameIndex<Item> = {
  byId(id: string): Item | undefined;
  /** An exact name has precedence over one that differs in case or spaces. */
  match(name: string): NameMatch<Item>;
};

/**
 * Builds look-ups over a directory. A look-up is cheap, and "did you mean" is computed once for each wrong name, so
 * thousands of rows with the same mistake cost one search.
 */
export function createNameIndex<Item extends { readonly id: string }>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
): NameIndex<Item> {
  const byId = new Map(items.map((item) => [item.id, item]));
  const byName = matches(groupBy(items, nameOf));
  const byFolded = matches(groupBy(items, (item) => folded(nameOf(item))));
  const nearest = createNearest([...byName.keys()]);
  return {
    byId: (id) => byId.get(id),
    match: (name) => {
      const found = byName.get(name) ?? byFolded.get(folded(name));
      if (found) return found;
      const near = nearest(name);
      return { kind: 'none', ...(near !== undefined && { nearest: near }) };
    },
  };
}

/** The results are created once, and not for every row with the same name. */
function matches<Item>(groups: ReadonlyMap<string, readonly Item[]>): Map<string, NameMatch<Item>> {
  return new Map(
    [...groups].map(([name, [item, ...more]]) => [
      name,
      item !== undefined && more.length === 0
        ? { kind: 'one', item }
        : { kind: 'several', items: groups.get(name) ?? [] },
    ]),
  );
}

export function groupBy<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
