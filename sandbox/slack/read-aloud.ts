/**
 * The text of a message for people who do not see it. A screen reader reads the top-level `text` and not the blocks;
 * without it, Slack derives a text from the blocks (docs: accessibility of messages). A phone's notification shows
 * only the `text` (docs: chat.postMessage).
 */
import { isObject, listOf, textOf } from './json.ts';
import { limits } from './limits.ts';
import type { StoredMessage } from './messages.ts';
import type { World } from './world.ts';

export type Heard = { screenReader: string; notification: string };

export function heardOf(world: World, { text, blocks }: StoredMessage): Heard {
  const words = spoken(world, text);
  const read = words === '' ? blocks.map((block) => blockWords(world, block)).join('\n') : words;
  return { screenReader: read.trim(), notification: cut(words === '' ? noWords : words) };
}

/** Slack's default text when an app provided none (seen). */
const noWords = "This content can't be displayed.";

function cut(text: string): string {
  const { max } = limits.notificationText;
  return text.length > max ? `${text.slice(0, max - 1)}…` : text;
}

/** mrkdwn as it is spoken: names for ids, labels for links, and no formatting characters. */
function spoken(world: World, text: string): string {
  const words = text
    .replace(/<([^<>]*)>/g, (_all, inside: string) => controlWords(world, inside))
    .replace(/(?<![\w*_~`])([*_~`]{1,3})(?=\S)([^\n]*?\S)\1(?![\w*_~`])/g, '$2')
    .replace(/:([a-z0-9_+-]+):/g, (_all, name: string) => name.replaceAll('_', ' '));
  return words.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').trim();
}

function controlWords(world: World, inside: string): string {
  const bar = inside.indexOf('|');
  const label = bar < 0 ? undefined : inside.slice(bar + 1);
  const target = bar < 0 ? inside : inside.slice(0, bar);
  if (target.startsWith('@')) {
    return `@${world.roster.get(target.slice(1))?.realName ?? label ?? target.slice(1)}`;
  }
  if (target.startsWith('#')) {
    return `#${world.channels.get(target.slice(1))?.name ?? label ?? target.slice(1)}`;
  }
  const group = /^!subteam\^(.+)$/.exec(target)?.[1];
  if (group !== undefined) {
    const known = world.roster.usergroups().find(({ id }) => id === group);
    return `@${known?.handle ?? label ?? group}`;
  }
  if (/^!(here|channel|everyone)$/.test(target)) return `@${target.slice(1)}`;
  return label ?? target;
}

/** The text members of a block, in order. */
function blockWords(world: World, value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => blockWords(world, item)).join(' ');
  if (!isObject(value)) return '';
  const own = textOf(value.text);
  if (own !== undefined) return value.type === 'mrkdwn' ? spoken(world, own) : own;
  if (value.type === 'user') return controlWords(world, `@${textOf(value.user_id) ?? ''}`);
  const members = [value.text, value.fields, value.title, value.caption, value.rows];
  const parts = [...members, value.elements, value.accessory, value.alt_text, value.label];
  return parts
    .flatMap((part) => (textOf(part) !== undefined ? [textOf(part)] : listOf([part])))
    .map((part) => (typeof part === 'string' ? part : blockWords(world, part)))
    .filter((part) => part !== '')
    .join(' ');
}
