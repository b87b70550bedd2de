/** Searches options by the text in a select: letters and their order count, case and accents do not. */

export type Searchable<Item> = (text: string, limit: number) => Item[];

type Entry<Item> = { readonly item: Item; readonly text: string };

/**
 * Prepares a search over names. Best first: names that begin with the text, then names with a word that does, then
 * names that contain it anywhere; within each group in alphabetical order. Without a text, all of them.
 */
export function createSearch<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
): Searchable<Item> {
  const collator = new Intl.Collator('en', { numeric: true });
  const entries: Entry<Item>[] = [...items]
    .sort((left, right) => collator.compare(nameOf(left), nameOf(right)))
    .map((item) => ({ item, text: searchable(nameOf(item)) }));
  return (typed, limit) => {
    const text = searchable(typed);
    const ranks: Item[][] = [[], [], []];
    for (const entry of entries) {
      const rank = rankOf(entry.text, text);
      if (rank !== undefined) ranks[rank]?.push(entry.item);
    }
    return ranks.flat().slice(0, limit);
  };
}

function rankOf(name: string, text: string): 0 | 1 | 2 | undefined {
  if (name.startsWith(text)) return 0;
  if (name.includes(` ${text}`)) return 1;
  return name.includes(text) ? 2 : undefined;
}

/** Letters and digits only, without accents, words one space apart. */
function searchable(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
