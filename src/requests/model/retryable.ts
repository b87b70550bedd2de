/**
 * Which failures can end well without a change of the row. All others are bound to what the row says (values
 * that Connect refused, an id that is gone) or to what is not kept (a password), so they need a new request.
 */
import type { ErrorCode } from '../../errors/problem.ts';

const reasons = {
  'create.duplicate': 'the user who had the name may have been deleted or renamed in Connect since',
  'create.unclear-for-good':
    'somebody has looked meanwhile; a user who is there after all is refused, so nobody is created twice',
} as const satisfies Partial<Record<ErrorCode, string>>;

export const retryableCodes: readonly ErrorCode[] = Object.keys(
  reasons,
) as (keyof typeof reasons)[];

/** One time that somebody had what failed tried again. */
export type Retry = { readonly byName: string; readonly rows: number };

/** What messages tell of trying again. */
export type RetryFacts = {
  /** Failed rows that can be sent again as they are, under the approval that is valid; 0 when it is too old. */
  readonly retryable: number;
  /** The times it was done so far, in order. */
  readonly retries: readonly Retry[];
};
