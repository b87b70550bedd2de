/** Required columns are missing, and the sender of the file can assign them. */
import { type Problem, ProblemError } from '../../../errors/problem.ts';

export class ColumnsMissingError extends ProblemError {
  /** Unchanged from the file; none of them looks like a password (H4). */
  readonly headers: readonly string[];

  constructor(why: Problem, headers: readonly string[]) {
    super(why);
    this.headers = headers;
  }
}
