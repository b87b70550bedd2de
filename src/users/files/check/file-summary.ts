/** What is kept of a file beside its rows: how it was written, and how many users of which profiles it has. */
import type { Named } from '../../new-user.ts';
import type { Table } from '../table/table.ts';

/** A read file without its rows: how it was written, for giving it back the same way. Files read by an earlier
 * version have only the first four. */
export type TableLayout = Pick<Table, 'kind' | 'headerRow' | 'headers' | 'dialect'> &
  Partial<Pick<Table, 'encoding' | 'sheet' | 'range'>>;

/** What of a checked file can be corrected in Slack, in numbers. */
export type RepairSummary = {
  /** Cells with a suggestion that can be used as it is. */
  readonly suggestions: number;
  /** Names that the instance does not have, each once. */
  readonly names: number;
  /** Rows that a form can open. */
  readonly rows: number;
};

/** How many users of which profiles a checked file has. */
export type FileSummary = {
  /** Rows of the file, whatever became of them. */
  readonly rows: number;
  readonly good: number;
  readonly wrong: number;
  /** Rows that a corrected results file says are created already. */
  readonly skipped: number;
  /** Rows that approvers left out of the request; `good` and the profiles are about the rest. */
  readonly leftOut?: number;
  /** Cells that were silently put right. */
  readonly corrected: number;
  readonly securityProfiles: readonly Counted[];
  readonly routingProfiles: readonly Counted[];
  /** The first people of the file as they will be created; absent in summaries of earlier versions. */
  readonly people?: readonly FilePerson[];
  /** What of the file was left out, in short words; absent in summaries of earlier versions. */
  readonly notRead?: readonly string[];
  /** What can be corrected in Slack; absent in summaries of earlier versions. */
  readonly repair?: RepairSummary;
  /** The file holds passwords, and Slack keeps holding the file. */
  readonly passwords: boolean;
};

/** One person of a file, by name and username. */
export type FilePerson = { readonly name: string; readonly username: string };

/** How many of the good rows have this profile; most first. */
export type Counted = Named & { readonly count: number };

/** One cause, and the rows that it hits in words (`Rows 4–9 and 12`); empty for the whole file. */
export type FailureGroup = { readonly where: string; readonly sentence: string };
