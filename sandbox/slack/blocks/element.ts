/** Validation that Block Kit's elements share. */
import { limits } from '../limits.ts';
import { confirm, plainText } from './composition.ts';
import { boolean, type Check, oneOf, type Shape, shape, string } from './schema.ts';

export const focus = { focus_on_load: boolean };
export const confirmable = { confirm };
export const placeholder = { placeholder: plainText(limits.placeholder) };

/** An element of this type with its own `action_id`. */
export function element(type: string, { required = {}, optional = {}, also }: Shape): Check {
  return shape({
    required: { type: oneOf(type), ...required },
    optional: { action_id: string(limits.actionId), ...optional },
    ...(also ? { also } : {}),
  });
}
