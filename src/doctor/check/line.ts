/** The result of doctor: one line for each check. */

import { messageOf } from '../../operations/error-facts.ts';
import { withTimeout } from '../../operations/with-timeout.ts';

export type Status = 'pass' | 'warn' | 'fail' | 'skip';

export type Line = {
  /** The name of the check, the same in every run: `slack.scopes`, `connect.production.permissions`. */
  readonly name: string;
  readonly status: Status;
  /** What was found; it never contains a secret. */
  readonly found: string;
  /** What to do about it; absent when nothing has to be done. */
  readonly todo?: string;
};

export type Finding = Omit<Line, 'name'>;

export const pass = (found: string): Finding => ({ status: 'pass', found });
export const warn = (found: string, todo: string): Finding => ({ status: 'warn', found, todo });
export const fail = (found: string, todo: string): Finding => ({ status: 'fail', found, todo });
export const skip = (found: string): Finding => ({ status: 'skip', found });

/** The time limit of one check; in a healthy installation each takes well under a second. */
const checkTimeoutMs = 15_000;

/**
 * Runs one check. An error becomes the finding of this check, so that the other lines are still printed.
 *
 * @param explain converts an error into its meaning and the advice
 */
export async function runCheck(
  name: string,
  attempt: () => Promise<Finding>,
  explain: (error: unknown) => Finding = unexplained,
): Promise<Line> {
  try {
    const found = await withTimeout(attempt(), checkTimeoutMs);
    return { name, ...(found ?? tooSlow) };
  } catch (error) {
    return { name, ...explain(error) };
  }
}

const tooSlow = fail(
  `no answer within ${checkTimeoutMs / 1000} s`,
  'Look at the way there: DNS, firewall, proxy.',
);

/** For unexpected errors. */
export function unexplained(error: unknown): Finding {
  return fail(messageOf(error), 'Look at the message; report it if it is no help.');
}
