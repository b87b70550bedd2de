import type { Channel, Person } from '../../api.ts';

/**
 * What a person typed, as the Slack client sends it: `&`, `<` and `>` escaped, so that typed text
 * can never be a control sequence, and only names the workspace knows made into mentions.
 */
export function composedText(
  typed: string,
  people: readonly Person[],
  channels: readonly Channel[],
): string {
  const escaped = typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped.replace(
    /(^|[\s(])([@#])([\p{L}\p{N}._-]*[\p{L}\p{N}_])/gu,
    (whole, before: string, sign: string, name: string) => {
      const key = name.toLowerCase();
      if (sign === '#') {
        const channel = channels.find((one) => one.kind !== 'im' && one.name === key);
        return channel ? `${before}<#${channel.id}>` : whole;
      }
      if (key === 'here' || key === 'channel' || key === 'everyone') return `${before}<!${key}>`;
      const person = people.find((one) => one.name.toLowerCase() === key);
      return person ? `${before}<@${person.id}>` : whole;
    },
  );
}

/** `/connect-add-user mary` → the command and the rest; null when it is no command of this workspace. */
export function slashCommand(
  typed: string,
  commands: readonly { command: string }[],
): { command: string; text: string } | null {
  const match = /^(\/\S+)(?:\s+([\s\S]*))?$/.exec(typed.trim());
  const command = match?.[1];
  if (!command || !commands.some((one) => one.command === command)) return null;
  return { command, text: match?.[2]?.trim() ?? '' };
}
