import { useLayoutEffect, useRef } from 'preact/hooks';
import { useSurface } from '../blocks/surface.ts';
import { controlProps, type ElementProps } from './field.ts';

/**
 * Text, email, url and number inputs. They are plain text boxes on purpose: the checks and their
 * words are the workspace's (as Slack's client makes them), not the browser's.
 */
export function TextInput({ block, element, field }: ElementProps<'text'>) {
  const surface = useSurface();
  const spot = { block, element };
  const value = surface.valueOf(spot);
  const shown = value && 'value' in value ? (value.value ?? '') : '';
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    if (element.focusOnLoad) input.current?.focus();
  }, [element.focusOnLoad]);
  const change = (typed: string, commit: boolean) =>
    surface.change(spot, { value: typed === '' ? null : typed }, commit);
  const left = element.maxLength === null ? null : element.maxLength - shown.length;
  const common = {
    ...controlProps(field, element.placeholder || 'Text'),
    ref: input,
    class: 'input',
    value: shown,
    placeholder: element.placeholder,
    'data-action-id': element.actionId,
    onInput: (event: Event) => {
      const typed = (event.currentTarget as HTMLInputElement).value;
      change(typed, element.dispatchOn.includes('on_character_entered'));
    },
  };
  const enter = (event: KeyboardEvent) => {
    const dispatches = block.kind === 'input' && block.dispatch;
    if (event.key !== 'Enter' || event.isComposing || !dispatches) return;
    if (element.dispatchOn.includes('on_enter_pressed') && !(element.multiline && event.shiftKey)) {
      event.preventDefault();
      change(shown, true);
    }
  };
  const modes = { text: 'text', email: 'email', url: 'url', number: 'decimal' } as const;
  return (
    <>
      {element.multiline ? (
        <textarea {...common} rows={4} onKeyDown={enter} />
      ) : (
        <input
          {...common}
          type="text"
          inputMode={modes[element.input]}
          autocomplete="off"
          spellcheck={false}
          onKeyDown={enter}
        />
      )}
      {left !== null && left <= 10 && (
        <p class={left < 0 ? 'field-count field-count-over' : 'field-count'} aria-live="polite">
          {left} {Math.abs(left) === 1 ? 'character' : 'characters'} left
        </p>
      )}
    </>
  );
}
