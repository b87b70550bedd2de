import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { SubmitResult, View } from '../../api/views.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { SurfaceContext } from '../blocks/surface.ts';
import { useActions, useApp } from '../state/context.ts';
import { Icon } from '../ui/icon.tsx';
import { useViewSurface } from './view-surface.ts';

/** One modal of the stack: title bar, blocks, buttons. */
export function ModalView(props: { view: View; onTop: boolean; below: View | undefined }) {
  const { view, onTop, below } = props;
  const { submit, closeView } = useActions();
  const botName = useApp((state) => state.workspace?.bot.name ?? 'The app');
  const { surface, problem, setProblem, values, setErrors } = useViewSurface(view);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  useLayoutEffect(() => {
    const element = form.current;
    if (!onTop || !element) return;
    // An element with focus_on_load has taken the focus already.
    if (element.querySelector('.modal-body')?.contains(document.activeElement)) return;
    const fields = '.modal-body :is(input, textarea):not([type=file]):not([disabled])';
    const first = element.querySelector<HTMLElement>(`${fields}, .modal-body button`);
    (
      first ?? element.querySelector<HTMLElement>('.modal-foot button, .modal-head button')
    )?.focus();
  }, [onTop]);

  async function send(): Promise<void> {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    setErrors({});
    const result = await submit(view, values());
    setBusy(false);
    setErrors(result.errors ?? {});
    setProblem(problemWords(result, botName));
    if (result.errors) requestAnimationFrame(() => focusFirstError(form.current));
  }

  return (
    <form
      ref={form}
      class="modal-view"
      hidden={!onTop}
      noValidate
      data-view-id={view.id}
      data-callback-id={view.callbackId}
      onSubmit={(event) => {
        event.preventDefault();
        if (view.submit) void send();
      }}
    >
      <header class="modal-head">
        {below && (
          <button
            type="button"
            class="icon-button"
            aria-label={`Back to ${below.title}`}
            onClick={() => void closeView(view, false)}
          >
            <Icon name="back" />
          </button>
        )}
        <h2 id={onTop ? 'modal-title' : undefined}>{view.title}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label="Close"
          onClick={() => void closeView(view, true)}
        >
          <Icon name="close" />
        </button>
      </header>
      {problem && (
        <p class="modal-problem" role="alert">
          {problem}
        </p>
      )}
      <div class="modal-body">
        <SurfaceContext.Provider value={surface}>
          <Blocks blocks={view.blocks} />
        </SurfaceContext.Provider>
      </div>
      <footer class="modal-foot">
        <span class="quiet modal-from">{botName}</span>
        <button type="button" class="button" onClick={() => void closeView(view, false)}>
          {view.close ?? (view.submit ? 'Cancel' : 'Close')}
        </button>
        {view.submit && (
          <button
            type="submit"
            class="button button-solid"
            data-testid={onTop ? 'modal-submit' : undefined}
            aria-busy={busy}
          >
            {busy && <span class="spinner" aria-hidden="true" />}
            {view.submit}
          </button>
        )}
      </footer>
    </form>
  );
}

/** Slack's own words where the app failed; nothing where the fields say what is wrong. */
function problemWords(result: SubmitResult, botName: string): string | null {
  switch (result.outcome) {
    case 'timeout':
      return `We had some trouble connecting: ${botName} did not answer in time (operation_timeout). Try again?`;
    case 'error':
      return `We had some trouble connecting. Try again?${result.detail ? ` (${result.detail})` : ''}`;
    case 'invalid':
    case 'errors':
      return Object.keys(result.errors ?? {}).length > 0 ? null : (result.detail ?? null);
    default:
      return null;
  }
}

function focusFirstError(form: HTMLFormElement | null): void {
  const field = form?.querySelector<HTMLElement>('.field-wrong');
  field?.scrollIntoView({ block: 'center' });
  field?.querySelector<HTMLElement>('input, textarea, button')?.focus();
}
