/**
 * Blocks that Slack added in 2026 and that a workspace may not support yet, each with older blocks that have the same
 * content. Text from people is plain text in both (H6).
 * https://docs.slack.dev/reference/block-kit/blocks/data-table-block and .../alert-block
 */
import type { AlertBlock, AnyBlock, DataTableBlock, KnownBlock } from '@slack/types';
import { bold, clipped, type Inline, lines, nothing, visible } from './rich-text.ts';

/** Rows of a data table, without its header. */
const mostRows = 100;
const mostColumns = 20;
/**
 * Slack accepts 10,000 characters in the cells of all data tables of a message; the rest is left for its other
 * blocks.
 */
const mostCharacters = 9_000;
const longestCell = 300;
const longestCaption = 300;
/** As many rows as fit a phone's screen. */
const rowsOnPage = 6;
const longestAlert = 200;
/** Shown before a warning that is not an alert block. */
const sign = '⚠️ ';

type Table = {
  readonly blockId: string;
  /** @param shown how many rows fit into the table */
  readonly caption: (shown: number) => string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

/**
 * A table with as many rows as Slack accepts, from the first on; null without rows. The first column names the row.
 */
export function dataTable({ blockId, caption, head, rows }: Table): DataTableBlock | null {
  let room = mostCharacters - lengthOf(head);
  const body: string[][] = [];
  for (const row of rows.slice(0, mostRows)) {
    const cells = head.map((_, column) => clipped(visible(row[column] ?? ''), longestCell));
    room -= lengthOf(cells);
    if (room < 0) break;
    body.push(cells);
  }
  if (body.length === 0) return null;
  return {
    type: 'data_table',
    block_id: blockId,
    caption: clipped(visible(caption(body.length)), longestCaption),
    page_size: rowsOnPage,
    row_header_column_index: 0,
    rows: [head, ...body].map((row) =>
      row.slice(0, mostColumns).map((text) => ({ type: 'raw_text', text })),
    ),
  };
}

/** The larger result of both ways to count, because it is not documented which one Slack uses. */
function lengthOf(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + cell.length, 0);
}

/**
 * A warning at the top of a modal. Text that is too long for an alert is shown as several lines of small text,
 * because no part of a warning may be cut off.
 */
export function warning(blockId: string, words: string): KnownBlock {
  if (words.length > longestAlert) return small(blockId, `${sign}${words}`);
  const text = { type: 'plain_text' as const, text: words, emoji: false };
  return { type: 'alert', block_id: blockId, level: 'warning', text };
}

function small(blockId: string, text: string): KnownBlock {
  const element = { type: 'plain_text' as const, text, emoji: false };
  return { type: 'context', block_id: blockId, elements: [element] };
}

type NewerBlock = DataTableBlock | AlertBlock;

function isNewer(block: AnyBlock): block is NewerBlock {
  return block.type === 'data_table' || block.type === 'alert';
}

export function hasNewerBlocks(blocks: readonly AnyBlock[]): boolean {
  return blocks.some(isNewer);
}

/** The same in blocks that every workspace supports; the ids stay the same. */
export function inOlderBlocks<B extends AnyBlock>(blocks: readonly B[]): (B | KnownBlock)[] {
  return blocks.map((block, index) => {
    if (!isNewer(block)) return block;
    const id = block.block_id ?? `block_${index}`;
    return block.type === 'alert' ? olderAlert(block, id) : tableLines(block, id);
  });
}

function olderAlert({ text, level }: AlertBlock, id: string): KnownBlock {
  return small(id, level === 'warning' ? `${sign}${text.text}` : text.text);
}

/** "**Rows 4, 9** · Routing profile: …", the first rows, each in a line. */
function tableLines({ caption, rows }: DataTableBlock, id: string): KnownBlock {
  const [, ...body] = rows;
  const shown = body.slice(0, rowsOnPage).map((row): Inline[] => {
    const [name = '', ...cells] = row.map((cell) => ('text' in cell ? cell.text : ''));
    const rest = cells.filter((cell) => cell !== nothing).join(' · ');
    return rest === '' ? [bold(name)] : [bold(name), ` · ${rest}`];
  });
  const left = body.length - shown.length;
  return lines(id, [[caption], ...shown, ...(left > 0 ? [[`… and ${left} more.`]] : [])]);
}
