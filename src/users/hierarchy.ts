/** Hierarchy groups as people write them: by name, or by the path from the top level down. */

import { createNearest } from '../text/nearest.ts';
import { folded } from '../text/tidy.ts';
import { createNameIndex, groupBy, type NameMatch } from './name-index.ts';
import type { HierarchyGroup } from './new-user.ts';

export type GroupIndex = {
  byId(id: string): HierarchyGroup | undefined;
  /**
   * `Tier 1`, `North / Sales / Tier 1`, `North|Sales|Tier 1`; `/ North` for the group at the top; `>` and `\\` are
   * separators as well.
   */
  match(text: string): NameMatch<HierarchyGroup>;
  /** The shortest path that means only this group. */
  textOf(group: HierarchyGroup): string;
};

const separator = ' / ';

/** Builds the look-ups over an instance's hierarchy groups. */
export function createGroupIndex(groups: readonly HierarchyGroup[]): GroupIndex {
  const byName = createNameIndex(groups, (group) => group.path.at(-1) ?? '');
  const byPath = groupBy(groups, (group) => pathKey(group.path));
  const written = (group: HierarchyGroup): string => {
    const text = group.path.join(separator);
    const aloneAtTop = group.path.length === 1 && byName.match(text).kind === 'several';
    return aloneAtTop ? `/ ${text}` : text;
  };
  const texts = new Map(groups.map((group) => [group, written(group)]));
  const textOf = (group: HierarchyGroup): string => texts.get(group) ?? written(group);
  const nearestPath = createNearest([...texts.values()]);
  const guessed = createPathGuess(groups);
  return {
    byId: byName.byId,
    textOf,
    match: (text) => {
      const named = byName.match(text);
      if (named.kind !== 'none') return named;
      const found = new Set(readings(text).flatMap((path) => byPath.get(pathKey(path)) ?? []));
      const [item, ...more] = found;
      if (item)
        return more.length === 0 ? { kind: 'one', item } : { kind: 'several', items: [...found] };
      const guesses = guessed(text);
      if (guesses.length > 1) return { kind: 'several', items: guesses };
      const [guess] = guesses;
      if (guess) return { kind: 'none', nearest: textOf(guess) };
      const nearest = nearestPath(text.split('|').join(separator)) ?? named.nearest;
      return { kind: 'none', ...(nearest !== undefined && { nearest }) };
    },
  };
}

/**
 * The ways to read a text as a path, the most certain first, because names can contain a slash themselves. No pattern
 * matches the spaces around its sign, because its time would grow with the square of the number of spaces.
 */
function readings(text: string): string[][] {
  const separators = [/\|/, /\s\/\s|^\/\s/u, /\//, /[>»→›]/u, /\\/, /::/];
  return [[text], ...separators.map((separator) => text.split(separator))].map((parts) =>
    parts.map((part) => part.trim()).filter((part) => part !== ''),
  );
}

function pathKey(path: readonly string[]): string {
  return path.map(folded).join(separator);
}

/** A file can contain as many wrong paths as rows; above this number the results are computed again. */
const rememberedAtMost = 20_000;
const mostLevels = 5;
const longestText = 1_000;

/** The signs that people put between the levels of a path, in either direction. */
const signs = /\s-\s|::|[|/\\<>»«→←›‹,;]/u;

/**
 * The groups that an unknown path could mean: from the group upwards, with a level left out, or with other signs.
 * Each text is computed once.
 */
function createPathGuess(
  groups: readonly HierarchyGroup[],
): (text: string) => readonly HierarchyGroup[] {
  const known = groups.map((group) => ({ group, path: group.path.map(folded) }));
  const remembered = new Map<string, readonly HierarchyGroup[]>();
  const guess = (text: string): readonly HierarchyGroup[] => {
    const parts = text.split(signs).flatMap((part) => folded(part) || []);
    if (parts.length < 2 || parts.length > mostLevels) return [];
    const ways = [parts, parts.toReversed()];
    for (const isSuch of [isPath, isPathWithGaps]) {
      const found = known.filter(({ path }) => ways.some((way) => isSuch(way, path)));
      if (found.length > 0) return found.map(({ group }) => group);
    }
    return [];
  };
  return (text) => {
    if (text.length > longestText) return [];
    const before = remembered.get(text);
    if (before) return before;
    if (remembered.size >= rememberedAtMost) remembered.clear();
    const found = guess(text);
    remembered.set(text, found);
    return found;
  };
}

function isPath(parts: readonly string[], path: readonly string[]): boolean {
  return parts.length === path.length && parts.every((part, at) => part === path[at]);
}

/** Whether a path has these levels in this order, and ends with the last of them. */
function isPathWithGaps(parts: readonly string[], path: readonly string[]): boolean {
  if (parts.at(-1) !== path.at(-1)) return false;
  let at = 0;
  for (const level of path) if (level === parts[at]) at += 1;
  return at === parts.length;
}
