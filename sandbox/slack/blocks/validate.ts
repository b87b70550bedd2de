/** Strict validation of what the bot sends: a message's blocks, a modal, or a Home tab. */
import { asText, isObject, type JsonObject, listOf } from '../json.ts';
import { limits } from '../limits.ts';
import { blocksOf } from './blocks.ts';
import { plainText } from './composition.ts';
import {
  boolean,
  type Check,
  list,
  oneOf,
  type Place,
  refuse,
  shape,
  string,
  under,
} from './schema.ts';
import { dataTablesLength } from './tables.ts';

/** Problems in Slack's wording, each ending in `[json-pointer:…]`; an empty list when the blocks are valid. */
export function messageBlockProblems(blocks: unknown[]): string[] {
  const place: Place = { pointer: '/blocks', surface: 'message', problems: [] };
  list(blocksOf.message, limits.blocksPerMessage)(blocks, place);
  uniqueIds(blocks, place);
  responseUrlInModals(blocks, place);
  const markdown = blocks.filter(isObject).filter((block) => block.type === 'markdown');
  const markdownLength = markdown.reduce((sum, block) => sum + asText(block.text).length, 0);
  if (markdown.length > 1 && markdownLength > limits.markdownText.max) {
    refuse(place, `must be less than ${limits.markdownText.max + 1} characters`);
  }
  if (dataTablesLength(blocks) > limits.dataTablesText.max) {
    refuse(place, `must be less than ${limits.dataTablesText.max + 1} characters`);
  }
  return place.problems;
}

/** Docs: video, "your app must have the links.embed:write scope". */
export const videoScope = 'links.embed:write';

export function holdsVideo(blocks: unknown): boolean {
  return listOf(blocks).some((block) => isObject(block) && block.type === 'video');
}

export function countTables(blocks: unknown[]): number {
  return blocks.filter((block) => isObject(block) && block.type === 'table').length;
}

/** Number of characters of all text in the blocks, for `msg_blocks_too_long`. */
export function blocksTextLength(value: unknown): number {
  if (Array.isArray(value))
    return value.reduce<number>((sum, item) => sum + blocksTextLength(item), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [name, member]) =>
      sum +
      (name === 'text' && typeof member === 'string' ? member.length : blocksTextLength(member)),
    0,
  );
}

const ids = {
  callback_id: string(limits.callbackId),
  external_id: string(limits.externalId),
  private_metadata: string(limits.privateMetadata),
};

const views: Record<'modal' | 'home', Check> = {
  modal: shape({
    required: {
      type: oneOf('modal'),
      title: plainText(limits.viewTitle),
      blocks: list(blocksOf.modal, limits.blocksPerView),
    },
    optional: {
      ...ids,
      submit: plainText(limits.viewSubmit),
      close: plainText(limits.viewClose),
      clear_on_close: boolean,
      notify_on_close: boolean,
    },
    also: submitForInputs,
  }),
  home: shape({
    required: { type: oneOf('home'), blocks: list(blocksOf.home, limits.blocksPerView) },
    optional: {
      ...ids,
      // Slack accepts the modal's members on a Home tab and ignores them (guess).
      title: plainText(limits.viewTitle),
      submit: plainText(limits.viewSubmit),
      close: plainText(limits.viewClose),
      clear_on_close: boolean,
      notify_on_close: boolean,
    },
  }),
};

/** Problems of a whole view. `expected` is the type that the method requires; views.update accepts both. */
export function viewProblems(view: unknown, expected?: 'modal' | 'home'): string[] {
  const place: Place = { pointer: '/view', surface: 'modal', problems: [] };
  if (!isObject(view)) {
    refuse(place, 'must provide an object');
    return place.problems;
  }
  const type = view.type;
  if (type !== 'modal' && type !== 'home') {
    refuse(under(place, 'type'), `unsupported type: ${asText(type)}`);
  } else if (expected && type !== expected) {
    refuse(under(place, 'type'), 'must be a valid enum value');
  } else {
    const here: Place = { ...place, surface: type };
    views[type](view, here);
    uniqueIds(listOf(view.blocks), under(here, 'blocks'));
    responseUrlInModals(listOf(view.blocks), under(here, 'blocks'));
    focusOnce(view, here);
  }
  if (place.problems.length > 0) {
    place.problems.unshift('failed to match all allowed schemas [json-pointer:/view]');
  }
  return place.problems;
}

/** Seen: "must define `submit` to use an `input` block in modals". */
function submitForInputs(view: JsonObject, place: Place): void {
  if ('submit' in view) return;
  const at = listOf(view.blocks).findIndex((block) => isObject(block) && block.type === 'input');
  if (at < 0) return;
  const input = under(under(under(place, 'blocks'), at), 'input');
  refuse(input, 'must define `submit` to use an `input` block in modals');
}

/** At most one `focus_on_load` in a view (docs: elements). The wording is a guess. */
function focusOnce(view: JsonObject, place: Place): void {
  let seen = false;
  for (const { element, pointer } of elementsOf(listOf(view.blocks), `${place.pointer}/blocks`)) {
    if (element.focus_on_load !== true) continue;
    if (seen) refuse({ ...place, pointer }, 'only one element can set `focus_on_load`');
    seen = true;
  }
}

/** Docs: conversations and channels select, "only works with menus in input blocks in modals". */
function responseUrlInModals(blocks: unknown[], place: Place): void {
  for (const { block, element, pointer } of elementsOf(blocks, place.pointer)) {
    if (!('response_url_enabled' in element)) continue;
    if (place.surface === 'modal' && block.type === 'input') continue;
    const at = { ...place, pointer: `${pointer}/response_url_enabled` };
    refuse(at, 'is only available in an `input` block of a modal');
  }
}

/** `block_id` is unique on the surface, `action_id` in its block (seen: "already exists"). */
function uniqueIds(blocks: unknown[], place: Place): void {
  const seen = new Set<string>();
  for (const [at, block] of blocks.entries()) {
    if (!isObject(block)) continue;
    const here = under(place, at);
    if (typeof block.block_id === 'string' && block.block_id !== '') {
      if (seen.has(block.block_id)) {
        refuse(under(here, 'block_id'), `\`block_id\` "${block.block_id}" already exists`);
      }
      seen.add(block.block_id);
    }
    const actions = new Set<string>();
    for (const { element, pointer } of elementsOf([block], place.pointer, at)) {
      const id = element.action_id;
      if (typeof id !== 'string' || id === '') continue;
      if (actions.has(id)) {
        refuse(
          { ...here, pointer: `${pointer}/action_id` },
          `\`action_id\` "${id}" already exists`,
        );
      }
      actions.add(id);
    }
  }
}

type Found = { block: JsonObject; element: JsonObject; pointer: string };

/** The elements of blocks, in whichever member a block has them. */
export function elementsOf(blocks: unknown[], pointer = '', first = 0): Found[] {
  const found: Found[] = [];
  for (const [at, block] of blocks.entries()) {
    if (!isObject(block)) continue;
    const here = `${pointer}/${first + at}`;
    for (const name of ['element', 'accessory']) {
      const element = block[name];
      if (isObject(element)) found.push({ block, element, pointer: `${here}/${name}` });
    }
    if (block.type !== 'actions') continue;
    for (const [index, element] of listOf(block.elements).entries()) {
      if (isObject(element)) found.push({ block, element, pointer: `${here}/elements/${index}` });
    }
  }
  return found;
}
