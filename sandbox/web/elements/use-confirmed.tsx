import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { ConfirmModel } from '../blocks/element-model.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';

/**
 * Asks the element's confirm dialog before a step. `ask` runs the step at once when there is none;
 * `dialog` is in the element's markup. `onDenied` undoes what the element shows already.
 */
export function useConfirmed(
  confirm: ConfirmModel | null,
  onDenied: () => void = () => undefined,
): { ask: (step: () => void) => void; dialog: ComponentChildren } {
  const [waiting, setWaiting] = useState<{ step: () => void } | null>(null);
  return {
    ask: (step) => (confirm ? setWaiting({ step }) : step()),
    dialog: waiting && confirm && (
      <ConfirmDialog
        confirm={confirm}
        onAnswer={(confirmed) => {
          setWaiting(null);
          if (confirmed) waiting.step();
          else onDenied();
        }}
      />
    ),
  };
}
