import { createPortal } from 'preact/compat';
import { useCallback, useEffect, useId, useState } from 'preact/hooks';
import type { StepRun } from '../../api/workflows.ts';
import type { StepInfo } from '../../api/workspace.ts';
import { useActions, useApp } from '../state/context.ts';
import { failureWords } from '../state/conversations.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';

/**
 * Stands in for a workflow of one step: its inputs, filled in by the person who runs it, and how its runs ended. In the
 * page's body, because the menu that opens it is inside another form.
 */
export function RunStep({ step, onDone }: { step: StepInfo; onDone: () => void }) {
  const { api } = useActions();
  const me = useApp((state) => state.me);
  const pulse = useApp((state) => state.pulse.wire);
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [runs, setRuns] = useState<StepRun[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const id = useId();
  const refresh = useCallback(async () => {
    const all = (await api.stepRuns()).runs;
    setRuns(all.filter(({ callbackId }) => callbackId === step.callbackId).reverse());
  }, [api, step]);
  // The pulse says that something went over the wire, such as the end of a run.
  useEffect(() => void refresh().catch(() => null), [refresh, pulse]);

  async function run(): Promise<void> {
    const inputs = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ''));
    try {
      await api.runStep({ user: me, callbackId: step.callbackId, inputs });
      setProblem(null);
      await refresh();
    } catch (error) {
      setProblem(failureWords(error));
    }
  }

  return createPortal(
    <Dialog class="modal" testId="run-step" labelledBy={`${id}-title`} onEscape={onDone}>
      <form
        class="modal-view"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <header class="modal-head">
          <h2 id={`${id}-title`}>{step.title}</h2>
          <button type="button" class="icon-button" aria-label="Close" onClick={onDone}>
            <Icon name="close" />
          </button>
        </header>
        {problem && (
          <p class="modal-problem" role="alert">
            {problem}
          </p>
        )}
        <div class="modal-body step-body">
          <Runs runs={runs} />
          <p class="drawer-note">
            A workflow with this one step. Slack tells the app that you ran it; nobody can name
            somebody else.
          </p>
          {step.inputs.map(({ name, title, description, required }) => (
            <div key={name} class="field">
              <label class="field-label" for={`${id}-${name}`}>
                {title}
                {!required && <span class="field-optional"> (optional)</span>}
              </label>
              <input
                id={`${id}-${name}`}
                class="input"
                type="text"
                value={typed[name] ?? ''}
                aria-describedby={`${id}-${name}-hint`}
                onInput={(event) => {
                  const { value } = event.currentTarget;
                  setTyped((before) => ({ ...before, [name]: value }));
                }}
              />
              <p class="field-hint" id={`${id}-${name}-hint`}>
                {description}
              </p>
            </div>
          ))}
        </div>
        <footer class="modal-foot">
          <button type="button" class="button" onClick={onDone}>
            Close
          </button>
          <button type="submit" class="button button-solid">
            Run
          </button>
        </footer>
      </form>
    </Dialog>,
    document.body,
  );
}

function Runs({ runs }: { runs: readonly StepRun[] }) {
  if (runs.length === 0) return null;
  return (
    <ul class="step-runs" aria-label="Runs" aria-live="polite">
      {runs.map((run) => (
        <li key={run.id}>
          <strong>{run.status}</strong> <span class="quiet">{run.id}</span>
          {run.error && <div>{run.error}</div>}
          {Object.entries(run.outputs ?? {}).map(([name, value]) => (
            <div key={name}>
              {name}: {String(value)}
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}
