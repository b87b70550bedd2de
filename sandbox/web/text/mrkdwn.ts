import { emojiCharacter } from './emoji.ts';
import type { Inline, Paragraph } from './nodes.ts';

/**
 * Parses Slack's mrkdwn to nodes (docs: "Formatting message text"). Lists stay text, as in Slack. Control sequences
 * (`<@U1>`, `<url|label>`) are parsed before formatting characters, so that a label cannot open formatting that ends
 * outside it. The boundary rules for formatting characters follow the behavior of the Slack client [G].
 */
export function parseMrkdwn(text: string, options: { verbatim?: boolean } = {}): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  const link = options.verbatim !== true;
  const parts = text.split('```');
  // An opening fence without a closing one is three backticks, not a block to the end of the message.
  if (parts.length % 2 === 0) {
    const rest = parts.pop() ?? '';
    parts.push(`${parts.pop() ?? ''}\`\`\`${rest}`);
  }
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 1) {
      paragraphs.push({ kind: 'pre', children: plainInline(part.replace(/^\n|\n$/g, '')) });
    } else {
      // The line ends beside a fence belong to the fence.
      let trimmed = index > 0 ? part.replace(/^\n/, '') : part;
      if (index < parts.length - 1) trimmed = trimmed.replace(/\n$/, '');
      if (trimmed !== '' || parts.length === 1) paragraphs.push(...parseLines(trimmed, link));
    }
  }
  return paragraphs;
}

function parseLines(text: string, link: boolean): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  for (const line of text.split('\n')) {
    const quote = /^(?:&gt;|>)\s?(.*)$/s.exec(line);
    const kind = quote ? 'quote' : 'paragraph';
    const children = parseInline(quote ? (quote[1] ?? '') : line, link);
    const last = paragraphs.at(-1);
    if (last && last.kind === kind) last.children.push({ kind: 'break' }, ...children);
    else paragraphs.push({ kind, children });
  }
  return paragraphs;
}

const marks = { '*': 'bold', _: 'italic', '~': 'strike' } as const;

/** One line of mrkdwn. */
export function parseInline(text: string, link = true): Inline[] {
  const nodes: Inline[] = [];
  let plain = '';
  const flush = () => {
    if (plain !== '') nodes.push(...textNodes(plain, link));
    plain = '';
  };
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === '<') {
      const end = text.indexOf('>', at);
      const node = end > at ? controlSequence(text.slice(at + 1, end)) : null;
      if (node) {
        flush();
        nodes.push(node);
        at = end + 1;
        continue;
      }
    } else if (character === '`') {
      const end = text.indexOf('`', at + 1);
      if (end > at + 1) {
        flush();
        nodes.push({ kind: 'code', children: plainInline(text.slice(at + 1, end)) });
        at = end + 1;
        continue;
      }
    } else if (character === '*' || character === '_' || character === '~') {
      const end = closingMark(text, at);
      if (end !== null) {
        flush();
        nodes.push({
          kind: marks[character],
          children: parseInline(text.slice(at + 1, end), link),
        });
        at = end + 1;
        continue;
      }
    }
    plain += character;
    at += 1;
  }
  flush();
  return nodes;
}

/** Where the formatting that opens at `at` closes, or null when it opens nothing. */
function closingMark(text: string, at: number): number | null {
  const mark = text.charAt(at);
  if (/[\p{L}\p{N}]/u.test(text.charAt(at - 1)) || /^(?:\s|$)/.test(text.charAt(at + 1)))
    return null;
  if (text.charAt(at + 1) === mark) return null;
  for (let end = at + 2; end < text.length; end += 1) {
    const character = text.charAt(end);
    if (character === '<') {
      // A formatting character inside a link's URL does not close anything.
      const close = text.indexOf('>', end);
      if (close > end) end = close;
      continue;
    }
    if (character !== mark) continue;
    if (/\s/.test(text.charAt(end - 1)) || /[\p{L}\p{N}]/u.test(text.charAt(end + 1))) continue;
    return end;
  }
  return null;
}

function controlSequence(inner: string): Inline | null {
  const bar = inner.indexOf('|');
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? null : decode(inner.slice(bar + 1));
  if (/^@[UWB]\w+$/.test(target)) return { kind: 'user', id: target.slice(1), label };
  if (/^#[CGD]\w+$/.test(target)) return { kind: 'channel', id: target.slice(1), label };
  if (/^!subteam\^\w+$/.test(target)) return { kind: 'usergroup', id: target.slice(9), label };
  const range = /^!(here|channel|everyone)$/.exec(target)?.[1];
  if (range) return { kind: 'broadcast', range };
  const date = /^!date\^(\d+)\^([^^]*)(?:\^(.+))?$/.exec(target);
  if (date) {
    return {
      kind: 'date',
      seconds: Number(date[1]),
      format: date[2] ?? '',
      url: date[3] ? safeUrl(decode(date[3])) : null,
      fallback: label ?? '',
    };
  }
  const url = safeUrl(decode(target));
  if (url) return { kind: 'link', url, children: plainInline(label ?? target) };
  return null;
}

/** Only URL schemes that a browser can open without executing code. */
export function safeUrl(url: string): string | null {
  return /^(?:https?:\/\/|mailto:|tel:)/i.test(url) ? url : null;
}

/** Slack's three escapes, and no other entities. */
export function decode(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Text in which nothing is formatting: code and labels. */
function plainInline(text: string): Inline[] {
  const nodes: Inline[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (index > 0) nodes.push({ kind: 'break' });
    if (line !== '') nodes.push({ kind: 'text', text: decode(line) });
  }
  return nodes;
}

function textNodes(text: string, link: boolean): Inline[] {
  const nodes: Inline[] = [];
  const pattern = /:([a-z0-9_+'-]+):|(https?:\/\/[^\s<>|]+[^\s<>|.,:;!?)\]'"*_~])/g;
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    const [whole, name, url] = match;
    const node: Inline | null =
      name !== undefined && emojiCharacter(name) !== null
        ? { kind: 'emoji', name }
        : url !== undefined && link
          ? { kind: 'link', url: decode(url), children: [{ kind: 'text', text: decode(url) }] }
          : null;
    if (!node) continue;
    if (match.index > from)
      nodes.push({ kind: 'text', text: decode(text.slice(from, match.index)) });
    nodes.push(node);
    from = match.index + whole.length;
  }
  if (from < text.length) nodes.push({ kind: 'text', text: decode(text.slice(from)) });
  return nodes;
}

/** plain_text: emoji names become emoji (unless `emoji` is false), everything else is shown as written. */
export function parsePlain(text: string, emoji = true): Inline[] {
  const nodes: Inline[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (index > 0) nodes.push({ kind: 'break' });
    if (!emoji) {
      nodes.push({ kind: 'text', text: line });
      continue;
    }
    let from = 0;
    for (const match of line.matchAll(/:([a-z0-9_+'-]+):/g)) {
      const name = match[1] ?? '';
      if (emojiCharacter(name) === null) continue;
      if (match.index > from) nodes.push({ kind: 'text', text: line.slice(from, match.index) });
      nodes.push({ kind: 'emoji', name });
      from = match.index + match[0].length;
    }
    if (from < line.length) nodes.push({ kind: 'text', text: line.slice(from) });
  }
  return nodes;
}
