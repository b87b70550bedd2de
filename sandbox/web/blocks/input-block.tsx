import { useId } from 'preact/hooks';
import { Element } from '../elements/element.tsx';
import { Plain } from '../text/formatted.tsx';
import type { BlockOf } from './block-model.ts';
import { useSurface } from './surface.ts';

/** A labelled field with its hint and what is wrong with it. */
export function InputBlock({ block }: { block: BlockOf<'input'> }) {
  const id = useId();
  const error = useSurface().errorOf(block);
  const group = block.element.kind === 'choices' || block.element.kind === 'file';
  const label = (
    <>
      <Plain text={block.label.text} emoji={block.label.emoji} />
      {block.optional && <span class="field-optional"> (optional)</span>}
    </>
  );
  const described = [error ? `${id}-error` : '', block.hint ? `${id}-hint` : '']
    .filter((part) => part !== '')
    .join(' ');
  return (
    <div class={error ? 'field field-wrong' : 'field'} data-block-id={block.blockId}>
      {group ? (
        <span class="field-label" id={`${id}-label`}>
          {label}
        </span>
      ) : (
        <label class="field-label" id={`${id}-label`} for={`${id}-input`}>
          {label}
        </label>
      )}
      <Element
        block={block}
        element={block.element}
        field={{
          inputId: `${id}-input`,
          labelId: `${id}-label`,
          describedBy: described === '' ? undefined : described,
          invalid: error !== null,
          required: !block.optional,
        }}
      />
      {error && (
        <p class="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
      {block.hint && (
        <p class="field-hint" id={`${id}-hint`}>
          <Plain text={block.hint.text} emoji={block.hint.emoji} />
        </p>
      )}
    </div>
  );
}
