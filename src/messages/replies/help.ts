/** What the bot can do, for whoever asks it or says something that it does not know. */
import type { KnownBlock } from '@slack/types';
import { clipped, code, type Inline, lines } from '../rich-text.ts';

export const command = '/connect-add-user';

/**
 * The help; what was said first where it is no word that the bot knows.
 *
 * @param meant the word that was probably meant
 */
export function helpBlocks(said: string, meant?: string): KnownBlock[] {
  const usage: Inline[][] = [
    [code(command), ' opens a form for one new Amazon Connect user.'],
    [
      code(`${command} --username mary …`),
      ' takes the options of ',
      code('aws connect create-user'),
      ' as they are and opens the form filled in.',
    ],
    [code(`${command} file`), ' takes a file of many: .csv, .xlsx or .json.'],
    [
      code(`${command} template`),
      ' sends you such a file to fill in, with your instance’s profiles; ',
      code(`${command} template xlsx`),
      ' only Excel’s, ',
      code(`${command} template production`),
      ' for another instance, ',
      code(`${command} template like tier 1`),
      ' filled in with users who exist.',
    ],
    [
      code(`${command} status CU-1042`),
      ' says how a request is; ',
      code(`${command} mine`),
      ' lists yours, ',
      code(`${command} waiting`),
      ' what waits for your decision.',
    ],
    [
      code(`${command} deputy bea@example.com until Friday`),
      ' lets somebody approve in your place for a time; ',
      code(`${command} deputy none`),
      ' ends it.',
    ],
    [
      code(`${command} link mmajor`),
      ' says which Connect user you are, where your address does not tell; an admin confirms it. ',
      code(`${command} links`),
      ' lists who is linked.',
    ],
    [code(`${command} doctor`), ' looks at the installation, for operators.'],
    [code(`${command} help`), ' shows this.'],
    [
      'You can also post the file in the requests channel and mention me, send it to me in a direct message, or choose “Add users from file” on any message that has one.',
    ],
    [
      'Somebody who holds Users – Create in Amazon Connect approves, then the user is created and the thread says so.',
    ],
  ];
  if (said === '' || isHelp(said)) return [lines('help', usage)];
  // Whoever misspelled a word needs that word, and not a phone's screen of all others.
  return [lines('help', [unknown(said, meant), ...(meant === undefined ? usage : [allWords])])];
}

const allWords: Inline[] = [code(`${command} help`), ' says what else there is.'];

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
