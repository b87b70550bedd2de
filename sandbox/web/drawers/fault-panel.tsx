import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Fault, FaultSpec } from '../../api/wire.ts';
import { useActions, useApp } from '../state/context.ts';
import { failureWords } from '../state/conversations.ts';
import { Icon } from '../ui/icon.tsx';
import {
  connectFaults,
  type FaultField,
  type FaultKind,
  faultBody,
  faultWords,
  slackFaults,
} from './fault-catalogue.ts';

/** Faults of one side: those switched on, and a form for the next. */
export function FaultPanel({ on }: { on: 'slack' | 'connect' }) {
  const { api } = useActions();
  const pulse = useApp((state) => state.pulse.faults);
  const [faults, setFaults] = useState<Fault[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const refresh = useCallback(async () => {
    const answer = await api.faults();
    setFaults((Array.isArray(answer) ? answer : answer.faults).filter((fault) => fault.on === on));
  }, [api, on]);
  // The pulse says that something changed
  useEffect(() => void refresh().catch(() => null), [refresh, pulse]);
  const change = async (step: Promise<unknown>) => {
    try {
      await step;
      setProblem(null);
      await refresh();
    } catch (error) {
      setProblem(failureWords(error));
    }
  };
  return (
    <section class="drawer-section" aria-label="Faults">
      <h3>Switched on</h3>
      {faults.length === 0 && <p class="drawer-note">Nothing: everything works as it should.</p>}
      <ul class="fault-list">
        {faults.map((fault) => (
          <li key={fault.id}>
            <span class="fault-words">
              {faultWords(fault)}
              <span class="quiet">
                {' '}
                · {fault.used} of {fault.times} used
              </span>
            </span>
            <button
              type="button"
              class="icon-button icon-button-small"
              aria-label={`Switch off: ${faultWords(fault)}`}
              onClick={() => void change(api.removeFault(fault.id))}
            >
              <Icon name="close" size={14} />
            </button>
          </li>
        ))}
      </ul>
      {problem && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
      <FaultForm on={on} onAdd={(fault) => void change(api.addFault(fault))} />
    </section>
  );
}

function FaultForm(props: {
  on: 'slack' | 'connect';
  onAdd: (fault: FaultSpec & { times: number }) => void;
}) {
  const kinds = props.on === 'slack' ? slackFaults : connectFaults;
  const [name, setName] = useState(kinds[0]?.kind ?? '');
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [times, setTimes] = useState('1');
  const kind: FaultKind | undefined = kinds.find((kind) => kind.kind === name);
  if (!kind) return null;
  return (
    <form
      class="fault-form"
      aria-label="Switch on a fault"
      onSubmit={(event) => {
        event.preventDefault();
        const count = Math.max(1, Number(times) || 1);
        // The catalogue's entries are the members of FaultSpec; the server checks the rest.
        props.onAdd(faultBody(props.on, kind, typed, count) as FaultSpec & { times: number });
      }}
    >
      <h3>Switch on</h3>
      <label class="setting" for={`fault-kind-${props.on}`}>
        <span class="setting-label">What</span>
        <select
          id={`fault-kind-${props.on}`}
          class="input"
          value={name}
          onChange={(event) => {
            setName(event.currentTarget.value);
            setTyped({});
          }}
        >
          {kinds.map((kind) => (
            <option key={kind.kind} value={kind.kind}>
              {kind.title}
            </option>
          ))}
        </select>
      </label>
      <p class="drawer-note">{kind.effect}</p>
      {kind.fields.map((field) => (
        <FaultFieldInput
          key={`${kind.kind}-${field.name}`}
          id={`fault-${props.on}-${field.name}`}
          field={field}
          value={typed[field.name] ?? field.initial}
          onChange={(value) => setTyped((before) => ({ ...before, [field.name]: value }))}
        />
      ))}
      <label class="setting" for={`fault-times-${props.on}`}>
        <span class="setting-label">How often</span>
        <input
          id={`fault-times-${props.on}`}
          class="input"
          type="number"
          min={1}
          value={times}
          onInput={(event) => setTimes(event.currentTarget.value)}
        />
        <span class="quiet">matches, then it is gone</span>
      </label>
      <button type="submit" class="button button-solid">
        Switch on
      </button>
    </form>
  );
}

function FaultFieldInput(props: {
  id: string;
  field: FaultField;
  value: string;
  onChange: (value: string) => void;
}) {
  const { id, field, value, onChange } = props;
  return (
    <label class="setting" for={id}>
      <span class="setting-label">{field.label}</span>
      {field.type === 'boolean' ? (
        <input
          id={id}
          type="checkbox"
          checked={value === 'true'}
          onChange={(event) => onChange(String(event.currentTarget.checked))}
        />
      ) : (
        <input
          id={id}
          class="input"
          type={field.type}
          list={field.choices ? `${id}-choices` : undefined}
          value={value}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
      {field.choices && (
        <datalist id={`${id}-choices`}>
          {field.choices.map((choice) => (
            <option key={choice} value={choice} />
          ))}
        </datalist>
      )}
    </label>
  );
}
