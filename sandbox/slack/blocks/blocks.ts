/** Every block, what it holds, and on which surface it may stand (docs: Block Kit, blocks). */
import type { JsonObject } from '../json.ts';
import { limits } from '../limits.ts';
import { anyText, plainText } from './composition.ts';
import { accessory, actionsElement, inputElement } from './elements.ts';
import { image, imageMembers, oneImageSource } from './images.ts';
import { richText } from './rich-text.ts';
import {
  boolean,
  byType,
  type Check,
  list,
  oneOf,
  type Place,
  refuse,
  type Shape,
  type Surface,
  shape,
  string,
  urlProblem,
} from './schema.ts';

function block(type: string, { required = {}, optional = {}, also }: Shape): Check {
  return shape({
    required: { type: oneOf(type), ...required },
    optional: { block_id: string(limits.blockId), ...optional },
    ...(also ? { also } : {}),
  });
}

function textOrFields(value: JsonObject, place: Place): void {
  if (!('text' in value) && !('fields' in value)) {
    refuse(place, 'must define either `text` or `fields`');
  }
}

const rawText = shape({
  required: {
    type: oneOf('raw_text'),
    text: string({ min: 1, max: 10_000, source: 'types: raw text, at least one character' }),
  },
});

const settings = shape({
  optional: { align: oneOf('left', 'center', 'right'), is_wrapped: boolean },
});
/** `null` leaves a column as it is. */
const columnSettings: Check = (value, place) => {
  if (value !== null) settings(value, place);
};

/** Blocks that stand on every surface. */
const everywhere: Record<string, Check> = {
  section: block('section', {
    optional: {
      text: anyText(limits.sectionText),
      fields: list(anyText(limits.sectionFieldText), limits.sectionFields),
      accessory,
      expand: boolean,
    },
    also: textOrFields,
  }),
  header: block('header', { required: { text: plainText(limits.headerText) } }),
  divider: block('divider', {}),
  context: block('context', {
    required: {
      elements: list(
        byType({
          image,
          plain_text: plainText(limits.contextText),
          mrkdwn: anyText(limits.contextText),
        }),
        limits.contextElements,
      ),
    },
  }),
  actions: block('actions', {
    required: { elements: list(actionsElement, limits.actionsElements) },
  }),
  input: block('input', {
    required: { label: plainText(limits.inputLabel), element: inputElement },
    optional: {
      hint: plainText(limits.inputHint),
      optional: boolean,
      dispatch_action: boolean,
    },
  }),
  image: block('image', {
    required: { alt_text: string(limits.imageAlt) },
    optional: { ...imageMembers, title: plainText(limits.imageTitle) },
    also: oneImageSource,
  }),
  rich_text: richText,
  video: block('video', {
    required: {
      alt_text: string(limits.imageAlt),
      title: plainText(limits.videoTitle),
      thumbnail_url: string(limits.imageUrl, urlProblem),
      video_url: string(limits.imageUrl, urlProblem),
    },
    optional: {
      author_name: string(limits.videoAuthor),
      description: plainText(limits.videoDescription),
      provider_icon_url: string(limits.imageUrl, urlProblem),
      provider_name: string(),
      title_url: string(limits.imageUrl, urlProblem),
    },
  }),
};

/** Blocks of messages only (docs: table, markdown). */
const inMessages: Record<string, Check> = {
  ...everywhere,
  markdown: block('markdown', { required: { text: string(limits.markdownText) } }),
  table: block('table', {
    required: {
      rows: list(
        list(byType({ raw_text: rawText, rich_text: richText }), limits.tableCells),
        limits.tableRows,
      ),
    },
    optional: {
      column_settings: list(columnSettings, limits.tableCells),
    },
  }),
};

export const blocksOf: Record<Surface, Check> = {
  message: byType(inMessages),
  modal: byType(everywhere),
  home: byType(everywhere),
};
