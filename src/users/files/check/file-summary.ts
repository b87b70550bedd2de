/** The stored data about a file in addition to its rows: its format, and how many users have which profiles. */
import type { Named } from '../../new-user.ts';
import type { Table } from '../table/table.ts';

/**
 * A read file without its rows: its format, so that its report has the same format. Files read by an earlier version
 * have only the first four members.
 */
export type TableLayout = Pick<Table, 'kind' | 'headerRow' | 'headers' | 'dialect'> &
  Partial<Pick<Table, 'encoding' | 'sheet' | 'range'>>;

/** What can be corrected in Slack in a checked file, in numbers. */
export type RepairSummary = {
  /** Cells with a suggestion that can be used without a change. */
  readonly suggestions: number;
  /** Names that the instance does not have, each once. */
  readonly names: number;
  /** Rows that a form can open. */
  readonly rows: number;
};

/** How many users of a checked file have which profiles. */
export type FileSummary = {
  /** Rows of the file, with any outcome. */
  readonly rows: number;
  readonly good: number;
  readonly wrong: number;
  /** Rows that a corrected results file marks as already created. */
  readonly skipped: number;
  /** Rows that approvers left out of the request; `good` and the profiles refer to the rest. */
  readonly leftOut?: number;
  /** Cells that were corrected automatically. */
  readonly corrected: number;
  readonly securityProfiles: readonly Counted[];
  readonly routingProfiles: readonly Counted[];
  /** The first people of the file as they will be created; absent in summaries of earlier versions. */
  readonly people?: readonly FilePerson[];
  /** Short descriptions of what was left out of the file; absent in summaries of earlier versions. */
  readonly notRead?: readonly string[];
  /** What can be corrected in Slack; absent in summaries of earlier versions. */
  readonly repair?: RepairSummary;
  /** The file contains passwords, and Slack still stores the file. */
  readonly passwords: boolean;
};

/** One person of a file, by name and username. */
export type FilePerson = { readonly name: string; readonly username: string };

/** How many of the valid rows have this profile; most frequent first. */
export type Counted = Named & { readonly count: number };

/** One cause, and its rows in words (`Rows 4–9 and 12`); empty for the whole file. */
export type FailureGroup = { readonly where: string; readonly sentence: string };
