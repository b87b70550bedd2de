/** The messages between the bot and the thread that reads files. Plain data: it is copied, not shared. */
import type { Problem } from '../errors/problem.ts';
import type { UserContext } from '../users/context.ts';
import type { DirectoryLists } from '../users/directory-view.ts';
import type { FileResult, ResultRow } from '../users/files/file-result.ts';
import type { FileToCheck, StoredTable } from '../users/files/read-and-check.ts';
import type { FileQuestion } from '../users/files/table/file-question.ts';

/** The rules' context with plain lists in place of look-up functions, which cannot be sent to another thread. */
export type FileContext = Omit<UserContext, 'directory'> & { readonly lists: DirectoryLists };

export type ToReader =
  | {
      readonly kind: 'check';
      readonly file: FileToCheck | StoredTable;
      readonly context: FileContext;
    }
  /** The same file once more, with another context. */
  | { readonly kind: 'check-again'; readonly context: FileContext }
  /** The next rows of the file that was checked last. */
  | { readonly kind: 'next-page' };

export type FromReader =
  | { readonly kind: 'checked'; readonly result: FileResult }
  | {
      readonly kind: 'refused';
      readonly problem: Problem;
      /** The header, when columns are missing that the sender can identify. */
      readonly headers?: readonly string[];
      /** The question that only the sender can answer. */
      readonly question?: FileQuestion;
    }
  /** An unexpected error; the text is logged. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** Empty when there are no more rows. */
  | { readonly kind: 'page'; readonly rows: readonly ResultRow[] };
