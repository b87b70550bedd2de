import type { Channel } from '../../api/workspace.ts';
import { useActions, useApp } from '../state/context.ts';
import { personOf } from '../state/names.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';

/** Channels, people and the app, with what is unread. */
export function Sidebar() {
  const workspace = useApp((state) => state.workspace);
  if (!workspace) return null;
  const { channels, bot, team } = workspace;
  const rooms = channels.filter(
    (channel) => channel.kind === 'public' || channel.kind === 'private',
  );
  const direct = channels.filter(
    (channel) => (channel.kind === 'im' || channel.kind === 'group') && channel.with !== bot.userId,
  );
  const withBot = channels.find((channel) => channel.kind === 'im' && channel.with === bot.userId);
  return (
    <nav
      class="sidebar"
      data-testid="channel-list"
      aria-label="Channels and people"
      onKeyDown={walk}
    >
      <div class="sidebar-team">
        <span class="sidebar-mark" aria-hidden="true">
          {team.name.charAt(0)}
        </span>
        <span>
          <span class="sidebar-team-name">{team.name}</span>
          <span class="sidebar-team-kind">offline sandbox</span>
        </span>
      </div>
      <Group title="Channels">
        {rooms.map((channel) => (
          <ChannelRow key={channel.id} channel={channel} />
        ))}
      </Group>
      <Group title="Apps">
        <ChannelRow channel={withBot ?? emptyBotChannel(bot.userId, bot.name, workspace.me.id)} />
      </Group>
      {direct.length > 0 && (
        <Group title="Direct messages">
          {direct.map((channel) => (
            <ChannelRow key={channel.id} channel={channel} />
          ))}
        </Group>
      )}
    </nav>
  );
}

/** The direct message with the bot before anybody has written in it. */
function emptyBotChannel(botId: string, name: string, me: string): Channel {
  return {
    id: botId,
    name,
    kind: 'im',
    topic: '',
    members: [me, botId],
    unread: 0,
    mentioned: false,
    with: botId,
  };
}

function Group(props: { title: string; children: preact.ComponentChildren }) {
  return (
    <section class="sidebar-group" aria-label={props.title}>
      <h2>{props.title}</h2>
      <ul>{props.children}</ul>
    </section>
  );
}

function ChannelRow({ channel }: { channel: Channel }) {
  const { openChannel } = useActions();
  const open = useApp((state) => state.channel === channel.id);
  const isBot = useApp((state) => state.workspace?.bot.userId === channel.with);
  const person = useApp((state) => (channel.with ? personOf(state.workspace, channel.with) : null));
  const fresh = channel.unread > 0 && !open;
  const badge = fresh && (channel.mentioned || channel.kind === 'im');
  const unread = channel.unread === 1 ? '1 unread message' : `${channel.unread} unread messages`;
  return (
    <li>
      <button
        type="button"
        class={fresh ? 'channel-row channel-unread' : 'channel-row'}
        aria-current={open ? 'page' : undefined}
        data-channel={channel.id}
        onClick={() => void openChannel(channel.id)}
      >
        {channel.with ? (
          <Avatar person={person} size={20} />
        ) : (
          <Icon name={channel.kind === 'private' ? 'lock' : 'hash'} size={16} />
        )}
        <span class="channel-row-name">{channel.name}</span>
        {isBot && <span class="badge-app">APP</span>}
        {fresh && <span class="visually-hidden">, {unread}</span>}
        {badge && (
          <span class="unread-badge" aria-hidden="true">
            {channel.unread}
          </span>
        )}
      </button>
    </li>
  );
}

/** Arrow keys walk the list. */
function walk(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('.channel-row')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  event.preventDefault();
  rows.at((at + (event.key === 'ArrowDown' ? 1 : -1)) % rows.length)?.focus();
}
