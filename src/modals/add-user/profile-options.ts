/** The options of the form's menus: recently chosen ones first, profiles that manage users marked and last. */
import type { PlainTextOption } from '@slack/types';
import { plain } from '../blocks.ts';
import { pickable } from '../directory-options.ts';

export type MenuItem = {
  readonly id: string;
  readonly name: string;
  /** "can manage users", where that is known. */
  readonly management?: string | null | undefined;
};

/**
 * Sorts and labels the options of a menu.
 *
 * @param items the results of the search, best first
 * @param recent ids that the person chose recently, the latest first
 * @param typed the text typed into the menu; with it the order of the search is kept
 */
export function menuOptions(
  items: readonly MenuItem[],
  recent: readonly string[],
  typed: string,
): PlainTextOption[] {
  const rank = (item: MenuItem) => {
    const at = recent.indexOf(item.id);
    if (at >= 0) return at;
    return recent.length + Number(Boolean(item.management));
  };
  const ordered =
    typed.trim() === '' ? items.toSorted((left, right) => rank(left) - rank(right)) : items;
  return ordered.map(({ id, name, management }) => ({
    ...pickable(id, name),
    ...(management ? { description: plain(`⚠️ ${management}`) } : {}),
  }));
}
