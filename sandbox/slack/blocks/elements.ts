/** Block Kit's elements, and which of them stand in which block (docs: the element's own page). */
import { type JsonObject, listOf } from '../json.ts';
import { limits } from '../limits.ts';
import {
  confirm,
  formattedOption,
  initialAmongOptions,
  optionGroup,
  optionsOrGroups,
  overflowOption,
  plainOption,
  plainText,
} from './composition.ts';
import { image } from './images.ts';
import { richText } from './rich-text.ts';
import {
  boolean,
  byType,
  type Check,
  integer,
  list,
  oneOf,
  type Place,
  refuse,
  type Shape,
  shape,
  string,
  under,
  urlProblem,
} from './schema.ts';

const anyString = string();
const style = oneOf('primary', 'danger');
const focus = { focus_on_load: boolean };
const confirmable = { confirm };
const placeholder = { placeholder: plainText(limits.placeholder) };
const dispatchable = {
  dispatch_action_config: shape({
    optional: {
      trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), {
        min: 1,
        max: 2,
        source: 'docs: dispatch action configuration',
      }),
    },
  }),
};
const maxSelected = {
  max_selected_items: integer({ min: 1, max: Number.MAX_SAFE_INTEGER, source: 'docs: select' }),
};
const conversationFilter = shape({
  optional: {
    include: list(oneOf('im', 'mpim', 'private', 'public'), {
      min: 1,
      max: 4,
      source: 'docs: conversation filter',
    }),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  },
});

function element(type: string, { required = {}, optional = {}, also }: Shape): Check {
  return shape({
    required: { type: oneOf(type), ...required },
    optional: { action_id: string(limits.actionId), ...optional },
    ...(also ? { also } : {}),
  });
}

function together(...rules: ((value: JsonObject, place: Place) => void)[]) {
  return (value: JsonObject, place: Place) => {
    for (const rule of rules) rule(value, place);
  };
}

const queryLength = {
  min_query_length: integer({ max: Number.MAX_SAFE_INTEGER, source: 'types: external select' }),
};
const staticOptions = {
  options: list(plainOption, limits.options),
  option_groups: list(optionGroup, limits.optionGroups),
};
const dates = string(undefined, (text) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) ? undefined : 'must be formatted as YYYY-MM-DD',
);
const times = string(undefined, (text) =>
  /^([01]\d|2[0-3]):[0-5]\d$/.test(text) ? undefined : 'must be formatted as HH:mm',
);

/** A number as the string Slack wants it (docs: number input); exported for the person's own check. */
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
  if (outside) refuse(under(place, 'initial_value'), 'must be between min_value and max_value');
}

function lengthBounds(value: JsonObject, place: Place): void {
  const { min_length: min, max_length: max } = value;
  if (typeof min === 'number' && typeof max === 'number' && min > max) {
    refuse(under(place, 'min_length'), 'cannot be greater than max_length');
  }
}

function initialWithinMaximum(value: JsonObject, place: Place): void {
  const most = value.max_selected_items;
  const chosen = listOf(value.initial_options).length;
  if (typeof most === 'number' && chosen > most) {
    refuse(under(place, 'initial_options'), `no more than ${most} items allowed`);
  }
}

export const elements: Record<string, Check> = {
  button: element('button', {
    required: { text: plainText(limits.buttonText) },
    optional: {
      url: string(limits.buttonUrl, urlProblem),
      value: string(limits.buttonValue),
      style,
      accessibility_label: string(limits.accessibilityLabel),
      ...confirmable,
    },
  }),
  checkboxes: element('checkboxes', {
    required: { options: list(formattedOption, limits.checkboxOptions) },
    optional: {
      initial_options: list(formattedOption, limits.checkboxOptions),
      ...confirmable,
      ...focus,
    },
    also: initialAmongOptions,
  }),
  radio_buttons: element('radio_buttons', {
    required: { options: list(formattedOption, limits.radioOptions) },
    optional: { initial_option: formattedOption, ...confirmable, ...focus },
    also: initialAmongOptions,
  }),
  overflow: element('overflow', {
    required: { options: list(overflowOption, limits.overflowOptions) },
    optional: confirmable,
  }),
  datepicker: element('datepicker', {
    optional: { initial_date: dates, ...confirmable, ...focus, ...placeholder },
  }),
  timepicker: element('timepicker', {
    optional: {
      initial_time: times,
      timezone: anyString,
      ...confirmable,
      ...focus,
      ...placeholder,
    },
  }),
  datetimepicker: element('datetimepicker', {
    optional: {
      initial_date_time: integer({ max: 9_999_999_999, source: 'docs: 10-digit Unix time' }),
      ...confirmable,
      ...focus,
    },
  }),
  static_select: element('static_select', {
    optional: {
      ...staticOptions,
      initial_option: plainOption,
      ...confirmable,
      ...focus,
      ...placeholder,
    },
    also: together(optionsOrGroups, initialAmongOptions),
  }),
  multi_static_select: element('multi_static_select', {
    optional: {
      ...staticOptions,
      initial_options: list(plainOption, limits.options),
      ...maxSelected,
      ...confirmable,
      ...focus,
      ...placeholder,
    },
    also: together(optionsOrGroups, initialAmongOptions, initialWithinMaximum),
  }),
  external_select: element('external_select', {
    optional: {
      initial_option: plainOption,
      ...queryLength,
      ...confirmable,
      ...focus,
      ...placeholder,
    },
  }),
  multi_external_select: element('multi_external_select', {
    optional: {
      initial_options: list(plainOption, limits.options),
      ...queryLength,
      ...maxSelected,
      ...confirmable,
      ...focus,
      ...placeholder,
    },
    also: initialWithinMaximum,
  }),
  users_select: element('users_select', {
    optional: { initial_user: anyString, ...confirmable, ...focus, ...placeholder },
  }),
  multi_users_select: element('multi_users_select', {
    optional: {
      initial_users: list(anyString),
      ...maxSelected,
      ...confirmable,
      ...focus,
      ...placeholder,
    },
  }),
  conversations_select: element('conversations_select', {
    optional: {
      initial_conversation: anyString,
      default_to_current_conversation: boolean,
      response_url_enabled: boolean,
      filter: conversationFilter,
      ...confirmable,
      ...focus,
      ...placeholder,
    },
  }),
  multi_conversations_select: element('multi_conversations_select', {
    optional: {
      initial_conversations: list(anyString),
      default_to_current_conversation: boolean,
      filter: conversationFilter,
      ...maxSelected,
      ...confirmable,
      ...focus,
      ...placeholder,
    },
  }),
  channels_select: element('channels_select', {
    optional: {
      initial_channel: anyString,
      response_url_enabled: boolean,
      ...confirmable,
      ...focus,
      ...placeholder,
    },
  }),
  multi_channels_select: element('multi_channels_select', {
    optional: {
      initial_channels: list(anyString),
      ...maxSelected,
      ...confirmable,
      ...focus,
      ...placeholder,
    },
  }),
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
    optional: { filetypes: list(anyString), max_files: integer(limits.fileInputMaxFiles) },
  }),
  image,
};

const selects = [
  'static_select',
  'external_select',
  'users_select',
  'conversations_select',
  'channels_select',
];
const multiSelects = selects.map((type) => `multi_${type}`);
const choices = ['checkboxes', 'radio_buttons', 'datepicker', 'timepicker'];
const texts = ['plain_text_input', 'email_text_input', 'url_text_input', 'number_input'];

function only(types: readonly string[]): Check {
  const entries = Object.entries(elements).filter(([type]) => types.includes(type));
  return byType(Object.fromEntries(entries));
}

export const actionsElement = only([
  'button',
  'overflow',
  'datetimepicker',
  'rich_text_input',
  ...choices,
  ...selects,
  ...multiSelects,
]);

export const accessory = only([
  'button',
  'overflow',
  'image',
  ...choices,
  ...selects,
  ...multiSelects,
]);

const inputTypes = [
  'datetimepicker',
  'rich_text_input',
  ...texts,
  ...choices,
  ...selects,
  ...multiSelects,
];
const inputAnywhere = only(inputTypes);
const inputInModal = only([...inputTypes, 'file_input']);

/** The element of an input block; a file input stands in a modal only (docs: file input). */
export const inputElement: Check = (value, place) =>
  (place.surface === 'modal' ? inputInModal : inputAnywhere)(value, place);
