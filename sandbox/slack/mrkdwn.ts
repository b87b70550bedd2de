/** Slack's escaping of what people type, and whom a text would notify. */
import { isObject } from './json.ts';

export type Mention = { kind: 'user' | 'usergroup' | 'broadcast'; target: string };

const control = /<(@[UW][A-Z0-9]+|!subteam\^[A-Z0-9]+|!(?:channel|here|everyone))(?:\|[^>]*)?>/g;

/** Everybody that Slack would notify for this text, in order, without repeats. */
export function mentionsIn(text: string): Mention[] {
  const found = new Map<string, Mention>();
  for (const [, name = ''] of text.matchAll(control)) {
    if (name.startsWith('@')) found.set(name, { kind: 'user', target: name.slice(1) });
    else if (name.startsWith('!subteam^')) {
      found.set(name, { kind: 'usergroup', target: name.slice('!subteam^'.length) });
    } else found.set(name, { kind: 'broadcast', target: name.slice(1) });
  }
  return [...found.values()];
}

/**
 * Mentions of a message by an app: its text, and the mrkdwn and rich text of its blocks; `plain_text` never
 * mentions. That the text counts beside blocks is a guess, and the stricter one.
 */
export function mentionsOfMessage(text: string, blocks: unknown[]): Mention[] {
  const found = [text, ...blocks.flatMap(mrkdwnTexts)].flatMap(mentionsIn);
  const unique = new Map(found.map((mention) => [`${mention.kind} ${mention.target}`, mention]));
  return [...unique.values()];
}

/** The same as the recorder shows them: ids, and `!channel`, `!here`, `!everyone`. */
export function mentionNames(text: string, blocks: unknown[]): string[] {
  return mentionsOfMessage(text, blocks).map(({ kind, target }) =>
    kind === 'broadcast' ? `!${target}` : target,
  );
}

function mrkdwnTexts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnTexts);
  if (!isObject(value)) return [];
  if ((value.type === 'mrkdwn' || value.type === 'markdown') && typeof value.text === 'string') {
    return [value.text];
  }
  if (value.type === 'user') return [`<@${value.user_id}>`];
  if (value.type === 'usergroup') return [`<!subteam^${value.usergroup_id}>`];
  if (value.type === 'broadcast') return [`<!${value.range}>`];
  return Object.values(value).flatMap(mrkdwnTexts);
}

export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Who a typed `@name` or `#name` could mean. */
export type Names = {
  people: ReadonlyMap<string, string>;
  channels: ReadonlyMap<string, string>;
  usergroups: ReadonlyMap<string, string>;
};

/**
 * What a person typed, as Slack stores it: `&`, `<` and `>` escaped, names picked from the composer's
 * list turned into ids. A literal `<@U…>` of somebody who exists counts as picked from that list; that
 * is this sandbox's convenience for callers without a composer, not Slack's behavior.
 */
export function typedText(text: string, names: Names): string {
  const ids = new Set(names.people.values());
  return text
    .split(/(<@[UW][A-Z0-9]+>)/)
    .map((part) => {
      const literal = /^<@([UW][A-Z0-9]+)>$/.exec(part)?.[1];
      return literal && ids.has(literal) ? part : withNames(escapeText(part), names);
    })
    .join('');
}

function withNames(text: string, names: Names): string {
  return text.replace(/(^|[\s(])([@#])([a-z0-9][a-z0-9._-]*)/gi, (all, before, sign, word) => {
    const name = String(word).replace(/[.]+$/, '').toLowerCase();
    const rest = String(word).slice(name.length);
    if (sign === '#') {
      const channel = names.channels.get(name);
      return channel ? `${before}<#${channel}|${name}>${rest}` : all;
    }
    if (['channel', 'here', 'everyone'].includes(name)) return `${before}<!${name}>${rest}`;
    const person = names.people.get(name);
    if (person) return `${before}<@${person}>${rest}`;
    const group = names.usergroups.get(name);
    return group ? `${before}<!subteam^${group}>${rest}` : all;
  });
}
