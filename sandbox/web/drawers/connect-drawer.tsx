import { useState } from 'preact/hooks';
import { useApp } from '../state/context.ts';
import { BucketLevels } from './bucket-levels.tsx';
import { ConnectSettingsForm } from './connect-settings-form.tsx';
import { FaultPanel } from './fault-panel.tsx';
import { ProfileLists } from './profile-lists.tsx';
import { useConnect } from './use-connect.ts';
import { UsersTable } from './users-table.tsx';

const parts = ['Users', 'Profiles', 'Limits', 'Faults'] as const;

/** Amazon Connect as it is: users, profiles, limits, faults. */
export function ConnectDrawer() {
  const instances = useApp((state) => state.workspace?.connect.instances);
  const url = useApp((state) => state.workspace?.connect.url ?? '');
  const [instance, setInstance] = useState<string | null>(null);
  const [part, setPart] = useState<(typeof parts)[number]>('Users');
  const chosen = instance ?? instances?.[0]?.id ?? null;
  const { connect, problem, refresh } = useConnect(chosen);
  return (
    <div class="drawer-body">
      <fieldset class="tabs" aria-label="Instance">
        {(instances ?? []).map((instance) => (
          <button
            key={instance.id}
            type="button"
            class="tab"
            aria-pressed={instance.id === chosen}
            title={`${instance.id} · ${instance.region}`}
            onClick={() => setInstance(instance.id)}
          >
            {instance.alias}
          </button>
        ))}
      </fieldset>
      {connect && (
        <p class="drawer-note">
          {identityWords(connect.instance.identity)} · {connect.instance.region} ·{' '}
          <code>{url}</code>
        </p>
      )}
      {problem && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
      <fieldset class="segments" aria-label="Part">
        {parts.map((name) => (
          <button
            key={name}
            type="button"
            class="segment"
            aria-pressed={name === part}
            onClick={() => setPart(name)}
          >
            {name}
          </button>
        ))}
      </fieldset>
      {connect && part === 'Users' && <UsersTable key={chosen} connect={connect} />}
      {connect && part === 'Profiles' && <ProfileLists connect={connect} onChanged={refresh} />}
      {connect && part === 'Limits' && (
        <>
          <BucketLevels bucket={connect.bucket} />
          <ConnectSettingsForm settings={connect.settings} onSaved={refresh} />
        </>
      )}
      {part === 'Faults' && <FaultPanel on="connect" />}
    </div>
  );
}

function identityWords(identity: string): string {
  switch (identity) {
    case 'CONNECT_MANAGED':
      return 'Connect keeps the passwords';
    case 'SAML':
      return 'single sign-on (SAML)';
    case 'EXISTING_DIRECTORY':
      return 'an existing directory';
    default:
      return identity;
  }
}
