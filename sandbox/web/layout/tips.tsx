import { useActions, useApp } from '../state/context.ts';
import { Icon } from '../ui/icon.tsx';

/** What to try, on the first visit. */
export function Tips() {
  const { dismissTips } = useActions();
  const dismissed = useApp((state) => state.tipsDismissed);
  const me = useApp((state) => state.workspace?.me ?? null);
  const command = useApp((state) => state.workspace?.commands[0]?.command ?? null);
  const creator = useApp(
    (state) =>
      state.workspace?.people.find(
        (person) => person.role.includes('holds Users – Create') && person.id !== state.me,
      ) ?? null,
  );
  if (dismissed || !me) return null;
  return (
    <aside class="tips" aria-label="What to try">
      <ol>
        <li>
          You are <strong>{me.realName}</strong> ({me.role}).{' '}
          {command ? (
            <>
              Type <code>{command}</code> below and ask for a user, or drop a file here.
            </>
          ) : (
            <>Write something below.</>
          )}
        </li>
        {creator && (
          <li>
            Then be <strong>{creator.realName}</strong> ({creator.role}): the name on top switches.
            Approve what was asked for.
          </li>
        )}
        <li>
          Look at <strong>Amazon Connect</strong> on top: the user is there. <strong>Wire</strong>{' '}
          shows every call, <strong>Faults</strong> breaks them.
        </li>
      </ol>
      <button
        type="button"
        class="icon-button"
        aria-label="Got it"
        title="Got it"
        onClick={dismissTips}
      >
        <Icon name="close" />
      </button>
    </aside>
  );
}
