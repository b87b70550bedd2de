import { emojiCharacter } from './emoji.ts';
import { safeUrl } from './mrkdwn.ts';
import type { Inline, Paragraph } from './nodes.ts';

/**
 * Parses the standard Markdown of Slack's `markdown` block: headings, lists, quotes, fences, rules, tables, and
 * inline formatting. HTML stays text.
 */
export function parseMarkdown(text: string): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  const lines = text.split('\n');
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const fence = /^\s*```/.test(line);
    if (fence) {
      const end = lines.findIndex(
        (candidate, index) => index > at && /^\s*```\s*$/.test(candidate),
      );
      const stop = end < 0 ? lines.length : end;
      const code = lines.slice(at + 1, stop).join('\n');
      paragraphs.push({ kind: 'pre', children: withBreaks(code) });
      at = stop + 1;
      continue;
    }
    if (isTableHead(line, lines[at + 1])) {
      const head = cells(line);
      const rows: Inline[][][] = [];
      at += 2;
      while ((lines[at] ?? '').includes('|')) {
        rows.push(cells(lines[at] ?? ''));
        at += 1;
      }
      paragraphs.push({ kind: 'grid', head, rows });
      continue;
    }
    at += 1;
    addLine(paragraphs, line);
  }
  return paragraphs;
}

function addLine(paragraphs: Paragraph[], line: string): void {
  const last = paragraphs.at(-1);
  const heading = /^(#{1,6})\s+(.*)$/.exec(line);
  const item = /^(\s*)(?:[-*+]|(\d+)[.)])\s+(.*)$/.exec(line);
  const quote = /^>\s?(.*)$/.exec(line);
  if (line.trim() === '') {
    // An empty paragraph represents the gap; the next line starts a new one.
    if (last && !(last.kind === 'paragraph' && last.children.length === 0)) {
      paragraphs.push({ kind: 'paragraph', children: [] });
    }
  } else if (heading) {
    paragraphs.push({
      kind: 'heading',
      level: heading[1]?.length ?? 1,
      children: parseMarkdownInline(heading[2] ?? ''),
    });
  } else if (/^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/.test(line)) {
    paragraphs.push({ kind: 'rule' });
  } else if (item) {
    const ordered = item[2] !== undefined;
    const indent = Math.floor((item[1] ?? '').length / 2);
    const children = parseMarkdownInline(item[3] ?? '');
    if (last?.kind === 'list' && last.ordered === ordered && last.indent === indent) {
      last.items.push(children);
    } else {
      const start = ordered ? Number(item[2]) : 1;
      paragraphs.push({ kind: 'list', ordered, start, indent, items: [children] });
    }
  } else {
    const kind = quote ? 'quote' : 'paragraph';
    const children = parseMarkdownInline(quote ? (quote[1] ?? '') : line);
    if (last?.kind === kind && last.children.length > 0) {
      last.children.push({ kind: 'break' }, ...children);
    } else {
      paragraphs.push({ kind, children });
    }
  }
}

function isTableHead(line: string, next: string | undefined): boolean {
  return line.includes('|') && /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/.test(next ?? '');
}

function cells(line: string): Inline[][] {
  return line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => parseMarkdownInline(cell.trim()));
}

function withBreaks(text: string): Inline[] {
  return text
    .split('\n')
    .flatMap((line, index): Inline[] =>
      index > 0
        ? [{ kind: 'break' }, { kind: 'text', text: line }]
        : [{ kind: 'text', text: line }],
    );
}

const inlinePattern =
  /`([^`]+)`|\*\*(.+?)\*\*|__(.+?)__|~~(.+?)~~|(?<![\w*])\*([^*\s][^*]*)\*|(?<!\w)_([^_\s][^_]*)_(?!\w)|\[([^\]]+)\]\(([^)\s]+)\)|:([a-z0-9_+'-]+):|(https?:\/\/[^\s<>]+[^\s<>.,:;!?)])/g;

export function parseMarkdownInline(text: string): Inline[] {
  const nodes: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(inlinePattern)) {
    const node = inlineNode(match);
    if (!node) continue;
    if (match.index > from) nodes.push({ kind: 'text', text: text.slice(from, match.index) });
    nodes.push(node);
    from = match.index + match[0].length;
  }
  if (from < text.length) nodes.push({ kind: 'text', text: text.slice(from) });
  return nodes;
}

function inlineNode(match: RegExpExecArray): Inline | null {
  const [, code, bold, strong, strike, star, under, label, target, emoji, bareUrl] = match;
  if (code !== undefined) return { kind: 'code', children: [{ kind: 'text', text: code }] };
  const heavy = bold ?? strong;
  if (heavy !== undefined) return { kind: 'bold', children: parseMarkdownInline(heavy) };
  if (strike !== undefined) return { kind: 'strike', children: parseMarkdownInline(strike) };
  const slanted = star ?? under;
  if (slanted !== undefined) return { kind: 'italic', children: parseMarkdownInline(slanted) };
  if (label !== undefined && target !== undefined) {
    const url = safeUrl(target);
    return url ? { kind: 'link', url, children: parseMarkdownInline(label) } : null;
  }
  if (emoji !== undefined) return emojiCharacter(emoji) ? { kind: 'emoji', name: emoji } : null;
  if (bareUrl !== undefined) {
    return { kind: 'link', url: bareUrl, children: [{ kind: 'text', text: bareUrl }] };
  }
  return null;
}
