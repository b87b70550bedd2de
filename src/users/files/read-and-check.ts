/** A file of users from its bytes to a verdict for every row: what the bot and the command line both run. */
import type { UserContext } from '../context.ts';
import { checkRows } from './check/check-rows.ts';
import type { CheckedTable } from './check/checked-table.ts';
import { readTable } from './read/read-table.ts';
import type { FileChoices } from './table/file-question.ts';
import { standardLimits } from './table/table.ts';

export type FileToCheck = { readonly name: string; readonly bytes: Uint8Array };

/**
 * Reads and checks a file. Makes no call: what the instance offers comes in with the context. Throws
 * `ProblemError` with one sentence when nothing of the file can be used, `FileQuestionError` where only its
 * sender can tell how it is meant.
 *
 * @param choices what its sender has told
 */
export async function readAndCheck(
  file: FileToCheck,
  context: UserContext,
  choices: FileChoices = {},
): Promise<CheckedTable> {
  return checkRows(await readTable(file.bytes, file.name, standardLimits, choices), context);
}
