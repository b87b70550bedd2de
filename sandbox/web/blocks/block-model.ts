import type { Block } from '../../api/messages.ts';
import { type ElementModel, imageUrl, readElement } from './element-model.ts';
import {
  asRaw,
  child,
  children,
  flag,
  type Raw,
  type TextModel,
  text,
  textObject,
} from './read.ts';

/** Every Block Kit block that the page can render. */
export type BlockModel = { blockId: string } & (
  | {
      kind: 'section';
      text: TextModel | null;
      fields: TextModel[];
      accessory: ElementModel | null;
    }
  | { kind: 'header'; text: TextModel }
  | { kind: 'divider' }
  | { kind: 'context'; elements: (TextModel | ElementModel)[] }
  | { kind: 'actions'; elements: ElementModel[] }
  | {
      kind: 'input';
      label: TextModel;
      hint: TextModel | null;
      optional: boolean;
      dispatch: boolean;
      element: ElementModel;
    }
  | { kind: 'image'; url: string | null; alt: string; title: TextModel | null }
  | { kind: 'rich_text'; raw: Raw }
  | { kind: 'table'; rows: Raw[][]; alignments: string[] }
  | { kind: 'data_table'; rows: Raw[][]; caption: string; pageSize: number; rowHeader: number }
  | { kind: 'alert'; text: TextModel; level: string }
  | { kind: 'markdown'; text: string }
  | { kind: 'unknown'; type: string; problem: string }
);

export type BlockOf<Kind extends BlockModel['kind']> = Extract<BlockModel, { kind: Kind }>;

/** The surface determines which blocks are allowed: Slack has no tables in modals and no inputs in messages. */
export type SurfaceKind = 'message' | 'modal' | 'home';

/**
 * Reads one block. Never throws and never drops a block: an unknown, invalid or misplaced block becomes `unknown`
 * with the reason. `index` names a block without block_id.
 */
export function readBlock(block: Block, surface: SurfaceKind, index: number): BlockModel {
  const raw = asRaw(block) ?? {};
  const type = text(raw, 'type') ?? 'no type';
  const blockId = text(raw, 'block_id') ?? `block-${index}`;
  const unknown = (problem: string): BlockModel => ({ blockId, kind: 'unknown', type, problem });
  switch (type) {
    case 'section': {
      const words = textObject(child(raw, 'text'));
      const fields = children(raw, 'fields')
        .map(textObject)
        .filter((object) => object !== null);
      if (!words && fields.length === 0) return unknown('a section needs text or fields');
      const accessory = child(raw, 'accessory');
      return {
        blockId,
        kind: 'section',
        text: words,
        fields,
        accessory: accessory ? readElement(accessory) : null,
      };
    }
    case 'header': {
      const words = textObject(child(raw, 'text'));
      return words ? { blockId, kind: 'header', text: words } : unknown('a header needs text');
    }
    case 'divider':
      return { blockId, kind: 'divider' };
    case 'context':
      return {
        blockId,
        kind: 'context',
        elements: children(raw, 'elements').map((part) =>
          part.type === 'image' ? readElement(part) : (textObject(part) ?? readElement(part)),
        ),
      };
    case 'actions':
      return { blockId, kind: 'actions', elements: children(raw, 'elements').map(readElement) };
    case 'input': {
      if (surface === 'message') return unknown('Slack allows no input block in a message here');
      const label = textObject(child(raw, 'label'));
      if (!label) return unknown('an input needs a label');
      return {
        blockId,
        kind: 'input',
        label,
        hint: textObject(child(raw, 'hint')),
        optional: flag(raw, 'optional'),
        dispatch: flag(raw, 'dispatch_action'),
        element: readElement(child(raw, 'element')),
      };
    }
    case 'image':
      return {
        blockId,
        kind: 'image',
        url: imageUrl(raw),
        alt: text(raw, 'alt_text') ?? '',
        title: textObject(child(raw, 'title')),
      };
    case 'rich_text':
      return { blockId, kind: 'rich_text', raw };
    case 'table':
      return surface === 'message'
        ? readTable(raw, blockId)
        : unknown('tables are for messages only');
    case 'data_table':
      return surface === 'message'
        ? readDataTable(raw, blockId)
        : unknown('data tables are for messages only');
    case 'alert': {
      if (surface !== 'modal') return unknown('alerts are for modals only');
      const words = textObject(child(raw, 'text'));
      const level = text(raw, 'level') ?? 'default';
      return words
        ? { blockId, kind: 'alert', text: words, level }
        : unknown('an alert needs text');
    }
    case 'markdown':
      if (surface !== 'message') return unknown('markdown blocks are for messages only');
      return { blockId, kind: 'markdown', text: text(raw, 'text') ?? '' };
    default:
      return unknown('the sandbox cannot draw this block');
  }
}

function readTable(raw: Raw, blockId: string): BlockModel {
  return {
    blockId,
    kind: 'table',
    rows: cellsOf(raw),
    alignments: children(raw, 'column_settings').map((setting) => text(setting, 'align') ?? 'left'),
  };
}

/** By default, Slack shows five rows a page and uses the first column as the name of a row. */
function readDataTable(raw: Raw, blockId: string): BlockModel {
  const numberOf = (name: string, otherwise: number) => {
    const value = raw[name];
    return typeof value === 'number' ? value : otherwise;
  };
  return {
    blockId,
    kind: 'data_table',
    rows: cellsOf(raw),
    caption: text(raw, 'caption') ?? '',
    pageSize: numberOf('page_size', 5),
    rowHeader: numberOf('row_header_column_index', 0),
  };
}

function cellsOf(raw: Raw): Raw[][] {
  const rows = Array.isArray(raw.rows) ? raw.rows : [];
  return rows.map((row) =>
    Array.isArray(row) ? row.map((cell) => asRaw(cell) ?? { type: 'raw_text', text: '' }) : [],
  );
}
