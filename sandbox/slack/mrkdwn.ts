/** Slack's escaping of typed text, and the people whom a text notifies. */
import { isObject } from './json.ts';

export type Mention = { kind: 'user' | 'usergroup' | 'broadcast'; target: string };

const control = /<(@[UW][A-Z0-9]+|!subteam\^[A-Z0-9]+|!(?:channel|here|everyone))(?:\|[^>]*)?>/g;

/** All people whom Slack would notify for this text, in order and without duplicates. */
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
 * The mentions in a message by an app: in its text, and in the mrkdwn and rich text of its blocks; `plain_text` never
 * mentions. That the text also counts when there are blocks is a guess, and the stricter one.
 */
export function mentionsOfMessage(text: string, blocks: unknown[]): Mention[] {
  const found = [text, ...blocks.flatMap(mrkdwnTexts)].flatMap(mentionsIn);
  const unique = new Map(found.map((mention) => [`${mention.kind} ${mention.target}`, mention]));
  return [...unique.values()];
}

/** The same in the recorder's format: ids, and `!channel`, `!here`, `!everyone`. */
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

/** The people and channels that a typed `@name` or `#name` can refer to. */
export type Names = {
  people: ReadonlyMap<string, string>;
  channels: ReadonlyMap<string, string>;
  usergroups: ReadonlyMap<string, string>;
};

/**
 * Converts typed text to the form that Slack stores: `&`, `<` and `>` are escaped, and names chosen from the
 * composer's list become ids. A literal `<@U…>` of an existing person is treated as chosen from that list. This
 * differs from Slack, for the convenience of callers without a composer.
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
