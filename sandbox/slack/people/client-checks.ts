/**
 * Client-side checks by which Slack's client refuses a submission before the bot receives it. The wording is a guess.
 */
import { isNumberText } from '../blocks/inputs.ts';
import { extensionOf } from '../files.ts';
import { asText, isObject, type JsonObject, listOf, textOf } from '../json.ts';
import { limits } from '../limits.ts';
import { type ElementState, isEmptyState } from '../values.ts';
import type { StoredView } from '../views.ts';

/** Block id → the error of its input; empty when the view can be submitted. */
export function inputErrors(view: StoredView): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const block of view.blocks) {
    if (block.type !== 'input' || !isObject(block.element)) continue;
    const state = view.values[asText(block.block_id)]?.[asText(block.element.action_id)];
    const problem = state ? problemOf(block, block.element, state) : undefined;
    if (problem) errors[asText(block.block_id)] = problem;
  }
  return errors;
}

function problemOf(block: JsonObject, element: JsonObject, state: ElementState) {
  if (isEmptyState(state)) {
    return block.optional === true ? undefined : 'This is a required field';
  }
  const text = textOf(state.value) ?? '';
  switch (element.type) {
    case 'plain_text_input':
      return lengthProblem(element, text);
    case 'number_input':
      return numberProblem(element, text);
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text) ? undefined : 'Enter a valid email address';
    case 'url_text_input':
      return URL.parse(text) ? undefined : 'Enter a valid URL';
    case 'file_input':
      return fileProblem(element, listOf(state.files).filter(isObject));
    default:
      return undefined;
  }
}

function lengthProblem(element: JsonObject, text: string): string | undefined {
  const { min_length: min, max_length: max } = element;
  const most = typeof max === 'number' ? max : limits.textInputMaxLength.max;
  if (typeof min === 'number' && text.length < min) return `Enter at least ${min} characters`;
  return text.length > most ? `Enter at most ${most} characters` : undefined;
}

function numberProblem(element: JsonObject, text: string): string | undefined {
  const decimals = element.is_decimal_allowed === true;
  if (!isNumberText(text, decimals)) return decimals ? 'Enter a number' : 'Enter a whole number';
  const min = textOf(element.min_value);
  const max = textOf(element.max_value);
  if (min !== undefined && Number(text) < Number(min)) return `Enter ${min} or more`;
  return max !== undefined && Number(text) > Number(max) ? `Enter ${max} or less` : undefined;
}

function fileProblem(element: JsonObject, files: JsonObject[]): string | undefined {
  const types = listOf(element.filetypes).map(asText);
  for (const file of files) {
    const extension = extensionOf(asText(file.name));
    if (types.length > 0 && !types.includes(extension)) {
      return `Choose a file of type ${types.join(', ')}`;
    }
    if (Number(file.size) > limits.fileInputBytes.max) return 'Choose a file of at most 10 MB';
  }
  return undefined;
}
