/** Messages and views as a person sees them: text, buttons, labels. */
import type { Option } from '../../sandbox/api/interactions.ts';
import type { Block, Message } from '../../sandbox/api/messages.ts';
import type { View } from '../../sandbox/api/views.ts';
import { emojiCharacter } from '../../sandbox/web/text/emoji.ts';

type Bag = Readonly<Record<string, unknown>>;

/** A message as it appears on the screen. */
export type Seen = {
  readonly ts: string;
  /** All text of its blocks, in order; rich text as plain text. */
  readonly text: string;
  /** The text of a notification, as the bot sent it (escaped). */
  readonly notification: string;
  readonly buttons: readonly string[];
  readonly ephemeral: boolean;
  readonly raw: Message;
};

export function seen(message: Message): Seen {
  return {
    ts: message.ts,
    text: message.blocks.length > 0 ? textOfBlocks(message.blocks) : message.text,
    notification: message.text,
    buttons: message.blocks.flatMap(buttonsOf),
    ephemeral: message.ephemeral,
    raw: message,
  };
}

export function textOfBlocks(blocks: readonly Block[]): string {
  return blocks
    .map((block) => textOf(block))
    .filter((text) => text !== '')
    .join('\n');
}

export function textOfView(view: View): string {
  return textOfBlocks(view.blocks);
}

/** Labels of the inputs of a view, in order. */
export function labelsOf(view: View): string[] {
  return view.blocks.flatMap((block) => (isBag(block) && isInput(block) ? [labelOf(block)] : []));
}

export function labelOf(block: Bag): string {
  return isBag(block.label) ? String(block.label.text) : '';
}

export function isInput(block: Bag): boolean {
  return block.type === 'input';
}

export type SeenButton = {
  readonly text: string;
  readonly blockId: string;
  readonly actionId: string;
  /** The value that is sent when the entry of an overflow menu is chosen. */
  readonly value?: { readonly selected_option: Option };
};

/** Buttons, and entries of overflow menus, by their text, with the data that a press must contain. */
export function buttonsIn(blocks: readonly Block[]): SeenButton[] {
  return blocks.flatMap((block) => {
    const bag: Bag = { ...block };
    const elements = bag.type === 'actions' && Array.isArray(bag.elements) ? bag.elements : [];
    return elements.filter(isBag).flatMap((element): SeenButton[] => {
      const place = { blockId: String(bag.block_id), actionId: String(element.action_id) };
      if (element.type === 'button') {
        return [{ text: isBag(element.text) ? String(element.text.text) : '', ...place }];
      }
      if (element.type !== 'overflow') return [];
      return (element.options as readonly Option[]).map((option) => ({
        text: option.text.text,
        ...place,
        value: { selected_option: option },
      }));
    });
  });
}

function buttonsOf(block: Block): string[] {
  return buttonsIn([block]).map((button) => button.text);
}

/** The text of any part of a block, depth first. */
function textOf(piece: unknown): string {
  if (!isBag(piece)) return '';
  switch (piece.type) {
    case 'actions':
      return '';
    case 'input':
      return labelOf(piece);
    case 'data_table': {
      const rows = piece.rows as readonly (readonly unknown[])[];
      const words = rows.map((row) => row.map(textOf).join(' · '));
      return [String(piece.caption), ...words].join('\n');
    }
    case 'raw_text':
      return String(piece.text);
    case 'text':
    case 'plain_text':
    case 'mrkdwn':
      return String(piece.text);
    case 'link':
      return String(piece.text ?? piece.url);
    case 'date':
      return String(piece.fallback ?? piece.timestamp);
    case 'channel':
      return `#${String(piece.channel_id)}`;
    case 'emoji':
      return (emojiCharacter(String(piece.name)) ?? `:${String(piece.name)}:`).replace(
        '\uFE0F',
        '',
      );
    case 'user':
      return `@${String(piece.user_id)}`;
    default: {
      const elements = Array.isArray(piece.elements) ? piece.elements : [];
      return [piece.text, ...elements].map(textOf).join('');
    }
  }
}

export function isBag(value: unknown): value is Bag {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
