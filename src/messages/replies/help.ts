/** The help: what the bot can do, sent when a person requests it or types an unknown word. */
import type { KnownBlock } from '@slack/types';
import { bold, clipped, code, type Inline, lines } from '../rich-text.ts';

export const command = '/connect-add-user';

/**
 * The help, short enough for one screen of a phone, with the most frequent actions first; preceded by the typed text
 * when it is not a known word.
 *
 * @param meant the word that was probably meant
 * @param presets names of presets that the reader can use
 */
export function helpBlocks(
  said: string,
  meant?: string,
  presets: readonly string[] = [],
): KnownBlock[] {
  if (said === '' || isHelp(said)) return whole(presets);
  // A person who misspelled a word needs that word and not the whole list.
  if (meant !== undefined) return [lines('help', [unknown(said, meant), allWords])];
  return [lines('unknown', [unknown(said, meant)]), ...whole(presets)];
}

function whole(presets: readonly string[]): KnownBlock[] {
  const [preset] = presets;
  return [
    lines('help', [[code(command), ' opens a form for one new Amazon Connect user.']]),
    lines('help_request', [
      [bold('Many users'), ', behind the command'],
      word('file', 'checks a file: .csv, .xlsx or .json'),
      word('template', 'sends you a file to fill in'),
      ...(preset === undefined
        ? []
        : [word(preset.toLowerCase(), 'opens the form with this preset')]),
    ]),
    lines('help_follow', [
      [bold('Requests')],
      word('mine', 'lists yours'),
      word('waiting', 'lists those you can decide'),
      word('status CU-1042', 'shows one'),
    ]),
    lines('help_more', [
      [bold('More')],
      word('template like tier 1', 'fills it in with existing users'),
      word('deputy bea@example.com until Friday', 'lets Bea approve for you'),
      word('link mmajor', 'says who you are in Amazon Connect'),
      word('doctor', 'checks the installation, for operators'),
      word('--username mary …', 'takes options of aws connect create-user'),
    ]),
    lines('help_files', [
      ['You can also send me a file in a direct message, or mention me beside it in the channel.'],
    ]),
  ];
}

/** A word after the command, and what it does. */
function word(typed: string, does: string): Inline[] {
  return ['• ', code(typed), ` ${does}`];
}

const allWords: Inline[] = [code(`${command} help`), ' lists all words.'];

function unknown(said: string, meant: string | undefined): Inline[] {
  const first = `I don’t know “${clipped(said, 60)}”.`;
  return meant === undefined
    ? [first]
    : [first, ' Did you mean ', code(`${command} ${meant}`), '?'];
}

/** Whether somebody greets the bot or asks what it can do. */
export function isHelp(said: string): boolean {
  return /^(help|hi|hello|hey)[!.?]*$/i.test(said);
}
