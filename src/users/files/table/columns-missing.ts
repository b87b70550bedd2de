/** Columns that every row needs are missing, and the sender of the file may say which ones they are. */
import { type Problem, ProblemError } from '../../../errors/problem.ts';

export class ColumnsMissingError extends ProblemError {
  /** As they are in the file; none of them looks like a password (H4). */
  readonly headers: readonly string[];

  constructor(why: Problem, headers: readonly string[]) {
    super(why);
    this.headers = headers;
  }
}
