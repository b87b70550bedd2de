import type { ComponentChildren } from 'preact';
import { useCallback, useLayoutEffect, useRef } from 'preact/hooks';

/**
 * A modal dialog on the browser's own: what is behind it is out of reach, Tab stays inside. When it
 * goes, the focus returns to where it was, also when that opened it long ago.
 */
export function Dialog(props: {
  labelledBy: string;
  class: string;
  testId?: string;
  onEscape: () => void;
  children: ComponentChildren;
}) {
  const dialog = useRef<HTMLDialogElement | null>(null);
  const opener = useRef<Element | null>(null);
  const { onEscape } = props;
  // As soon as it is in the page, so that what is inside can take the focus in its own effects.
  const show = useCallback((element: HTMLDialogElement | null) => {
    dialog.current = element;
    if (!element || element.open) return;
    opener.current = document.activeElement;
    element.showModal();
  }, []);
  const leaving = useRef(false);
  useLayoutEffect(
    () => () => {
      leaving.current = true;
      dialog.current?.close();
      const before = opener.current;
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    },
    [],
  );
  return (
    <dialog
      ref={show}
      class={props.class}
      aria-labelledby={props.labelledBy}
      data-testid={props.testId}
      onCancel={(event) => {
        event.preventDefault();
        if (event.target === dialog.current) onEscape();
      }}
      onClose={() => {
        // A second Escape in a row closes it whatever the page says (HTML: close watcher). What it
        // was asked to leave is left; a dialog that has more to show comes back.
        if (leaving.current) return;
        onEscape();
        requestAnimationFrame(() => {
          if (dialog.current?.isConnected && !dialog.current.open) dialog.current.showModal();
        });
      }}
    >
      {props.children}
    </dialog>
  );
}
