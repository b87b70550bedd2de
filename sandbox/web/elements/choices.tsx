import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { Option } from '../../api/interactions.ts';
import { useSurface } from '../blocks/surface.ts';
import { pickedOptions, sameOption } from '../blocks/values.ts';
import { Mrkdwn, Plain } from '../text/formatted.tsx';
import type { ElementProps } from './field.ts';
import { useConfirmed } from './use-confirmed.tsx';

/** Checkboxes and radio buttons. */
export function Choices({ block, element, field }: ElementProps<'choices'>) {
  const surface = useSurface();
  const id = useId();
  const group = useRef<HTMLDivElement>(null);
  const spot = { block, element };
  const picked = pickedOptions(surface.valueOf(spot));
  const { ask, dialog } = useConfirmed(element.confirm);
  useLayoutEffect(() => {
    if (element.focusOnLoad) group.current?.querySelector('input')?.focus();
  }, [element.focusOnLoad]);

  function toggle(option: Option): void {
    if (!element.many) {
      ask(() => surface.change(spot, { selected_option: option }, true));
      return;
    }
    const on = picked.some((selected) => sameOption(selected, option));
    // In the order of the menu, as Slack sends them.
    const after = element.options.filter((selected) =>
      sameOption(selected, option) ? !on : picked.some((choice) => sameOption(selected, choice)),
    );
    ask(() => surface.change(spot, { selected_options: after }, true));
  }

  return (
    <div
      ref={group}
      class="choices"
      role={element.many ? 'group' : 'radiogroup'}
      data-action-id={element.actionId}
      aria-describedby={field?.describedBy}
      {...(field ? { 'aria-labelledby': field.labelId } : { 'aria-label': 'Choices' })}
    >
      {element.options.map((option, index) => (
        <label key={option.value} class="choice" for={`${id}-${index}`}>
          <input
            id={`${id}-${index}`}
            type={element.many ? 'checkbox' : 'radio'}
            name={id}
            checked={picked.some((selected) => sameOption(selected, option))}
            onChange={() => toggle(option)}
          />
          <span>
            <OptionText text={option.text} />
            {option.description && (
              <span class="choice-detail">
                <OptionText text={option.description} />
              </span>
            )}
          </span>
        </label>
      ))}
      {dialog}
    </div>
  );
}

function OptionText({ text }: { text: Option['text'] }) {
  return text.type === 'mrkdwn' ? (
    <Mrkdwn text={text.text} />
  ) : (
    <Plain text={text.text} emoji={text.emoji !== false} />
  );
}
