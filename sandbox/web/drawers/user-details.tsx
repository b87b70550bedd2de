import type { ComponentChildren } from 'preact';
import type { ConnectUser } from '../../api/connect.ts';
import { JsonView } from './json-view.tsx';

/** Every value of a Connect user as it is. */
export function UserDetails({ user }: { user: ConnectUser }) {
  const tags = Object.entries(user.tags);
  const rows: [string, ComponentChildren][] = [
    ['User id', <code key="id">{user.id}</code>],
    ['ARN', <code key="arn">{user.arn}</code>],
    ['First name', user.firstName],
    ['Last name', user.lastName],
    ['Email', user.email],
    ['Secondary email', user.secondaryEmail],
    ['Mobile', user.mobile],
    ['Directory user ID', user.directoryUserId],
    ['Password', user.hasPassword ? 'set' : 'none'],
    ['Routing profile', user.routingProfile],
    ['Security profiles', user.securityProfiles.join(', ')],
    ['Hierarchy group', user.hierarchyGroup?.join(' / ')],
    ['Tags', tags.length > 0 ? tags.map(([key, value]) => `${key} = ${value}`).join(', ') : null],
    ['Created', new Date(user.createdAt).toLocaleString()],
  ];
  return (
    <div class="user-details">
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value || <span class="quiet">–</span>}</dd>
          </div>
        ))}
      </dl>
      <p class="user-settings-title">Phone and channels, as they were sent</p>
      <JsonView value={user.settings} />
    </div>
  );
}
