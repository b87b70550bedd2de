import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ElementValue } from '../../api/interactions.ts';
import { useSurface } from '../blocks/surface.ts';
import { controlProps, type ElementProps } from './field.ts';
import { useConfirmed } from './use-confirmed.tsx';

/** datepicker and timepicker, with the browser's own pickers. */
export function DateOrTime({ block, element, field }: ElementProps<'date' | 'time'>) {
  const surface = useSurface();
  const input = useRef<HTMLInputElement>(null);
  const spot = { block, element };
  const value = surface.valueOf(spot);
  const { ask, dialog } = useConfirmed(element.confirm);
  useLayoutEffect(() => {
    if (element.focusOnLoad) input.current?.focus();
  }, [element.focusOnLoad]);
  return (
    <>
      <input
        {...controlProps(field, element.placeholder || (element.kind === 'date' ? 'Date' : 'Time'))}
        ref={input}
        class="input input-short"
        type={element.kind}
        value={shownValue(value)}
        data-action-id={element.actionId}
        onChange={(event) => {
          const picked = event.currentTarget.value || null;
          const changed: ElementValue =
            element.kind === 'date' ? { selected_date: picked } : { selected_time: picked };
          ask(() => surface.change(spot, changed, true));
        }}
      />
      {dialog}
    </>
  );
}

function shownValue(value: ElementValue | null): string {
  if (value && 'selected_date' in value) return value.selected_date ?? '';
  if (value && 'selected_time' in value) return value.selected_time ?? '';
  return '';
}
