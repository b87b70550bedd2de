import { useActions, useApp } from '../state/context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { ModalView } from './modal-view.tsx';

/**
 * The person's open modals. As in Slack only the topmost is seen; those below keep what was typed in
 * them and come back when it closes.
 */
export function ModalStack() {
  const views = useApp((state) => state.views);
  const { closeView } = useActions();
  const top = views.at(-1);
  if (!top) return null;
  return (
    <Dialog
      class="modal"
      testId="modal"
      labelledBy="modal-title"
      onEscape={() => void closeView(top, false)}
    >
      {views.map((view, index) => (
        <ModalView
          key={view.id}
          view={view}
          onTop={view === top}
          below={index > 0 ? views[index - 1] : undefined}
        />
      ))}
    </Dialog>
  );
}
