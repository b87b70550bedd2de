/** What the bot and the thread that reads files say to each other. Plain data: it is copied, not shared. */
import type { Problem } from '../errors/problem.ts';
import type { UserContext } from '../users/context.ts';
import type { DirectoryLists } from '../users/directory-view.ts';
import type { FileResult, ResultRow } from '../users/files/file-result.ts';
import type { FileToCheck, StoredTable } from '../users/files/read-and-check.ts';
import type { FileQuestion } from '../users/files/table/file-question.ts';

/** The rules' context with plain lists in place of look-ups, which another thread cannot be sent. */
export type FileContext = Omit<UserContext, 'directory'> & { readonly lists: DirectoryLists };

export type ToReader =
  | {
      readonly kind: 'check';
      readonly file: FileToCheck | StoredTable;
      readonly context: FileContext;
    }
  /** The same file once more, in another context. */
  | { readonly kind: 'check-again'; readonly context: FileContext }
  /** The next rows of the file that was checked last. */
  | { readonly kind: 'next-page' };

export type FromReader =
  | { readonly kind: 'checked'; readonly result: FileResult }
  | {
      readonly kind: 'refused';
      readonly problem: Problem;
      /** The header, where columns are missing that the sender may point out. */
      readonly headers?: readonly string[];
      /** What only the sender can tell. */
      readonly question?: FileQuestion;
    }
  /** Something that was not expected; the text goes to the log. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** Empty: there are no more. */
  | { readonly kind: 'page'; readonly rows: readonly ResultRow[] };
