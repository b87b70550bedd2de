/** What the elements of Block Kit have in common. */
import { limits } from '../limits.ts';
import { confirm, plainText } from './composition.ts';
import { boolean, type Check, oneOf, type Shape, shape, string } from './schema.ts';

export const focus = { focus_on_load: boolean };
export const confirmable = { confirm };
export const placeholder = { placeholder: plainText(limits.placeholder) };

/** An element of this type, with an `action_id` of its own. */
export function element(type: string, { required = {}, optional = {}, also }: Shape): Check {
  return shape({
    required: { type: oneOf(type), ...required },
    optional: { action_id: string(limits.actionId), ...optional },
    ...(also ? { also } : {}),
  });
}
