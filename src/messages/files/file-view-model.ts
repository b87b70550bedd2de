/** A request from a file as messages show it: counts and groups, never its individual rows. */

import type { Problem } from '../../errors/problem.ts';
import type { RowCounts } from '../../requests/store/requests-store.ts';
import type { RequestFileRecord, RequestRecord } from '../../storage/schema.ts';
import { whatWasRead } from '../../users/files/check/describe-source.ts';
import type { FailureGroup, FileSummary } from '../../users/files/check/file-summary.ts';
import type { FileQuestion } from '../../users/files/table/file-question.ts';
import { type HeadViewModel, requestViewModel } from '../request-view-model.ts';

export type FileViewModel = HeadViewModel & {
  readonly file: {
    readonly name: string;
    /** Null for a file that came through the form. */
    readonly origin: { readonly channel: string; readonly threadTs: string } | null;
    readonly summary: FileSummary | null;
    /** Which sheet and cells were read, or in which encoding; empty when there was no choice. */
    readonly read: string;
    readonly groups: readonly FailureGroup[];
    /** Rows that were corrected individually since the last check. */
    readonly fixed: number;
    /** It was refused because columns were missing, and its sender can assign them. */
    readonly isMappable: boolean;
    /** The question that only its sender can answer. */
    readonly question: FileQuestion | null;
    /** How often it was checked. */
    readonly revision: number;
    /** Why the whole file was refused. */
    readonly refusal: Problem | null;
    /** The requests from the same message or form, including this one. */
    readonly together: readonly { readonly number: string; readonly file: string }[];
  };
  readonly counts: RowCounts;
  /** How fast rows get their outcome, when that is known. */
  readonly speed: { readonly perSecond: number; readonly leftMs: number } | null;
  readonly failures: readonly FailureGroup[];
};

export function fileViewModel(
  request: RequestRecord,
  file: RequestFileRecord,
  read: Pick<FileViewModel, 'counts' | 'speed' | 'failures'> & {
    readonly fixed: number;
    readonly together: FileViewModel['file']['together'];
  },
  ...rest: [
    Parameters<typeof requestViewModel>[2],
    Parameters<typeof requestViewModel>[3],
    Parameters<typeof requestViewModel>[4],
    Parameters<typeof requestViewModel>[5],
  ]
): FileViewModel {
  const { rows: _none, ...head } = requestViewModel(request, [], ...rest);
  const { channel, thread_ts: threadTs } = file;
  const { together, fixed, ...numbers } = read;
  return {
    ...head,
    ...numbers,
    file: {
      name: file.name,
      origin: channel && threadTs ? { channel, threadTs } : null,
      summary: file.summary,
      read: whatWasRead(file.layout),
      groups: file.groups,
      fixed,
      isMappable: Boolean(file.headers && file.refusal),
      question: file.refusal ? file.question : null,
      revision: file.revision,
      refusal: file.refusal,
      together,
    },
  };
}
