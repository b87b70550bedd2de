/** A request out of a file as messages show it: counts and groups, never its rows one by one. */
import type { Problem } from '../errors.ts';
import type { RowCounts } from '../requests/store/requests-store.ts';
import type { RequestFileRecord, RequestRecord } from '../storage/schema.ts';
import type { Table } from '../users/files/table/table.ts';
import type { Named } from '../users/new-user.ts';
import { type HeadPicture, picture } from './request-view.ts';

/** A read file without its rows: how it was written, for giving it back the same way. */
export type TableLayout = Omit<Table, 'rows'>;

/** What a checked file asks for, in numbers. */
export type FileSummary = {
  /** Rows of the file, whatever became of them. */
  readonly rows: number;
  readonly good: number;
  readonly wrong: number;
  /** Rows that a mended results file says are created already. */
  readonly skipped: number;
  /** Cells that were silently put right. */
  readonly corrected: number;
  readonly securityProfiles: readonly Counted[];
  readonly routingProfiles: readonly Counted[];
  /** The file holds passwords, and Slack goes on holding the file. */
  readonly passwords: boolean;
};

/** How many of the good rows have this profile; most first. */
export type Counted = Named & { readonly count: number };

/** One cause, and the rows that it hits in words (`Rows 4–9 and 12`); empty for the whole file. */
export type FailureGroup = { readonly where: string; readonly sentence: string };

export type FilePicture = HeadPicture & {
  readonly file: {
    readonly name: string;
    /** Null for a file that came through the form. */
    readonly origin: { readonly channel: string; readonly threadTs: string } | null;
    readonly summary: FileSummary | null;
    readonly groups: readonly FailureGroup[];
    /** Why the whole file was refused. */
    readonly refusal: Problem | null;
    /** The requests that came of one message or form, this one among them. */
    readonly together: readonly { readonly number: string; readonly file: string }[];
  };
  readonly counts: RowCounts;
  /** How fast rows get their outcome, once that can be said. */
  readonly speed: { readonly perSecond: number; readonly leftMs: number } | null;
  readonly failures: readonly FailureGroup[];
};

export function filePicture(
  request: RequestRecord,
  file: RequestFileRecord,
  read: Pick<FilePicture, 'counts' | 'speed' | 'failures'> & {
    readonly together: FilePicture['file']['together'];
  },
  ...rest: [
    Parameters<typeof picture>[2],
    Parameters<typeof picture>[3],
    Parameters<typeof picture>[4],
  ]
): FilePicture {
  const { rows: _none, ...head } = picture(request, [], ...rest);
  const { channel, thread_ts: threadTs } = file;
  const { together, ...numbers } = read;
  return {
    ...head,
    ...numbers,
    file: {
      name: file.name,
      origin: channel && threadTs ? { channel, threadTs } : null,
      summary: file.summary,
      groups: file.groups,
      refusal: file.refusal,
      together,
    },
  };
}
