import type { Wire, WireEntry } from '../../api/wire.ts';

/** How many entries the page keeps; the server has the others. */
const keptEntries = 2000;

/** Newer entries over those that are shown; an entry that has ended takes the place of itself under way. */
export function mergeWire(shown: readonly WireEntry[], wire: Wire): WireEntry[] {
  const fresh = new Map(wire.entries.map((entry) => [entry.seq, entry]));
  const known = shown.map((entry) => fresh.get(entry.seq) ?? entry);
  const last = shown.at(-1)?.seq ?? -1;
  return [...known, ...wire.entries.filter((entry) => entry.seq > last)].slice(-keptEntries);
}

/** From where to ask again: before the oldest entry that is still under way. */
export function wireCursor(shown: readonly WireEntry[]): number {
  const pending = shown.slice(-200).find((entry) => entry.status === null);
  return pending ? pending.seq - 1 : (shown.at(-1)?.seq ?? 0);
}

/** Entries of a kind that hold all the words, newest first. */
export function matchingEntries(
  entries: readonly WireEntry[],
  kind: string,
  query: string,
): WireEntry[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return entries
    .filter((entry) => {
      if (kind === 'errors' ? entry.ok !== false : kind !== 'all' && entry.kind !== kind)
        return false;
      if (words.length === 0) return true;
      const text = JSON.stringify(entry).toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .reverse();
}
