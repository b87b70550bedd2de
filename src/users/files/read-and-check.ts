/** A file of users from its bytes to a verdict for every row, for the bot and the command line. */
import type { UserContext } from '../context.ts';
import { checkRows } from './check/check-rows.ts';
import type { CheckedTable } from './check/checked-table.ts';
import type { FailureGroup } from './check/file-summary.ts';
import { type HeaderMapping, mappedTable } from './mapping/column-mapping.ts';
import { readTable } from './read/read-table.ts';
import { standardLimits } from './table/file-limits.ts';
import type { FileChoices } from './table/file-question.ts';
import type { Table } from './table/table.ts';

/** A file that was read before, from its stored content, with the corrections since then. */
export type StoredTable = {
  readonly table: Table;
  /** The position of each row among the stored ones. */
  readonly positions: readonly number[];
  /** The first check's findings about the file as a whole. */
  readonly fileGroups: readonly FailureGroup[];
  /** Short descriptions of what was left out of the file. */
  readonly notRead: readonly string[];
};

export type FileToCheck = {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The column mappings for files with these headers, as their sender chose them earlier. */
  readonly mappings?: readonly HeaderMapping[];
  /** The uploader's answers about it. */
  readonly choices?: FileChoices;
};

/**
 * Reads and checks a file. Makes no call: the directory is part of the context. Throws the errors of `readSource`,
 * and `ProblemError` when its content cannot be used.
 */
export async function readAndCheck(
  file: FileToCheck | StoredTable,
  context: UserContext,
): Promise<CheckedTable> {
  return checkRows(await readSource(file), context);
}

/**
 * The table of a file, or of a stored one. Throws `ProblemError` with one sentence when the file cannot be used at
 * all, `FileQuestionError` when only its sender can choose between several readings.
 */
export async function readSource(file: FileToCheck | StoredTable): Promise<Table> {
  if ('table' in file) return file.table;
  const table = await readTable(file.bytes, file.name, standardLimits, file.choices);
  return mappedTable(table, file.mappings ?? []);
}
