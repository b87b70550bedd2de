import { useState } from 'preact/hooks';
import type { ConnectSettings } from '../../api/connect.ts';
import { useActions } from '../state/context.ts';
import { failureWords } from '../state/conversations.ts';

/** The settings that are one number; the others (a rate an operation, SAML's email) are set by HTTP. */
type NumberSetting =
  | 'ratePerSecond'
  | 'burst'
  | 'latencyMs'
  | 'searchLagMs'
  | 'usersQuota'
  | 'othersPerSecond';

const fields: { key: NumberSetting; label: string; unit: string; step: number }[] = [
  { key: 'ratePerSecond', label: 'Rate', unit: 'calls a second', step: 0.5 },
  { key: 'burst', label: 'Burst', unit: 'calls at once', step: 1 },
  { key: 'latencyMs', label: 'Latency', unit: 'ms', step: 10 },
  { key: 'searchLagMs', label: 'Search lag', unit: 'ms until a new user is found', step: 100 },
  { key: 'usersQuota', label: 'Users quota', unit: 'users an instance', step: 1 },
  {
    key: 'othersPerSecond',
    label: 'Other callers',
    unit: 'calls a second on the same bucket',
    step: 0.5,
  },
];

/** The limits of the offline Connect; what is changed acts at once. */
export function ConnectSettingsForm(props: {
  settings: ConnectSettings;
  onSaved: () => Promise<void>;
}) {
  const { api } = useActions();
  const [problem, setProblem] = useState<string | null>(null);
  async function save(key: NumberSetting, typed: string): Promise<void> {
    const value = Number(typed);
    if (typed === '' || !Number.isFinite(value) || value < 0) {
      setProblem('A number of 0 or more, please.');
      return;
    }
    try {
      await api.connectSettings({ [key]: value });
      setProblem(null);
      await props.onSaved();
    } catch (error) {
      setProblem(failureWords(error));
    }
  }
  return (
    <section class="drawer-section" aria-label="Settings">
      <h3>Settings</h3>
      <div class="settings-grid">
        {fields.map(({ key, label, unit, step }) => (
          <label key={key} class="setting" for={`setting-${key}`}>
            <span class="setting-label">{label}</span>
            <input
              id={`setting-${key}`}
              class="input"
              type="number"
              min={0}
              step={step}
              value={props.settings[key]}
              onChange={(event) => void save(key, event.currentTarget.value)}
            />
            <span class="quiet">{unit}</span>
          </label>
        ))}
      </div>
      {problem && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}
