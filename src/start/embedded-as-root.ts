/** Whether root may start the bot's own database. */
import type { DatabaseConfig } from '../config/config.ts';
import { type Problem, problem } from '../errors/problem.ts';

/**
 * Why the bot must not start: Postgres refuses to run as root, so the bot would create an account and copy programs
 * for it, to which an operator has to agree. Null when there is nothing to agree to, or `EMBEDDED_AS_ROOT=1` is set.
 *
 * @param userId the process's user, undefined when the system has no such numbers
 */
export function whyNotAsRoot(
  database: DatabaseConfig,
  env: Readonly<Record<string, string | undefined>>,
  userId: number | undefined,
): Problem | null {
  if (userId !== 0 || database.kind !== 'embedded') return null;
  if (env.EMBEDDED_AS_ROOT?.trim() === '1') return null;
  return problem('database.as-root');
}
