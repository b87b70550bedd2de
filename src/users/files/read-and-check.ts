/** A file of users from its bytes to a verdict for every row: what the bot and the command line both run. */
import type { UserContext } from '../context.ts';
import { checkRows } from './check/check-rows.ts';
import type { CheckedTable } from './check/checked-table.ts';
import type { FailureGroup } from './check/file-summary.ts';
import { type HeaderMapping, mappedTable } from './mapping/column-mapping.ts';
import { readTable } from './read/read-table.ts';
import { standardLimits } from './table/file-limits.ts';
import type { FileChoices } from './table/file-question.ts';
import type { Table } from './table/table.ts';

/** A file that was read before, out of what is stored of it, with what was corrected since. */
export type StoredTable = {
  readonly table: Table;
  /** The position of each row among the stored ones. */
  readonly positions: readonly number[];
  /** What the first check said about the file as a whole. */
  readonly fileGroups: readonly FailureGroup[];
  /** What of the file was left out, in short words. */
  readonly notRead: readonly string[];
};

export type FileToCheck = {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Which column is which in files with these headers, as their sender told earlier. */
  readonly mappings?: readonly HeaderMapping[];
  /** What its uploader has answered about it. */
  readonly choices?: FileChoices;
};

/**
 * Reads and checks a file. Makes no call: what the instance offers comes in with the context. Throws as `readSource` does,
 * and `ProblemError` where what it says cannot be used.
 */
export async function readAndCheck(
  file: FileToCheck | StoredTable,
  context: UserContext,
): Promise<CheckedTable> {
  return checkRows(await readSource(file), context);
}

/**
 * The table of a file, or of what is stored of one. Throws `ProblemError` with one sentence when nothing of the file can
 * be used, `FileQuestionError` where only its sender can tell how it is meant.
 */
export async function readSource(file: FileToCheck | StoredTable): Promise<Table> {
  if ('table' in file) return file.table;
  const table = await readTable(file.bytes, file.name, standardLimits, file.choices);
  return mappedTable(table, file.mappings ?? []);
}
