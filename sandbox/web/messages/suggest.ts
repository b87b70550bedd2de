import type { Channel, Person, SlashCommandInfo } from '../../api/workspace.ts';

/** An entry below the composer: its label, and the text that replaces `from…to`. */
export type ComposerSuggestion = {
  key: string;
  title: string;
  detail: string;
  insert: string;
  from: number;
  to: number;
};

/**
 * The suggestions for the text before the cursor: commands when the message begins with `/`, people after `@`,
 * channels after `#`.
 */
export function suggestionsFor(
  typed: string,
  caret: number,
  workspace: { commands: SlashCommandInfo[]; people: Person[]; channels: Channel[] },
): ComposerSuggestion[] {
  const before = typed.slice(0, caret);
  const command = /^\/\S*$/.exec(before)?.[0];
  if (command !== undefined) {
    return workspace.commands
      .filter((known) => known.command.startsWith(command.toLowerCase()))
      .map((command) => ({
        key: command.command,
        title: command.usageHint ? `${command.command} ${command.usageHint}` : command.command,
        detail: command.description,
        insert: `${command.command} `,
        from: 0,
        to: caret,
      }));
  }
  const mention = /(?:^|[\s(])([@#])([\p{L}\p{N}._-]*)$/u.exec(before);
  if (!mention) return [];
  const [, sign, word = ''] = mention;
  const wanted = word.toLowerCase();
  const from = caret - word.length - 1;
  if (sign === '#') {
    return workspace.channels
      .filter((channel) => channel.kind !== 'im' && channel.name.includes(wanted))
      .map((channel) => ({
        key: channel.id,
        title: `#${channel.name}`,
        detail: channel.topic,
        insert: `#${channel.name} `,
        from,
        to: caret,
      }));
  }
  return workspace.people
    .filter(
      (person) =>
        !person.deleted && `${person.name} ${person.realName}`.toLowerCase().includes(wanted),
    )
    .slice(0, 8)
    .map((person) => ({
      key: person.id,
      title: person.realName,
      detail: `@${person.name}`,
      insert: `@${person.name} `,
      from,
      to: caret,
    }));
}
