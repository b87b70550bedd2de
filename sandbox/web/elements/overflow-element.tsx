import { useState } from 'preact/hooks';
import type { Option } from '../../api/interactions.ts';
import { useSurface } from '../blocks/surface.ts';
import { safeUrl } from '../text/mrkdwn.ts';
import { Icon } from '../ui/icon.tsx';
import { MenuButton } from '../ui/menu.tsx';
import type { ElementProps } from './field.ts';
import { useConfirmed } from './use-confirmed.tsx';

export function OverflowElement({ block, element }: ElementProps<'overflow'>) {
  const surface = useSurface();
  const [busy, setBusy] = useState(false);
  const { ask, dialog } = useConfirmed(element.confirm);
  const pick = (option: Option) =>
    ask(async () => {
      setBusy(true);
      await surface.press({ block, element }, { selected_option: option });
      setBusy(false);
    });
  return (
    <>
      <MenuButton
        label="More options"
        class="button button-icon"
        items={element.options.map((option) => {
          const url = safeUrl(String((option as { url?: unknown }).url ?? ''));
          return {
            label: option.text.text,
            ...(option.description ? { detail: option.description.text } : {}),
            ...(url ? { href: url } : {}),
            onPick: () => pick(option),
          };
        })}
      >
        {busy ? <span class="spinner" aria-hidden="true" /> : <Icon name="more" />}
      </MenuButton>
      {dialog}
    </>
  );
}
