/** Finds elements, reads the value that a person enters, and builds the payload for the bot. */

import { offeredOptions } from '../blocks/composition.ts';
import { elementsOf } from '../blocks/validate.ts';
import { fileObject } from '../files.ts';
import { asText, isObject, type JsonObject, listOf, textOf } from '../json.ts';
import type { Member } from '../roster.ts';
import { type ElementState, holderOf } from '../values.ts';
import type { World } from '../world.ts';
import { Problem } from './problem.ts';

export type Found = { block: JsonObject; element: JsonObject };

/** The element with this action id; `blockId` can be omitted when the action id is unique. */
export function elementAt(blocks: unknown[], actionId: unknown, blockId?: unknown): Found {
  const found = elementsOf(blocks).find(
    ({ block, element }) =>
      element.action_id === actionId && (blockId === undefined || block.block_id === blockId),
  );
  if (!found) {
    const where = blockId === undefined ? '' : ` in block \`${asText(blockId)}\``;
    throw new Problem(
      404,
      'no_such_element',
      `there is no element \`${asText(actionId)}\`${where}`,
    );
  }
  return found;
}

/** Options that an external select has offered so far: option value → option. */
export type Offered = ReadonlyMap<string, JsonObject>;

function wrong(element: JsonObject, expected: string): Problem {
  return new Problem(
    400,
    'invalid_value',
    `a value for ${asText(element.type)} has the form ${expected}`,
  );
}

function options(element: JsonObject, offered: Offered | undefined): JsonObject[] {
  const initial = [element.initial_option, ...listOf(element.initial_options)].filter(isObject);
  return [...offeredOptions(element), ...initial, ...(offered?.values() ?? [])];
}

function pick(element: JsonObject, offered: Offered | undefined, value: unknown): JsonObject {
  const wanted = isObject(value) ? value.value : undefined;
  const option = options(element, offered).find((candidate) => candidate.value === wanted);
  if (option) return option;
  throw new Problem(
    400,
    'option_not_offered',
    `\`${asText(wanted)}\` is not among what ${asText(element.action_id)} offers`,
  );
}

/** Values of options that have not been offered yet, so that a person would have to search first. */
export function missingOptions(element: JsonObject, offered: Offered | undefined, value: unknown) {
  if (!asText(element.type).includes('external_select') || !isObject(value)) return [];
  const known = new Set(options(element, offered).map((option) => option.value));
  return [value.selected_option, ...listOf(value.selected_options)]
    .filter(isObject)
    .filter((option) => !known.has(option.value));
}

/**
 * The element's new state for this value.
 *
 * @throws Problem when the value has another format, or selects an option that is not offered
 */
export function readValue(
  world: World,
  person: Member,
  element: JsonObject,
  value: unknown,
  offered?: Offered,
): ElementState {
  const holder = holderOf(element);
  const type = asText(element.type);
  if (!holder) throw new Problem(400, 'invalid_value', `${type} takes no value`);
  if (!isObject(value)) throw wrong(element, `{ "${holder.member}": … }`);
  const { member, many } = holder;
  if (type === 'file_input') return { type, files: filesOf(world, person, element, value) };
  const given = value[member];
  if (given === undefined) throw wrong(element, `{ "${member}": … }`);
  if (many) {
    if (!Array.isArray(given)) throw wrong(element, `{ "${member}": […] }`);
    const most = element.max_selected_items;
    if (typeof most === 'number' && given.length > most) {
      throw new Problem(400, 'too_many', `at most ${most} can be picked`);
    }
    const picked =
      member === 'selected_options' ? given.map((choice) => pick(element, offered, choice)) : given;
    return { type, [member]: picked };
  }
  if (given === null || given === '') return { type, [member]: null };
  if (member === 'selected_option') return { type, [member]: pick(element, offered, given) };
  if (member === 'value' && typeof given !== 'string') throw wrong(element, '{ "value": "…" }');
  if (member === 'selected_user' && !world.roster.get(asText(given))) {
    throw new Problem(400, 'invalid_value', `there is nobody \`${asText(given)}\``);
  }
  return { type, [member]: given };
}

function filesOf(world: World, person: Member, element: JsonObject, value: JsonObject) {
  const ids = listOf(value.file_ids);
  const most = typeof element.max_files === 'number' ? element.max_files : 10;
  if (ids.length > most) throw new Problem(400, 'too_many', `at most ${most} files`);
  return ids.map((id) => {
    const file = world.files.get(asText(id));
    if (!file || file.user !== person.id) {
      throw new Problem(404, 'file_not_found', `${person.realName} has no file \`${asText(id)}\``);
    }
    file.givenToApp = true;
    return fileObject(file, world.address.url);
  });
}

/** The entry of `actions` in a block_actions payload. */
export function actionOf(world: World, { block, element }: Found, state?: JsonObject): JsonObject {
  const type = asText(element.type);
  const { type: _type, ...held } = state ?? {};
  return {
    type,
    action_id: element.action_id,
    block_id: block.block_id,
    ...held,
    ...(type === 'button'
      ? {
          text: element.text,
          ...(element.value === undefined ? {} : { value: element.value }),
          ...(element.style === undefined ? {} : { style: element.style }),
        }
      : {}),
    ...(isObject(element.placeholder) ? { placeholder: element.placeholder } : {}),
    action_ts: world.ids.ts(),
  };
}

/** The choice in an overflow menu, which has no state. */
export function overflowChoice(
  element: JsonObject,
  value: unknown,
): { selected_option: JsonObject } {
  const option = isObject(value) ? value.selected_option : undefined;
  if (!isObject(option) || textOf(option.value) === undefined) {
    throw wrong(element, '{ "selected_option": { "value": … } }');
  }
  return { selected_option: pick(element, undefined, option) };
}
