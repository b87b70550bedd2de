/** Every block, its contents, and the surfaces on which it is allowed (docs: Block Kit, blocks). */
import { isObject, type JsonObject } from '../json.ts';
import { limits } from '../limits.ts';
import { anyText, plainText } from './composition.ts';
import { accessory, actionsElement, inputElement } from './elements.ts';
import { image, imageMembers, oneImageSource } from './images.ts';
import { richText } from './rich-text.ts';
import {
  boolean,
  byType,
  type Check,
  filledString,
  integer,
  list,
  oneOf,
  type Place,
  refuse,
  type Shape,
  type Surface,
  secureUrlProblem,
  shape,
  string,
  under,
  urlProblem,
} from './schema.ts';
import { dataTableMembers, tableMembers } from './tables.ts';

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

/** Docs: input, "this field is incompatible with the file_input block element". */
function noDispatchForFiles(value: JsonObject, place: Place): void {
  if (!('dispatch_action' in value)) return;
  if (isObject(value.element) && value.element.type === 'file_input') {
    refuse(under(place, 'dispatch_action'), 'is incompatible with a `file_input` element');
  }
}

/** Blocks that are allowed on every surface. */
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
  header: block('header', {
    required: { text: plainText(limits.headerText) },
    optional: { level: integer({ min: 1, max: 4, source: 'docs: header, level 1 to 4' }) },
  }),
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
    also: noDispatchForFiles,
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
      video_url: string(limits.imageUrl, secureUrlProblem),
    },
    optional: {
      author_name: string(limits.videoAuthor),
      description: plainText(limits.videoDescription),
      provider_icon_url: string(limits.imageUrl, urlProblem),
      provider_name: filledString,
      title_url: string(limits.imageUrl, secureUrlProblem),
    },
  }),
};

/** Blocks that are allowed only in messages (docs: table, data table, markdown). */
const inMessages: Record<string, Check> = {
  ...everywhere,
  markdown: block('markdown', { required: { text: string(limits.markdownText) } }),
  table: block('table', tableMembers),
  data_table: block('data_table', dataTableMembers),
};

/** Blocks that are allowed only in modals (docs: alert; that the Home tab refuses it is a guess). */
const inModals: Record<string, Check> = {
  ...everywhere,
  alert: block('alert', {
    required: { text: anyText(limits.alertText) },
    optional: { level: oneOf('default', 'info', 'warning', 'error', 'success') },
  }),
};

export const blocksOf: Record<Surface, Check> = {
  message: byType(inMessages),
  modal: byType(inModals),
  home: byType(everywhere),
};
