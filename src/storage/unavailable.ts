/** When a database error means "it is away", so that the same thing can simply be tried later. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ProblemError, problem } from '../errors/problem.ts';
import type { Log } from '../operations/log.ts';

/** Node's words for a connection that cannot be made or broke. */
const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** SQLSTATEs (Postgres manual, appendix A) that say nothing against the statement itself. */
const passingStates = new Set([
  '53000', // insufficient resources
  '53100', // disk full
  '53200', // out of memory
  '53300', // too many connections
  '57014', // statement timeout
  '25P03', // idle in transaction timeout
  '25P04', // transaction timeout
  '25006', // read-only: a standby, during a failover
  '55P03', // lock timeout
]);

/** Whole classes: 08 connection exceptions, 57P shutdown, crash, starting up, idle session ended. */
const passingClasses = /^(08|57P)/;

/** What `pg` says without a code of any kind. */
const passingMessages =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Query read timeout|The server does not support SSL|Client was closed)/i;

/**
 * True for a lost connection, a database that shuts down, starts, is full or too slow; false for
 * a mistake in a statement or a violated rule, which trying again does not mend.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.some(isDatabaseUnavailable);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (error instanceof pg.DatabaseError || 'severity' in error) {
    return passingStates.has(code) || passingClasses.test(code);
  }
  if (networkCodes.has(code)) return true;
  // A Unix socket that is not there; for any other call it would be about a file.
  if (code === 'ENOENT' && 'syscall' in error && error.syscall === 'connect') return true;
  if (passingMessages.test(error.message)) return true;
  return error.cause !== undefined && isDatabaseUnavailable(error.cause);
}

/**
 * Waits until the database answers: where everything starts at once, the bot may be first.
 *
 * @throws ProblemError `database.unreachable` at once when waiting cannot help (a wrong password, no
 *   such database), else when the patience ends
 */
export async function waitForDatabase(
  url: string,
  options: { log: Log; patienceMs: number },
): Promise<void> {
  const deadline = Date.now() + options.patienceMs;
  for (let tries = 1; ; tries++) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query('select 1');
      return;
    } catch (cause) {
      if (!isDatabaseUnavailable(cause) || Date.now() > deadline) {
        const detail = cause instanceof Error ? reasonOf(cause) : String(cause);
        throw new ProblemError(problem('database.unreachable', { where: placeOf(url), detail }), {
          cause,
        });
      }
      if (tries === 1) options.log.warn('the database does not answer yet; waiting for it');
      await sleep(250);
    } finally {
      await client.end().catch(() => {});
    }
  }
}

/** Node gives an error without a message when every address of a name was refused. */
function reasonOf(error: Error): string {
  if (error.message !== '') return error.message;
  return error instanceof AggregateError ? error.errors.map(String).join('; ') : error.name;
}

/** Host, port and name of the database, without the password. */
function placeOf(url: string): string {
  const { host, port, database } = new pg.Client({ connectionString: url });
  return `${host}:${port}/${database ?? ''}`;
}
