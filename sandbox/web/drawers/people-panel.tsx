import { useState } from 'preact/hooks';
import type { Person } from '../../api/workspace.ts';
import { useActions, useApp } from '../state/context.ts';
import { failureWords } from '../state/conversations.ts';
import { Avatar } from '../ui/avatar.tsx';

/** What a workspace admin may do meanwhile: deactivate somebody, and take it back. */
export function PeoplePanel() {
  const { api, refreshWorkspace } = useActions();
  const people = useApp((state) => state.workspace?.people);
  const me = useApp((state) => state.me);
  const [problem, setProblem] = useState<string | null>(null);
  async function change(person: Person): Promise<void> {
    try {
      await api.changePerson({ id: person.id, deleted: !person.deleted });
      setProblem(null);
      await refreshWorkspace();
    } catch (error) {
      setProblem(failureWords(error));
    }
  }
  return (
    <section class="drawer-section" aria-label="People">
      <h3>People</h3>
      <p class="drawer-note">What a workspace admin may do in the meantime.</p>
      <ul class="fault-list">
        {(people ?? [])
          .filter((person) => !person.isBot && person.id !== me)
          .map((person) => (
            <li key={person.id} class="people-row">
              <Avatar person={person} size={24} />
              <span class="fault-words">
                {person.realName}
                {person.deleted && <span class="quiet"> · deactivated</span>}
              </span>
              <button
                type="button"
                class="button button-small"
                aria-label={`${person.deleted ? 'Activate' : 'Deactivate'} ${person.realName}`}
                onClick={() => void change(person)}
              >
                {person.deleted ? 'Activate' : 'Deactivate'}
              </button>
            </li>
          ))}
      </ul>
      {problem && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}
