import type { BlockModel } from '../blocks/block-model.ts';
import type { ElementModel, ElementOf } from '../blocks/element-model.ts';

/** How an element is tied to the label, hint and error of the input block around it. */
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

/** ARIA and id for the control itself; outside of an input block the element names itself. */
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
