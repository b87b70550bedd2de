import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ElementValue } from '../../api/interactions.ts';
import { useSurface } from '../blocks/surface.ts';
import { controlProps, type ElementProps } from './field.ts';
import { useConfirmed } from './use-confirmed.tsx';

/** datepicker, timepicker and datetimepicker, with the browser's own pickers. */
export function DateOrTime({ block, element, field }: ElementProps<'date' | 'time' | 'datetime'>) {
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
        {...controlProps(field, element.placeholder || placeholders[element.kind])}
        ref={input}
        class={element.kind === 'datetime' ? 'input' : 'input input-short'}
        type={element.kind === 'datetime' ? 'datetime-local' : element.kind}
        value={shownValue(value)}
        data-action-id={element.actionId}
        onChange={(event) => {
          const picked = event.currentTarget.value || null;
          ask(() => surface.change(spot, pickedValue(element.kind, picked), true));
        }}
      />
      {dialog}
    </>
  );
}

const placeholders = { date: 'Date', time: 'Time', datetime: 'Date and time' } as const;

function pickedValue(kind: keyof typeof placeholders, picked: string | null): ElementValue {
  switch (kind) {
    case 'date':
      return { selected_date: picked };
    case 'time':
      return { selected_time: picked };
    case 'datetime':
      // Without a zone it is read in the reader's own, as Slack's picker does.
      return { selected_date_time: picked === null ? null : new Date(picked).getTime() / 1000 };
  }
}

function shownValue(value: ElementValue | null): string {
  if (value && 'selected_date' in value) return value.selected_date ?? '';
  if (value && 'selected_time' in value) return value.selected_time ?? '';
  if (value && 'selected_date_time' in value) return localMinute(value.selected_date_time);
  return '';
}

/** 2026-12-01T09:00 in the reader's zone, as the browser's picker writes it. */
function localMinute(seconds: number | null): string {
  if (seconds === null) return '';
  const offsetMs = new Date(seconds * 1000).getTimezoneOffset() * 60_000;
  return new Date(seconds * 1000 - offsetMs).toISOString().slice(0, 16);
}
