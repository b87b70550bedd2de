import type { Channel, Person, State } from '../../api/workspace.ts';

export function personOf(workspace: State | null, id: string): Person | null {
  return workspace?.people.find((person) => person.id === id) ?? null;
}

export function personName(workspace: State | null, id: string): string {
  const person = personOf(workspace, id);
  if (person) return person.realName;
  return workspace?.bot.userId === id ? workspace.bot.name : id;
}

export function channelOf(workspace: State | null, id: string | null): Channel | null {
  return workspace?.channels.find((channel) => channel.id === id) ?? null;
}

export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const first = words[0]?.charAt(0) ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.charAt(0) ?? '') : '';
  return (first + last).toUpperCase();
}

/** Black or white, whichever has more contrast on a background `#rrggbb` (WCAG relative luminance). */
export function inkOn(background: string): '#000000' | '#ffffff' {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(background);
  if (!match) return '#ffffff';
  const [red = 0, green = 0, blue = 0] = match.slice(1).map((part) => {
    const value = Number.parseInt(part, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return (luminance + 0.05) ** 2 > 0.05 * 1.05 ? '#000000' : '#ffffff';
}
