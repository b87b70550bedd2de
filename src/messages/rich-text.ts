/**
 * Rich text for messages. Its text elements are literal: Slack does not parse mentions, links, formatting or emoji in
 * them, so text from people stays text (H6). mrkdwn is not used.
 */
import type {
  ContextBlock,
  KnownBlock,
  RichTextBlock,
  RichTextElement,
  RichTextSection,
} from '@slack/types';

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

function emoji(name: string): RichTextElement {
  return { type: 'emoji', name };
}

/**
 * The emoji of messages, as elements with Slack's names, because a bare ⚠, ⏸ or ✏ is drawn as text on some devices.
 * Screen readers read the name.
 */
export const icons = {
  warning: emoji('warning'),
  paused: emoji('double_vertical_bar'),
  working: emoji('hourglass_flowing_sand'),
  expired: emoji('hourglass'),
  later: emoji('alarm_clock'),
  good: emoji('white_check_mark'),
  bad: emoji('x'),
  refused: emoji('no_entry_sign'),
  edit: emoji('pencil2'),
  question: emoji('question'),
  secret: emoji('key'),
} as const;

/** A link that the bot itself creates; never made from text that people typed. */
export function link(url: string, text: string): RichTextElement {
  return { type: 'link', url, text };
}

/** A mention, with the name from Slack. In an edited message it notifies nobody again. */
export function person(id: string): RichTextElement {
  return { type: 'user', user_id: id };
}

export function channel(id: string): RichTextElement {
  return { type: 'channel', channel_id: id };
}

/** A user group that the policy names. */
export function usergroup(id: string): RichTextElement {
  return { type: 'usergroup', usergroup_id: id };
}

/** A moment, shown to each reader in their own time zone. */
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
  // One section, because some clients draw a gap between two sections and others do not.
  const elements = rows.flatMap((row, index): RichTextElement[] => {
    const parts = row.map(inline);
    return index < rows.length - 1 ? [...parts, { type: 'text', text: '\n' }] : parts;
  });
  const section: RichTextSection = { type: 'rich_text_section', elements };
  return { type: 'rich_text', block_id: blockId, elements: [section] };
}

/** A message of one sentence. */
export function textBlocks(text: string): KnownBlock[] {
  return [lines('said', [[text]])];
}

/** Text for copying, such as a command; Slack does not parse it. */
export function preformatted(blockId: string, text: string): RichTextBlock {
  const shown = text.replace(directions, '') || '\u200b';
  const elements = [{ type: 'text' as const, text: shown }];
  return {
    type: 'rich_text',
    block_id: blockId,
    elements: [{ type: 'rich_text_preformatted', elements }],
  };
}

/** Small gray lines below the text, such as ids; plain text, so Slack does not parse them. */
export function smallLines(blockId: string, rows: readonly string[]): ContextBlock {
  const text = clipped(rows.map(visible).join('\n'), 3_000);
  return { type: 'context', block_id: blockId, elements: [{ type: 'plain_text', text }] };
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
/** Embeddings, overrides and isolates: characters that change the direction of the text after them. */
const directions = /[\u202A-\u202E\u2066-\u2069]/gu;
const lineBreaks = /\s*[\n\r\u0085\u2028\u2029]+\s*/gu;

/** A replacement for empty text, which Slack refuses. */
export const nothing = '\u200b';

/**
 * Text in the form that is allowed in a line of ours (H6). Line breaks are removed, because the rest could look like
 * a separate line, and right-to-left text is isolated, because it could reorder the words around it.
 */
export function visible(text: string): string {
  const tame = text.replace(directions, '').replace(lineBreaks, ' ');
  if (tame === '') return nothing;
  return rightToLeft.test(tame) ? `\u2068${tame}\u2069` : tame;
}

/** The first `most` characters, with an ellipsis for the rest; never half a character. */
export function clipped(text: string, most: number): string {
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text;
}

/** The limit of a message's `text`: chat.update accepts 4,000 characters (`msg_too_long`). */
const textCharacters = 4_000;

/**
 * The `text` of a message, made from its blocks: screen readers and phone notifications read only that, so it has the
 * same lines. It contains no buttons, because readers reach them directly.
 * https://docs.slack.dev/messaging/#accessibility
 */
export function messageText(blocks: readonly KnownBlock[]): string {
  const rows = blocks.flatMap(spokenLines).filter((row) => row.trim() !== '');
  // Escaping makes the text longer, and a cut must not split an escaped character.
  return fitted(rows.join('\n'), textCharacters);
}

function spokenLines(block: KnownBlock): string[] {
  switch (block.type) {
    case 'rich_text':
      return block.elements.map((element) =>
        element.type === 'rich_text_section' || element.type === 'rich_text_preformatted'
          ? element.elements.map(spoken).join('').trimEnd()
          : '',
      );
    case 'section':
      return block.text ? [block.text.text] : [];
    case 'header':
      return [block.text.text];
    case 'context':
      return block.elements.flatMap((element) =>
        element.type === 'plain_text' ? escaped(element.text).split('\n') : [],
      );
    case 'data_table':
      return [
        escaped(block.caption),
        ...block.rows.slice(1).map((row) =>
          row
            .map((cell) => (cell.type === 'rich_text' ? '' : escaped(cell.text)))
            .filter((text) => text !== nothing)
            .join(' · '),
        ),
      ];
    default:
      return [];
  }
}

function spoken(element: RichTextElement): string {
  switch (element.type) {
    case 'text':
      return escaped(element.text);
    case 'link':
      return element.text === undefined || element.text === element.url
        ? escaped(element.url)
        : `${escaped(element.text)} (${escaped(element.url)})`;
    // Slack fills the names in.
    case 'channel':
      return `<#${element.channel_id}>`;
    case 'user':
      return `<@${element.user_id}>`;
    case 'usergroup':
      return `<!subteam^${element.usergroup_id}>`;
    case 'date':
      return `<!date^${element.timestamp}^${element.format}|${escaped(element.fallback ?? '')}>`;
    case 'emoji':
      return `:${element.name}:`;
    default:
      return '';
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** At most that many characters, cut between words and never inside a control sequence or an escaped character. */
function fitted(text: string, most: number): string {
  if (text.length <= most) return text;
  const whole = text.slice(0, most - 1).replace(/(?:<[^<>]*|&[a-z]{0,4}|[\uD800-\uDBFF])$/u, '');
  return `${whole.trimEnd()}…`;
}
