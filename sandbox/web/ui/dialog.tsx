import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

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
  const dialog = useRef<HTMLDialogElement>(null);
  const { onEscape } = props;
  useLayoutEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={props.class}
      aria-labelledby={props.labelledBy}
      data-testid={props.testId}
      onCancel={(event) => {
        event.preventDefault();
        if (event.target === dialog.current) onEscape();
      }}
    >
      {props.children}
    </dialog>
  );
}
