import { useState } from 'preact/hooks';
import type { ChangeProfile, ConnectState } from '../../api/connect.ts';
import { useActions } from '../state/context.ts';
import { failureWords } from '../state/conversations.ts';
import { Icon } from '../ui/icon.tsx';

/** Profiles and groups by name; deleting one is what an admin may do between a check and a creation. */
export function ProfileLists(props: { connect: ConnectState; onChanged: () => Promise<void> }) {
  const { connect } = props;
  const { api } = useActions();
  const [problem, setProblem] = useState<string | null>(null);
  async function remove(action: ChangeProfile['action'], id: string): Promise<void> {
    try {
      await api.changeProfile({ instance: connect.instance.id, action, id });
      setProblem(null);
      await props.onChanged();
    } catch (error) {
      setProblem(failureWords(error));
    }
  }
  return (
    <section class="drawer-section" aria-label="Profiles">
      {problem && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
      <h3>Security profiles</h3>
      <ul class="profile-list">
        {connect.securityProfiles.map((profile) => (
          <li key={profile.id}>
            <details>
              <summary>
                {profile.name}
                {profile.permissions.includes('Users.Create') && (
                  <span class="badge-good">Users – Create</span>
                )}
              </summary>
              <code>{profile.id}</code>
              <p class="quiet">{profile.permissions.join(', ') || 'no permissions'}</p>
            </details>
            <RemoveButton
              name={profile.name}
              onRemove={() => void remove('delete-security-profile', profile.id)}
            />
          </li>
        ))}
      </ul>
      <h3>Routing profiles</h3>
      <ul class="profile-list">
        {connect.routingProfiles.map((profile) => (
          <li key={profile.id}>
            <details>
              <summary>{profile.name}</summary>
              <code>{profile.id}</code>
            </details>
            <RemoveButton
              name={profile.name}
              onRemove={() => void remove('delete-routing-profile', profile.id)}
            />
          </li>
        ))}
      </ul>
      <h3>Hierarchy groups</h3>
      <ul class="profile-list">
        {connect.hierarchyGroups.map((group) => (
          <li key={group.id}>{group.path.join(' / ')}</li>
        ))}
      </ul>
    </section>
  );
}

/** Asks once, in place: the second press deletes. */
function RemoveButton({ name, onRemove }: { name: string; onRemove: () => void }) {
  const [sure, setSure] = useState(false);
  return (
    <button
      type="button"
      class={sure ? 'button button-danger button-small' : 'icon-button icon-button-small'}
      aria-label={sure ? `Really delete ${name}` : `Delete ${name}`}
      title={`Delete ${name}`}
      onBlur={() => setSure(false)}
      onClick={() => (sure ? onRemove() : setSure(true))}
    >
      {sure ? 'Delete?' : <Icon name="trash" size={16} />}
    </button>
  );
}
