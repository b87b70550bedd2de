/** Options of menus for profiles and groups. */
import type { PlainTextOption } from '@slack/types';
import { plain } from './blocks.ts';

/** Slack's limit for an option's text and value is 75; this stays below it. */
const longestOption = 74;

/** An option for one profile or group; a longer name keeps its end, which distinguishes groups. */
export function pickable(id: string, name: string): PlainTextOption {
  const whole = name.trim() || '(no name)';
  // Slack counts UTF-16 units (a guess, the stricter one); one character less is better than half a surrogate pair.
  const end = whole.slice(1 - longestOption).replace(/^[\uDC00-\uDFFF]/, '');
  const text = whole.length > longestOption ? `…${end}` : whole;
  return { text: plain(text), value: id };
}

export function pathLabel(path: readonly string[]): string {
  return path.join(' / ');
}
