import type { Person } from '../../api/workspace.ts';
import { useActions, useApp } from '../state/context.ts';
import { Icon } from '../ui/icon.tsx';

/** What to try, on the first visit. */
export function Tips() {
  const { dismissTips } = useActions();
  const dismissed = useApp((state) => state.tipsDismissed);
  const me = useApp((state) => state.workspace?.me ?? null);
  const command = useApp((state) => state.workspace?.commands[0]?.command ?? null);
  const people = useApp((state) => state.workspace?.people);
  if (dismissed || !me) return null;
  const colleague = people?.find((person) => mayCreate(person) !== mayCreate(me));
  return (
    <aside class="tips" aria-label="What to try">
      <ol>
        <li>
          You are <strong>{me.realName}</strong> ({me.role}).{' '}
          {command ? (
            <>
              Type <code>{command}</code> below and request a user, or drop a file here.
            </>
          ) : (
            <>Write something below.</>
          )}
        </li>
        {colleague && (
          <li>
            {mayCreate(me) ? (
              <>
                Approve what others request here. To request as somebody else, be{' '}
                <strong>{colleague.realName}</strong> ({colleague.role}): the name on top switches.
              </>
            ) : (
              <>
                Then be <strong>{colleague.realName}</strong> ({colleague.role}): the name on top
                switches. Approve what was requested.
              </>
            )}
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

/** As the cast describes itself; who really may is what the bot finds out. */
function mayCreate(person: Person): boolean {
  return person.role.includes('holds Users – Create');
}
