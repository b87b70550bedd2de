/** The values of elements, initial, typed or chosen, in the shape of `view.state.values`. */
import { elementsOf } from './blocks/validate.ts';
import { asText, isObject, type JsonObject, listOf } from './json.ts';

export type ElementState = { type: string } & Record<string, unknown>;
export type Values = Record<string, Record<string, ElementState>>;

/** For each stateful element, the member with its value and the members for its initial value. */
const holders: Record<string, { member: string; many: boolean; initial: string }> = {
  plain_text_input: { member: 'value', many: false, initial: 'initial_value' },
  email_text_input: { member: 'value', many: false, initial: 'initial_value' },
  url_text_input: { member: 'value', many: false, initial: 'initial_value' },
  number_input: { member: 'value', many: false, initial: 'initial_value' },
  rich_text_input: { member: 'rich_text_value', many: false, initial: 'initial_value' },
  static_select: { member: 'selected_option', many: false, initial: 'initial_option' },
  external_select: { member: 'selected_option', many: false, initial: 'initial_option' },
  radio_buttons: { member: 'selected_option', many: false, initial: 'initial_option' },
  checkboxes: { member: 'selected_options', many: true, initial: 'initial_options' },
  multi_static_select: { member: 'selected_options', many: true, initial: 'initial_options' },
  multi_external_select: { member: 'selected_options', many: true, initial: 'initial_options' },
  users_select: { member: 'selected_user', many: false, initial: 'initial_user' },
  multi_users_select: { member: 'selected_users', many: true, initial: 'initial_users' },
  conversations_select: {
    member: 'selected_conversation',
    many: false,
    initial: 'initial_conversation',
  },
  multi_conversations_select: {
    member: 'selected_conversations',
    many: true,
    initial: 'initial_conversations',
  },
  channels_select: { member: 'selected_channel', many: false, initial: 'initial_channel' },
  multi_channels_select: { member: 'selected_channels', many: true, initial: 'initial_channels' },
  datepicker: { member: 'selected_date', many: false, initial: 'initial_date' },
  timepicker: { member: 'selected_time', many: false, initial: 'initial_time' },
  datetimepicker: { member: 'selected_date_time', many: false, initial: 'initial_date_time' },
  file_input: { member: 'files', many: true, initial: '' },
};

export function holderOf(element: JsonObject) {
  return holders[asText(element.type)];
}

function initialState(element: JsonObject): ElementState | undefined {
  const holder = holderOf(element);
  if (!holder) return undefined;
  const initial = element[holder.initial];
  const value = holder.many ? listOf(initial) : (initial ?? null);
  // An empty text field is `null` in the state, never an empty string (docs: view_submission).
  return { type: asText(element.type), [holder.member]: value === '' ? null : value };
}

/** The state of new blocks: each stateful element with its initial value. */
export function initialValues(blocks: unknown[]): Values {
  return carryOver({}, blocks);
}

/**
 * The state after an update: a typed value is kept when block_id, action_id and the element's type are unchanged; new
 * elements start with their initial value (docs: modals, preserving input).
 */
export function carryOver(before: Values, blocks: unknown[]): Values {
  const values: Values = {};
  for (const { block, element } of elementsOf(blocks)) {
    const fresh = initialState(element);
    if (!fresh) continue;
    const blockId = asText(block.block_id);
    const actionId = asText(element.action_id);
    const typed = before[blockId]?.[actionId];
    const actions = values[blockId] ?? {};
    actions[actionId] = typed?.type === fresh.type ? typed : fresh;
    values[blockId] = actions;
  }
  return values;
}

export function isEmptyState(state: ElementState): boolean {
  const holder = holders[state.type];
  if (!holder) return true;
  const value = state[holder.member];
  return value === null || value === undefined || value === '' || listOfEmpty(value);
}

function listOfEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** Generates block ids and action ids for blocks and elements without one, as Slack does. */
export function withIds(blocks: readonly unknown[], next: () => string): JsonObject[] {
  return blocks.filter(isObject).map((block) => {
    const named: JsonObject = { ...block, block_id: block.block_id ?? next() };
    for (const name of ['element', 'accessory']) {
      if (isObject(block[name])) named[name] = withActionId(block[name], next);
    }
    if (block.type === 'actions') {
      named.elements = listOf(block.elements).map((element) =>
        isObject(element) ? withActionId(element, next) : element,
      );
    }
    return named;
  });
}

function withActionId(element: JsonObject, next: () => string): JsonObject {
  return element.type === 'image' || 'action_id' in element
    ? element
    : { ...element, action_id: next() };
}
