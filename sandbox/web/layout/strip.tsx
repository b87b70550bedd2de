import type { DrawerName } from '../state/address.ts';
import { useActions, useApp } from '../state/context.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { PersonSwitcher } from './person-switcher.tsx';
import { ThemeButton } from './theme-button.tsx';

const drawers: { name: DrawerName; label: string; icon: IconName }[] = [
  { name: 'connect', label: 'Amazon Connect', icon: 'cloud' },
  { name: 'wire', label: 'Wire', icon: 'wire' },
  { name: 'faults', label: 'Faults', icon: 'fault' },
];

/** The strip on top: who you are, how the bot is, and what lies behind the scenes. */
export function Strip() {
  const { openDrawer } = useActions();
  const drawer = useApp((state) => state.drawer);
  const team = useApp((state) => state.workspace?.team.name ?? '');
  return (
    <header class="strip">
      <h1 class="visually-hidden">{team} sandbox</h1>
      <PersonSwitcher />
      <BotStatus />
      <nav class="strip-drawers" aria-label="Behind the scenes">
        {drawers.map(({ name, label, icon }) => (
          <button
            key={name}
            type="button"
            class="strip-button"
            aria-pressed={drawer === name}
            aria-label={label}
            title={label}
            onClick={() => openDrawer(name)}
          >
            <Icon name={icon} />
            <span class="strip-label">{label}</span>
          </button>
        ))}
        <ThemeButton />
      </nav>
    </header>
  );
}

/** Whether the bot is there, and by which transport. */
function BotStatus() {
  const bot = useApp((state) => state.workspace?.bot ?? null);
  const live = useApp((state) => state.live);
  if (!bot) return null;
  const how =
    bot.transport === 'http'
      ? 'signed HTTP'
      : `Socket Mode, ${bot.sockets} ${bot.sockets === 1 ? 'connection' : 'connections'}`;
  const words = !live
    ? 'The sandbox does not answer'
    : bot.connected
      ? 'Bot connected'
      : 'Bot not connected';
  return (
    <span
      class={live && bot.connected ? 'bot-status bot-up' : 'bot-status'}
      title={how}
      role="status"
    >
      <span class="bot-dot" aria-hidden="true" />
      <span class="strip-label">
        {words}
        {live && <span class="bot-how"> · {how}</span>}
      </span>
      <span class="visually-hidden strip-short">{words}</span>
    </span>
  );
}
