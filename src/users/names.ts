/** Finding what somebody meant by a name: exactly, but for its case and blanks, or nearly. */
import { folded } from './text.ts';

export type NameMatch<Item> =
  | { readonly kind: 'one'; readonly item: Item }
  | { readonly kind: 'several'; readonly items: readonly Item[] }
  | { readonly kind: 'none'; readonly nearest?: string };

export type NameIndex<Item> = {
  byId(id: string): Item | undefined;
  /** An exact name wins over one that differs in case or blanks. */
  match(name: string): NameMatch<Item>;
};

/**
 * Builds look-ups over what a directory offers. Asking is cheap and "did you mean" is worked out once for
 * each name that is wrong, so thousands of rows with the same mistake cost one search.
 */
export function createNameIndex<Item extends { readonly id: string }>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
): NameIndex<Item> {
  const byId = new Map(items.map((item) => [item.id, item]));
  const byName = groupBy(items, nameOf);
  const byFolded = groupBy(items, (item) => folded(nameOf(item)));
  const nearest = createNearest([...byName.keys()]);
  return {
    byId: (id) => byId.get(id),
    match: (name) => {
      const found = byName.get(name) ?? byFolded.get(folded(name)) ?? [];
      const [item] = found;
      if (item === undefined) {
        const near = nearest(name);
        return { kind: 'none', ...(near !== undefined && { nearest: near }) };
      }
      return found.length === 1 ? { kind: 'one', item } : { kind: 'several', items: found };
    },
  };
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

type Candidate = { readonly name: string; readonly text: string; readonly letters: number };

/** A file may hold as many wrong names as rows; past this the oldest answers are worked out again. */
const rememberedAtMost = 20_000;
/** Nothing this long is a slip of the fingers in a name. */
const longestCompared = 130;

/**
 * Answers "did you mean": the one candidate that is few slips away (a letter more, fewer, other, or two
 * swapped), or that begins with what was typed; undefined when none or when it would be a toss-up.
 */
export function createNearest(names: readonly string[]): (name: string) => string | undefined {
  const candidates: Candidate[] = names.map((name) => {
    const text = folded(name);
    return { name, text, letters: letterSet(text) };
  });
  const remembered = new Map<string, string | undefined>();
  return (name) => {
    const text = folded(name);
    if (text === '' || text.length > longestCompared) return undefined;
    if (remembered.has(text)) return remembered.get(text);
    if (remembered.size >= rememberedAtMost) remembered.clear();
    const found = nearestOf(text, candidates);
    remembered.set(text, found);
    return found;
  };
}

function nearestOf(text: string, candidates: readonly Candidate[]): string | undefined {
  const letters = letterSet(text);
  let best: string | undefined;
  let tied = false;
  let bestSlips = slipsAllowed(text.length) + 1;
  for (const candidate of candidates) {
    const bound = Math.min(bestSlips, slipsAllowed(text.length));
    if (Math.abs(candidate.text.length - text.length) > bound) continue;
    // One slip changes at most two members of the set, so this rules out nearly everything, cheaply.
    if (bitCount(candidate.letters ^ letters) > 2 * bound) continue;
    const slips = slipsBetween(text, candidate.text, bound);
    if (slips > bound || slips > bestSlips) continue;
    tied = slips === bestSlips;
    best = candidate.name;
    bestSlips = slips;
  }
  if (best !== undefined) return tied ? undefined : best;
  const completions = candidates.filter((it) => text.length >= 3 && it.text.startsWith(text));
  return completions.length === 1 ? completions[0]?.name : undefined;
}

function slipsAllowed(length: number): number {
  if (length <= 3) return 1;
  return length <= 8 ? 2 : 3;
}

function letterSet(text: string): number {
  let set = 0;
  for (let at = 0; at < text.length; at += 1) set |= 1 << (text.charCodeAt(at) & 31);
  return set;
}

function bitCount(bits: number): number {
  let rest = bits;
  let count = 0;
  while (rest !== 0) {
    rest &= rest - 1;
    count += 1;
  }
  return count;
}

/** Optimal string alignment distance, given up (as `bound + 1`) once it must exceed the bound. */
function slipsBetween(from: string, to: string, bound: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped =
        row > 1 &&
        column > 1 &&
        from[row - 1] === to[column - 2] &&
        from[row - 2] === to[column - 1];
      if (swapped) cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      current.push(cost);
      least = Math.min(least, cost);
    }
    if (least > bound) return bound + 1;
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? bound + 1;
}
