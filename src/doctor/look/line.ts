/** What doctor says: one line for each thing that it looked at. */

import { messageOf } from '../../operations/error-facts.ts';
import { withTimeout } from '../../operations/with-timeout.ts';

export type Status = 'pass' | 'warn' | 'fail' | 'skip';

export type Line = {
  /** What was looked at, the same in every run: `slack.scopes`, `connect.production.permissions`. */
  readonly name: string;
  readonly status: Status;
  /** What was found; never a secret. */
  readonly found: string;
  /** What to do about it; absent when nothing has to be done. */
  readonly todo?: string;
};

export type Finding = Omit<Line, 'name'>;

export const pass = (found: string): Finding => ({ status: 'pass', found });
export const warn = (found: string, todo: string): Finding => ({ status: 'warn', found, todo });
export const fail = (found: string, todo: string): Finding => ({ status: 'fail', found, todo });
export const skip = (found: string): Finding => ({ status: 'skip', found });

/** One look may take this long; a healthy installation answers each in well under a second. */
const longestLookMs = 15_000;

/**
 * Looks at one thing. Whatever goes wrong is the finding, so that every other line is still said.
 *
 * @param explain what an error means and what to do about it
 */
export async function look(
  name: string,
  attempt: () => Promise<Finding>,
  explain: (error: unknown) => Finding = unexplained,
): Promise<Line> {
  try {
    const found = await withTimeout(attempt(), longestLookMs);
    return { name, ...(found ?? tooSlow) };
  } catch (error) {
    return { name, ...explain(error) };
  }
}

const tooSlow = fail(
  `no answer within ${longestLookMs / 1000} s`,
  'Look at the way there: DNS, firewall, proxy.',
);

/** For what nobody has thought of. */
export function unexplained(error: unknown): Finding {
  return fail(messageOf(error), 'Look at the message; report it if it is no help.');
}
