import type { Channel, Person, SlashCommandInfo } from '../../api.ts';

/** A row under the composer: what it shows, and the text that takes the place of `from…to`. */
export type ComposerSuggestion = {
  key: string;
  title: string;
  detail: string;
  insert: string;
  from: number;
  to: number;
};

/**
 * What to offer for the text before the caret: commands when the message begins with `/`, people
 * after `@`, channels after `#`.
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
      .filter((one) => one.command.startsWith(command.toLowerCase()))
      .map((one) => ({
        key: one.command,
        title: one.usageHint ? `${one.command} ${one.usageHint}` : one.command,
        detail: one.description,
        insert: `${one.command} `,
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
      .filter((one) => one.kind !== 'im' && one.name.includes(wanted))
      .map((one) => ({
        key: one.id,
        title: `#${one.name}`,
        detail: one.topic,
        insert: `#${one.name} `,
        from,
        to: caret,
      }));
  }
  return workspace.people
    .filter((one) => !one.deleted && `${one.name} ${one.realName}`.toLowerCase().includes(wanted))
    .slice(0, 8)
    .map((one) => ({
      key: one.id,
      title: one.realName,
      detail: `@${one.name}`,
      insert: `@${one.name} `,
      from,
      to: caret,
    }));
}
