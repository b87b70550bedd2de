/** Hierarchy groups as people write them: by name, or by the path from the top level down. */

import { createNearest } from '../text/nearest.ts';
import { folded } from '../text/tidy.ts';
import { createNameIndex, groupBy, type NameMatch } from './name-index.ts';
import type { HierarchyGroup } from './new-user.ts';

export type GroupIndex = {
  byId(id: string): HierarchyGroup | undefined;
  /** `Tier 1`, `North / Sales / Tier 1`, `North|Sales|Tier 1`; `/ North` for the group at the top; `>` and `\\` separate as well. */
  match(text: string): NameMatch<HierarchyGroup>;
  /** The shortest text in the form of a path that means this group and no other. */
  textOf(group: HierarchyGroup): string;
};

const separator = ' / ';

/** Builds the look-ups over an instance's hierarchy groups. */
export function createGroupIndex(groups: readonly HierarchyGroup[]): GroupIndex {
  const byName = createNameIndex(groups, (group) => group.path.at(-1) ?? '');
  const byPath = groupBy(groups, (group) => pathKey(group.path));
  const textOf = (group: HierarchyGroup): string => {
    const text = group.path.join(separator);
    const aloneAtTop = group.path.length === 1 && byName.match(text).kind === 'several';
    return aloneAtTop ? `/ ${text}` : text;
  };
  const nearestPath = createNearest(groups.map(textOf));
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
      const nearest = nearestPath(text.split('|').join(separator)) ?? named.nearest;
      return { kind: 'none', ...(nearest !== undefined && { nearest }) };
    },
  };
}

/**
 * The ways to read a text as a path, the surest first: names may hold a slash themselves. No pattern takes the blanks around its
 * sign: the time of one that does grows with the square of the blanks.
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
