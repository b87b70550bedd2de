import type { Theme } from '../state/app-state.ts';
import { useActions, useApp } from '../state/context.ts';
import { Icon, type IconName } from '../ui/icon.tsx';

const next: Record<Theme, { theme: Theme; icon: IconName; words: string }> = {
  system: { theme: 'light', icon: 'auto', words: 'as the system' },
  light: { theme: 'dark', icon: 'sun', words: 'light' },
  dark: { theme: 'system', icon: 'moon', words: 'dark' },
};

export function ThemeButton() {
  const { setTheme } = useActions();
  const theme = useApp((state) => state.theme);
  const { theme: after, icon, words } = next[theme];
  const label = `Colours: ${words}. Change to ${next[after].words}`;
  return (
    <button
      type="button"
      class="strip-button"
      aria-label={label}
      title={label}
      onClick={() => setTheme(after)}
    >
      <Icon name={icon} />
    </button>
  );
}
