import { emojiCharacter } from '../text/emoji.ts';
import { safeUrl } from '../text/mrkdwn.ts';
import type { Inline, Paragraph } from '../text/nodes.ts';
import { child, children, flag, number, type Raw, text } from './read.ts';

/** Converts a rich_text block to the same nodes as mrkdwn. Unknown elements become visible errors. */
export function readRichText(raw: Raw): Paragraph[] {
  return children(raw, 'elements').map((element): Paragraph => {
    switch (element.type) {
      case 'rich_text_section':
        return { kind: 'paragraph', children: inlines(element) };
      case 'rich_text_quote':
        return { kind: 'quote', children: inlines(element) };
      case 'rich_text_preformatted':
        return { kind: 'pre', children: inlines(element) };
      case 'rich_text_list':
        return {
          kind: 'list',
          ordered: element.style === 'ordered',
          start: (number(element, 'offset') ?? 0) + 1,
          indent: number(element, 'indent') ?? 0,
          items: children(element, 'elements').map(inlines),
        };
      default:
        return { kind: 'paragraph', children: [unknown(element)] };
    }
  });
}

function inlines(raw: Raw): Inline[] {
  return children(raw, 'elements').flatMap((element) => styled(element, leaf(element)));
}

function leaf(raw: Raw): Inline[] {
  switch (raw.type) {
    case 'text':
      return lines(text(raw, 'text') ?? '');
    case 'link': {
      const url = text(raw, 'url') ?? '';
      const words = lines(text(raw, 'text') ?? url);
      const safe = safeUrl(url);
      return safe ? [{ kind: 'link', url: safe, children: words }] : words;
    }
    case 'user':
      return [{ kind: 'user', id: text(raw, 'user_id') ?? '', label: null }];
    case 'channel':
      return [{ kind: 'channel', id: text(raw, 'channel_id') ?? '', label: null }];
    case 'usergroup':
      return [{ kind: 'usergroup', id: text(raw, 'usergroup_id') ?? '', label: null }];
    case 'broadcast':
      return [{ kind: 'broadcast', range: text(raw, 'range') ?? '' }];
    case 'emoji': {
      const name = text(raw, 'name') ?? '';
      const known = emojiCharacter(name) !== null;
      return [known ? { kind: 'emoji', name } : { kind: 'text', text: `:${name}:` }];
    }
    case 'date':
      return [
        {
          kind: 'date',
          seconds: number(raw, 'timestamp') ?? Number.NaN,
          format: text(raw, 'format') ?? '',
          url: safeUrl(text(raw, 'url') ?? ''),
          fallback: text(raw, 'fallback') ?? '',
        },
      ];
    default:
      return [unknown(raw)];
  }
}

function styled(raw: Raw, nodes: Inline[]): Inline[] {
  const style = child(raw, 'style');
  if (!style) return nodes;
  let result = nodes;
  if (flag(style, 'code')) result = [{ kind: 'code', children: result }];
  if (flag(style, 'strike')) result = [{ kind: 'strike', children: result }];
  if (flag(style, 'italic')) result = [{ kind: 'italic', children: result }];
  if (flag(style, 'bold')) result = [{ kind: 'bold', children: result }];
  return result;
}

function lines(words: string): Inline[] {
  return words
    .split('\n')
    .flatMap((line, index): Inline[] => [
      ...(index > 0 ? [{ kind: 'break' as const }] : []),
      ...(line === '' ? [] : [{ kind: 'text' as const, text: line }]),
    ]);
}

function unknown(raw: Raw): Inline {
  return { kind: 'text', text: `[cannot show rich text of type ${text(raw, 'type') ?? 'none'}]` };
}
