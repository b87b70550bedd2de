import type { ElementValue, Option } from '../../api/interactions.ts';
import type { BlockModel } from './block-model.ts';
import type { ElementModel, ElementOf } from './element-model.ts';

/** The values of a view's elements: block id → action id → value. */
export type Values = Record<string, Record<string, ElementValue>>;

/** The initial value of an element, in the shape of `view.state.values`. */
export function initialValue(element: ElementModel): ElementValue | null {
  switch (element.kind) {
    case 'text':
      return { value: element.initial === '' ? null : element.initial };
    case 'choices':
      return element.many
        ? { selected_options: element.initial }
        : { selected_option: element.initial[0] ?? null };
    case 'select':
      return selectValue(element, element.initial, element.initialIds);
    case 'date':
      return { selected_date: element.initial };
    case 'time':
      return { selected_time: element.initial };
    case 'datetime':
      return { selected_date_time: element.initial };
    case 'file':
      return { file_ids: [] };
    case 'button':
    case 'overflow':
    case 'image':
    case 'unknown':
      return null;
  }
}

/** A select's value for the selection: options for static and external selects, ids for the others. */
export function selectValue(
  element: ElementOf<'select'>,
  options: Option[],
  ids: string[],
): ElementValue {
  switch (element.source) {
    case 'static':
    case 'external':
      return element.many ? { selected_options: options } : { selected_option: options[0] ?? null };
    case 'users':
      return element.many ? { selected_users: ids } : { selected_user: ids[0] ?? null };
    case 'conversations':
      return { selected_conversation: ids[0] ?? null };
  }
}

/**
 * The server's value of an element (`view.state.values`), if it fits the element. An updated view can have another
 * kind of element with the same ids; then its initial value counts.
 */
export function storedValue(
  element: ElementModel,
  stored: Readonly<Record<string, unknown>> | undefined,
): ElementValue | null {
  const start = initialValue(element);
  if (!stored || !start) return start;
  for (const key of Object.keys(start)) {
    if (key in stored) return { [key]: stored[key] } as ElementValue;
  }
  if ('file_ids' in start && Array.isArray(stored.files)) {
    const ids = stored.files
      .map((file: unknown) => (file as { id?: unknown } | null)?.id)
      .filter((id) => typeof id === 'string');
    return { file_ids: ids };
  }
  return start;
}

/** Whether two values have the same shape, so that one can replace the other. */
export function sameShape(elementValue: ElementValue, givenElementValue: ElementValue): boolean {
  return Object.keys(elementValue)[0] === Object.keys(givenElementValue)[0];
}

/** The values of all input elements of a view: the typed value, otherwise the server's. */
export function viewValues(
  blocks: readonly BlockModel[],
  stored: Readonly<Record<string, Record<string, Readonly<Record<string, unknown>>>>>,
  drafts: Values,
): Values {
  const values: Values = {};
  for (const block of blocks) {
    const elements =
      block.kind === 'input' ? [block.element] : block.kind === 'actions' ? block.elements : [];
    for (const element of elements) {
      const value = currentValue(block.blockId, element, stored, drafts);
      if (!value || element.actionId === '') continue;
      values[block.blockId] = { ...values[block.blockId], [element.actionId]: value };
    }
  }
  return values;
}

export function currentValue(
  blockId: string,
  element: ElementModel,
  stored: Readonly<Record<string, Record<string, Readonly<Record<string, unknown>>>>>,
  drafts: Values,
): ElementValue | null {
  const held = storedValue(element, stored[blockId]?.[element.actionId]);
  const draft = drafts[blockId]?.[element.actionId];
  return held && draft && sameShape(held, draft) ? draft : held;
}

/** Two options are equal when their values are (Slack compares by value within a menu). */
export function sameOption(option: Option, givenOption: Option): boolean {
  return option.value === givenOption.value;
}

export function pickedOptions(value: ElementValue | null): Option[] {
  if (value && 'selected_options' in value) return value.selected_options;
  if (value && 'selected_option' in value && value.selected_option) return [value.selected_option];
  return [];
}

export function pickedIds(value: ElementValue | null): string[] {
  if (!value) return [];
  if ('selected_users' in value) return value.selected_users;
  if ('selected_user' in value) return value.selected_user === null ? [] : [value.selected_user];
  if ('selected_conversation' in value) {
    return value.selected_conversation === null ? [] : [value.selected_conversation];
  }
  return [];
}
