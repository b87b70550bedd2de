import type { BlockModel } from '../blocks/block-model.ts';
import type { ElementModel, ElementOf } from '../blocks/element-model.ts';

/** How an element is connected to the label, hint and error of its input block. */
export type Field = {
  inputId: string;
  labelId: string;
  describedBy: string | undefined;
  invalid: boolean;
  required: boolean;
};

export type ElementProps<Kind extends ElementModel['kind']> = {
  block: BlockModel;
  element: ElementOf<Kind>;
  field?: Field | undefined;
};

/** ARIA attributes and id of the control; outside an input block the element has its own name. */
export function controlProps(field: Field | undefined, name: string) {
  return field
    ? {
        id: field.inputId,
        'aria-describedby': field.describedBy,
        'aria-invalid': field.invalid,
        'aria-required': field.required,
      }
    : { 'aria-label': name };
}
