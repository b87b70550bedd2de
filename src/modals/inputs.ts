/** Inputs that every form of the bot uses. */
import type { InputBlock, KnownBlock, PlainTextOption } from '@slack/types';
import { plain } from './blocks.ts';

type TextOptions = {
  readonly optional?: boolean;
  readonly multiline?: boolean;
  readonly maxLength?: number;
  readonly initial?: string | undefined;
  readonly placeholder?: string;
  readonly hint?: string;
  readonly focus?: boolean;
};

/** Characters of a reason: Slack's form accepts no more, but a submission made by hand can have more. */
export const longestReason = 500;

/** The reason in a submitted form; empty when there is none. */
export function readReason(typed: string | null | undefined): string {
  return typed?.trim().slice(0, longestReason) ?? '';
}

/** The largest number that the database can store; no file has as many rows. */
const largestRow = 2_147_483_647;

/** Whether this can be the number of a row: a submission made by hand can have any number. */
export function isRowNumber(row: number): boolean {
  return Number.isSafeInteger(row) && row > 0 && row <= largestRow;
}

export function text(field: string, label: string, options: TextOptions = {}): InputBlock {
  return {
    type: 'input',
    block_id: field,
    optional: options.optional ?? false,
    label: plain(label),
    ...(options.hint ? { hint: plain(options.hint) } : {}),
    element: {
      type: 'plain_text_input',
      action_id: field,
      ...(options.multiline ? { multiline: true } : {}),
      ...(options.maxLength ? { max_length: options.maxLength } : {}),
      ...(options.initial ? { initial_value: options.initial } : {}),
      ...(options.placeholder ? { placeholder: plain(options.placeholder) } : {}),
      ...(options.focus ? { focus_on_load: true } : {}),
    },
  };
}

/** Most seconds of after-contact work (CreateUser docs: 24 days). */
const mostSeconds = '2000000';

export function wholeNumber(
  field: string,
  label: string,
  options: {
    readonly optional?: boolean;
    readonly initial?: string | undefined;
    readonly hint?: string;
  },
): InputBlock {
  return {
    type: 'input',
    block_id: field,
    optional: options.optional ?? false,
    label: plain(label),
    ...(options.hint ? { hint: plain(options.hint) } : {}),
    element: {
      type: 'number_input',
      action_id: field,
      is_decimal_allowed: false,
      min_value: '0',
      max_value: mostSeconds,
      ...(options.initial ? { initial_value: options.initial } : {}),
    },
  };
}

export function tick(field: string, label: string, what: string, initial: boolean): InputBlock {
  const option: PlainTextOption = { text: plain(what), value: 'yes' };
  return {
    type: 'input',
    block_id: field,
    optional: true,
    label: plain(label),
    element: {
      type: 'checkboxes',
      action_id: field,
      options: [option],
      ...(initial ? { initial_options: [option] } : {}),
    },
  };
}

export function choice(
  field: string,
  label: string,
  initial: string | undefined,
  values: readonly (readonly [value: string, words: string])[],
): InputBlock {
  const options = values.map(([value, words]): PlainTextOption => ({ text: plain(words), value }));
  const chosen = options.find((option) => option.value === initial);
  return {
    type: 'input',
    block_id: field,
    optional: true,
    label: plain(label),
    element: {
      type: 'static_select',
      action_id: field,
      options,
      ...(chosen ? { initial_option: chosen } : {}),
    },
  };
}

export function unfold(actionId: string, words: string): KnownBlock {
  return {
    type: 'actions',
    block_id: actionId,
    elements: [{ type: 'button', action_id: actionId, text: plain(words) }],
  };
}
