import type { Person } from '../../api/workspace.ts';
import { initials, inkOn } from '../state/names.ts';

/** A person's initials on their color. Decoration: their name is beside it. */
export function Avatar({ person, size }: { person: Person | null; size: number }) {
  const color = person?.color ?? '#5b6b73';
  return (
    <span
      class={person?.isBot ? 'avatar avatar-bot' : 'avatar'}
      aria-hidden="true"
      style={{
        width: `${size}px`,
        height: `${size}px`,
        fontSize: `${Math.round(size * 0.4)}px`,
        background: color,
        color: inkOn(color),
      }}
    >
      {initials(person?.realName ?? '?')}
    </span>
  );
}
