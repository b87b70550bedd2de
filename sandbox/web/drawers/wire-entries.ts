import type { Wire, WireEntry } from '../../api/wire.ts';

/** How many entries the page keeps; the server keeps more. */
const keptEntries = 2000;

/** Merges newer entries into the displayed ones; a finished entry replaces its unfinished version. */
export function mergeWire(shown: readonly WireEntry[], wire: Wire): WireEntry[] {
  const fresh = new Map(wire.entries.map((entry) => [entry.seq, entry]));
  const known = shown.map((entry) => fresh.get(entry.seq) ?? entry);
  const last = shown.at(-1)?.seq ?? -1;
  return [...known, ...wire.entries.filter((entry) => entry.seq > last)].slice(-keptEntries);
}

/** The position for the next request: before the oldest entry that is still in progress. */
export function wireCursor(shown: readonly WireEntry[]): number {
  const pending = shown.slice(-200).find((entry) => entry.status === null);
  return pending ? pending.seq - 1 : (shown.at(-1)?.seq ?? 0);
}

/** Entries of a kind that contain all the words, newest first. */
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
