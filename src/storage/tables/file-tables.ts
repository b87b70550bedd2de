/** The tables about files of users, as Kysely sees them; ../schema.ts has all others. */
import type { ColumnType, Generated } from 'kysely';
import type { Problem } from '../../errors/problem.ts';
import type { JsonText } from '../../text/storable.ts';
import type { Alias } from '../../users/aliases.ts';
import type {
  FailureGroup,
  FileSummary,
  TableLayout,
} from '../../users/files/check/file-summary.ts';
import type { ColumnMapping } from '../../users/files/mapping/column-mapping.ts';
import type { Correction } from '../../users/files/repair/corrections.ts';
import type { FileChoices, FileQuestion } from '../../users/files/table/file-question.ts';

type Fixed<T> = ColumnType<T, T, never>;
type Json<T> = ColumnType<T, JsonText, JsonText>;

export type RequestFilesTable = {
  request_id: Fixed<number>;
  slack_file_id: Fixed<string>;
  /** Changed once, if files.info has to provide it. */
  name: string;
  channel: Fixed<string | null>;
  thread_ts: Fixed<string | null>;
  /** The format of the file, so that its report has the same format. Null until it was read. */
  layout: ColumnType<TableLayout | null, JsonText | null | undefined, JsonText>;
  summary: ColumnType<FileSummary | null, JsonText | null | undefined, JsonText>;
  /** The findings, one entry per cause. */
  groups: ColumnType<FailureGroup[], JsonText | undefined, JsonText>;
  /** Why the whole file was refused. */
  refusal: ColumnType<Problem | null, JsonText | null | undefined, JsonText>;
  /** The header of a file with missing columns, until its sender has assigned them. */
  headers: ColumnType<string[] | null, undefined, JsonText | null>;
  /** The open question that only its sender can answer; and the answers. */
  question: ColumnType<FileQuestion | null, undefined, JsonText | null>;
  choices: ColumnType<FileChoices, undefined, JsonText>;
  /** How often it was checked. */
  revision: Generated<number>;
  /** The requester's corrections of many rows since the last check. */
  corrections: ColumnType<Correction[], undefined, JsonText>;
  /** The groups that concern the file and not its rows. */
  file_groups: ColumnType<FailureGroup[], undefined, JsonText>;
};

export type FileMappingsTable = {
  person_id: Fixed<string>;
  header_hash: Fixed<string>;
  mapping: Json<ColumnMapping>;
  told_at: Date;
};

/** Names that people use instead of the names in an instance. */
export type AliasesTable = {
  instance: Fixed<string>;
  field: Fixed<Alias['field']>;
  folded: Fixed<string>;
  name: string;
  target_id: string;
  told_by: string;
  told_at: Date;
};
