import { useId } from 'preact/hooks';
import type { ConfirmModel } from '../blocks/element-model.ts';
import { TextObject } from '../text/formatted.tsx';
import { Dialog } from '../ui/dialog.tsx';

/** An element's own "are you sure". */
export function ConfirmDialog(props: {
  confirm: ConfirmModel;
  onAnswer: (confirmed: boolean) => void;
}) {
  const { confirm, onAnswer } = props;
  const id = useId();
  return (
    <Dialog
      class="confirm"
      testId="confirm"
      labelledBy={`${id}-title`}
      onEscape={() => onAnswer(false)}
    >
      <h2 id={`${id}-title`}>{confirm.title}</h2>
      <div class="confirm-text">
        <TextObject text={confirm.text} />
      </div>
      <div class="confirm-buttons">
        <button type="button" class="button" onClick={() => onAnswer(false)}>
          {confirm.deny}
        </button>
        <button
          type="button"
          class={confirm.danger ? 'button button-danger-solid' : 'button button-solid'}
          onClick={() => onAnswer(true)}
        >
          {confirm.confirm}
        </button>
      </div>
    </Dialog>
  );
}
