/** The elements that people type into, and the file input. */
import type { JsonObject } from '../json.ts';
import { limits } from '../limits.ts';
import { element, focus, placeholder } from './element.ts';
import { richText } from './rich-text.ts';
import {
  boolean,
  type Check,
  distinctList,
  filledShape,
  filledString,
  integer,
  list,
  oneOf,
  type Place,
  refuse,
  someItems,
  string,
  under,
} from './schema.ts';

const anyString = string();
const dispatchable = {
  dispatch_action_config: filledShape({
    optional: {
      trigger_actions_on: distinctList(oneOf('on_enter_pressed', 'on_character_entered'), {
        min: 1,
        max: 2,
        source: 'docs: dispatch action configuration',
      }),
    },
  }),
};
/** A number as a string in Slack's format (docs: number input); exported for the client-side check. */
export function isNumberText(text: string, decimals: boolean): boolean {
  return decimals ? /^-?(\d+\.?\d*|\.\d+)$/.test(text) : /^-?\d+$/.test(text);
}

function numberBounds(value: JsonObject, place: Place): void {
  const decimals = value.is_decimal_allowed === true;
  const numbers: Record<string, number> = {};
  for (const name of ['min_value', 'max_value', 'initial_value']) {
    const text = value[name];
    if (typeof text !== 'string') continue;
    if (isNumberText(text, decimals)) numbers[name] = Number(text);
    else refuse(under(place, name), decimals ? 'must be a number' : 'must be an integer');
  }
  const { min_value: min, max_value: max, initial_value: initial } = numbers;
  if (min !== undefined && max !== undefined && min > max) {
    refuse(under(place, 'min_value'), 'cannot be greater than max_value');
  }
  if (initial === undefined) return;
  const outside = (min !== undefined && initial < min) || (max !== undefined && initial > max);
  // The wording is a guess.
  if (outside) refuse(under(place, 'initial_value'), 'must be between min_value and max_value');
}

function lengthBounds(value: JsonObject, place: Place): void {
  const { min_length: min, max_length: max } = value;
  if (typeof min === 'number' && typeof max === 'number' && min > max) {
    refuse(under(place, 'min_length'), 'cannot be greater than max_length');
  }
}

export const inputs: Record<string, Check> = {
  plain_text_input: element('plain_text_input', {
    optional: {
      initial_value: string(limits.textInputInitial),
      multiline: boolean,
      min_length: integer(limits.textInputMinLength),
      max_length: integer(limits.textInputMaxLength),
      ...dispatchable,
      ...focus,
      ...placeholder,
    },
    also: lengthBounds,
  }),
  email_text_input: element('email_text_input', {
    optional: { initial_value: anyString, ...dispatchable, ...focus, ...placeholder },
  }),
  url_text_input: element('url_text_input', {
    optional: { initial_value: anyString, ...dispatchable, ...focus, ...placeholder },
  }),
  number_input: element('number_input', {
    required: { is_decimal_allowed: boolean },
    optional: {
      initial_value: anyString,
      min_value: anyString,
      max_value: anyString,
      ...dispatchable,
      ...focus,
      ...placeholder,
    },
    also: numberBounds,
  }),
  rich_text_input: element('rich_text_input', {
    // The only element whose page says that the id is required (docs: rich text input).
    required: { action_id: string(limits.actionId) },
    optional: {
      initial_value: richText,
      min_lines: integer(limits.richTextInputLines),
      max_lines: integer(limits.richTextInputLines),
      ...dispatchable,
      ...focus,
      ...placeholder,
    },
  }),
  file_input: element('file_input', {
    optional: {
      filetypes: list(filledString, someItems),
      max_files: integer(limits.fileInputMaxFiles),
    },
  }),
};
