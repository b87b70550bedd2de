import { useState } from 'preact/hooks';
import type { ConnectState } from '../../api/connect.ts';
import { ago } from '../text/dates.ts';
import { Icon } from '../ui/icon.tsx';
import { matchingUsers } from './matching-users.ts';
import { UserDetails } from './user-details.tsx';

/** Rows drawn at once; a search finds the others. */
const shownRows = 200;

/** The users of an instance, newest first. */
export function UsersTable({ connect }: { connect: ConnectState }) {
  const [query, setQuery] = useState('');
  const [open, setOpen] = useState<string | null>(null);
  const found = matchingUsers(connect.users, query);
  const count = found.length === 1 ? '1 user' : `${found.length} users`;
  return (
    <section class="drawer-section" aria-label="Users">
      <div class="search-box">
        <Icon name="search" size={16} />
        <input
          type="search"
          class="search-input"
          aria-label="Search users"
          placeholder="Name, username, email, profile"
          value={query}
          onInput={(event) => setQuery(event.currentTarget.value)}
        />
      </div>
      <p class="drawer-note" role="status">
        {count}
        {found.length > shownRows && `, the newest ${shownRows} shown`}
      </p>
      <ul class="user-list">
        {found.slice(0, shownRows).map((user) => (
          <li key={user.id} class="user-item">
            <button
              type="button"
              class="user-row"
              aria-expanded={open === user.id}
              onClick={() => setOpen(open === user.id ? null : user.id)}
            >
              <span class="user-row-main">
                <span class="user-name">{user.username}</span>
                <span class="quiet">
                  {[user.firstName, user.lastName].filter(Boolean).join(' ') || 'no name'}
                </span>
              </span>
              <span class="user-row-side">
                <span>{user.securityProfiles.join(', ')}</span>
                <span class="quiet">{ago(new Date(user.createdAt), new Date())}</span>
              </span>
              <Icon name={open === user.id ? 'down' : 'right'} size={16} />
            </button>
            {open === user.id && <UserDetails user={user} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
