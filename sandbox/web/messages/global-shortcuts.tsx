import { useState } from 'preact/hooks';
import type { StepInfo } from '../../api/workspace.ts';
import { RunStep } from '../modals/run-step.tsx';
import { useActions, useApp } from '../state/context.ts';
import { Icon } from '../ui/icon.tsx';
import { MenuButton } from '../ui/menu.tsx';

/** The apps' shortcuts that need no message, and their steps of workflows; nothing when there are none. */
export function GlobalShortcuts() {
  const { runShortcut } = useActions();
  const shortcuts = useApp((state) => state.workspace?.shortcuts);
  const steps = useApp((state) => state.workspace?.steps);
  const [step, setStep] = useState<StepInfo | null>(null);
  const items = [
    ...(shortcuts ?? [])
      .filter((shortcut) => shortcut.type === 'global')
      .map((shortcut) => ({
        label: shortcut.name,
        detail: shortcut.description,
        onPick: () => void runShortcut(shortcut, null),
      })),
    ...(steps ?? []).map((step) => ({
      label: step.title,
      detail: 'Run a workflow with this step',
      onPick: () => setStep(step),
    })),
  ];
  if (items.length === 0) return null;
  return (
    <>
      <MenuButton
        label="Shortcuts"
        title="Shortcuts"
        class="icon-button"
        align="start"
        items={items}
      >
        <Icon name="bolt" />
      </MenuButton>
      {step && <RunStep step={step} onDone={() => setStep(null)} />}
    </>
  );
}
