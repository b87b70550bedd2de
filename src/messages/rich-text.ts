/**
 * Rich text for messages. Its text elements are literal: Slack parses no mentions, links, formatting or
 * emoji out of them, so text from people stays text (H6). mrkdwn is used nowhere.
 */
import type { RichTextBlock, RichTextElement, RichTextSection } from '@slack/types';

export type Inline = string | RichTextElement;

export function bold(text: string): RichTextElement {
  return { type: 'text', text: visible(text), style: { bold: true } };
}

export function italic(text: string): RichTextElement {
  return { type: 'text', text: visible(text), style: { italic: true } };
}

export function code(text: string): RichTextElement {
  return { type: 'text', text: visible(text), style: { code: true } };
}

/** A link that the bot itself means; never made out of what people typed. */
export function link(url: string, text: string): RichTextElement {
  return { type: 'link', url, text };
}

export function channel(id: string): RichTextElement {
  return { type: 'channel', channel_id: id };
}

/** A moment, shown to every reader in their own time zone. */
export function moment(at: Date): RichTextElement {
  return {
    type: 'date',
    timestamp: Math.floor(at.getTime() / 1000),
    format: '{date_short_pretty} at {time}',
    fallback: `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
  };
}

/** One block of lines. */
export function lines(blockId: string, rows: readonly (readonly Inline[])[]): RichTextBlock {
  const elements = rows.map((row, index): RichTextSection => {
    const parts = row.map(inline);
    // Sections run on without a break of their own.
    if (index < rows.length - 1) parts.push({ type: 'text', text: '\n' });
    return { type: 'rich_text_section', elements: parts };
  });
  return { type: 'rich_text', block_id: blockId, elements };
}

function inline(part: Inline): RichTextElement {
  // Slack refuses an empty text element.
  return typeof part === 'string' ? { type: 'text', text: visible(part) } : part;
}

/** Joins the parts with " · ", leaving out the empty ones. */
export function dots(parts: readonly (Inline | null)[]): Inline[] {
  const present = parts.filter((part): part is Inline => part !== null && part !== '');
  return present.flatMap((part, index) => (index === 0 ? [part] : [' · ', part]));
}

const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/u;
/** Embeddings, overrides and isolates: characters that turn about what stands behind them. */
const directions = /[\u202A-\u202E\u2066-\u2069]/gu;
const lineBreaks = /\s*[\n\r\u0085\u2028\u2029]+\s*/gu;

/**
 * Text as it may stand in a line of ours (H6). It stays in its line, or it could pass for the next one, and
 * right-to-left text is isolated, or it would turn the words around it about.
 */
function visible(text: string): string {
  const tame = text.replace(directions, '').replace(lineBreaks, ' ');
  if (tame === '') return '\u200b';
  return rightToLeft.test(tame) ? `\u2068${tame}\u2069` : tame;
}

/** The first `most` characters, with an ellipsis for the rest; never half a character. */
export function clipped(text: string, most: number): string {
  const letters = [...text];
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : text;
}

/**
 * The plain `text` of a message, for notifications and screen readers. Slack parses it as mrkdwn, so what
 * could mention or link is escaped (Slack's three control characters).
 */
export function notification(parts: readonly string[]): string {
  return clipped(parts.join(''), 500)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
