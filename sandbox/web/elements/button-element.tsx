import { useState } from 'preact/hooks';
import { useSurface } from '../blocks/surface.ts';
import { Plain } from '../text/formatted.tsx';
import { safeUrl } from '../text/mrkdwn.ts';
import type { ElementProps } from './field.ts';
import { useConfirmed } from './use-confirmed.tsx';

const looks = {
  default: 'button',
  primary: 'button button-primary',
  danger: 'button button-danger',
} as const;

/** A button; busy until the bot has acknowledged. With a url it opens that too, as in Slack. */
export function ButtonElement({ block, element }: ElementProps<'button'>) {
  const surface = useSurface();
  const [busy, setBusy] = useState(false);
  const { ask, dialog } = useConfirmed(element.confirm);
  const press = () => {
    if (busy) return;
    ask(async () => {
      setBusy(true);
      await surface.press({ block, element }, null);
      setBusy(false);
      const url = element.url && safeUrl(element.url);
      if (url && element.confirm) open(url, '_blank', 'noreferrer');
    });
  };
  const inside = (
    <>
      {busy && <span class="spinner" aria-hidden="true" />}
      <Plain text={element.text.text} emoji={element.text.emoji} />
    </>
  );
  const url = element.url && safeUrl(element.url);
  return (
    <>
      {url && !element.confirm ? (
        <a
          class={looks[element.style]}
          href={url}
          target="_blank"
          rel="noreferrer"
          aria-label={element.label ?? undefined}
          data-action-id={element.actionId}
          onClick={press}
        >
          {inside}
        </a>
      ) : (
        <button
          type="button"
          class={looks[element.style]}
          aria-label={element.label ?? undefined}
          aria-busy={busy}
          data-action-id={element.actionId}
          onClick={press}
        >
          {inside}
        </button>
      )}
      {dialog}
    </>
  );
}
