import type { BlockModel } from '../blocks/block-model.ts';
import type { ElementModel } from '../blocks/element-model.ts';
import { ImageView } from '../blocks/image-view.tsx';
import { UnknownBlock } from '../blocks/unknown-block.tsx';
import { ButtonElement } from './button-element.tsx';
import { Choices } from './choices.tsx';
import { DateOrTime } from './date-or-time.tsx';
import type { Field } from './field.ts';
import { FileInput } from './file-input.tsx';
import { OverflowElement } from './overflow-element.tsx';
import { Select } from './select.tsx';
import { TextInput } from './text-input.tsx';

/** Any element, in an input block (`field`), an actions block or beside a section. */
export function Element(props: {
  block: BlockModel;
  element: ElementModel;
  field?: Field | undefined;
}) {
  const { block, element, field } = props;
  switch (element.kind) {
    case 'button':
      return <ButtonElement block={block} element={element} />;
    case 'text':
      return <TextInput block={block} element={element} field={field} />;
    case 'choices':
      return <Choices block={block} element={element} field={field} />;
    case 'select':
      return <Select block={block} element={element} field={field} />;
    case 'date':
    case 'time':
    case 'datetime':
      return <DateOrTime block={block} element={element} field={field} />;
    case 'file':
      return <FileInput block={block} element={element} field={field} />;
    case 'overflow':
      return <OverflowElement block={block} element={element} />;
    case 'image':
      return <ImageView url={element.url} alt={element.alt} small={block.kind === 'context'} />;
    case 'unknown':
      return <UnknownBlock what="element" type={element.type} problem={element.problem} />;
  }
}
