/**
 * Which failures can succeed without a change of the row. All others depend on the row's values (which Connect
 * refused, or an id that does not exist anymore) or on deleted data (a password), so they need a new request.
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

/** One retry of the failed rows. */
export type Retry = { readonly byName: string; readonly rows: number };

/** The facts about retries for messages. */
export type RetryFacts = {
  /** Failed rows that can be sent again unchanged under the valid approval; 0 when it is too old. */
  readonly retryable: number;
  /** The retries so far, in order. */
  readonly retries: readonly Retry[];
};
