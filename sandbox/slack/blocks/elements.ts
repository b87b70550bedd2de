/** Block Kit's elements, and the blocks in which each is allowed (docs: the element's own page). */
import { limits } from '../limits.ts';
import { formattedOption, initialAmongOptions, overflowOption, plainText } from './composition.ts';
import { confirmable, element, focus, placeholder } from './element.ts';
import { image } from './images.ts';
import { inputs } from './inputs.ts';
import {
  byType,
  type Check,
  filledString,
  integer,
  list,
  oneOf,
  string,
  urlProblem,
} from './schema.ts';
import { selects } from './selects.ts';

const style = oneOf('primary', 'danger');
const dates = string(undefined, (text) =>
  isCalendarDate(text) ? undefined : 'must be formatted as YYYY-MM-DD',
);

/** Whether the date exists: `2026-02-30` does not. */
function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

const times = string(undefined, (text) =>
  /^([01]\d|2[0-3]):[0-5]\d$/.test(text) ? undefined : 'must be formatted as HH:mm',
);

const elements: Record<string, Check> = {
  ...inputs,
  ...selects,
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
      timezone: filledString,
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
  image,
};

const menus = Object.keys(selects);
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
  ...menus,
]);

export const accessory = only(['button', 'overflow', 'image', ...choices, ...menus]);

const inputTypes = ['datetimepicker', 'rich_text_input', ...texts, ...choices, ...menus];
const inputAnywhere = only(inputTypes);
const inputInModal = only([...inputTypes, 'file_input']);

/** The elements of an input block; a file input is allowed only in a modal (docs: file input). */
export const inputElement: Check = (value, place) =>
  (place.surface === 'modal' ? inputInModal : inputAnywhere)(value, place);
