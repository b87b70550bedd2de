/** Whether a database error means that the database is unavailable, so that the same can be retried later. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ProblemError, problem } from '../errors/problem.ts';
import { codeOf } from '../operations/error-facts.ts';
import type { Log } from '../operations/log.ts';

/** Node's error codes for a connection that cannot be opened or broke. */
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

/** SQLSTATEs (Postgres manual, appendix A) that are not caused by the statement itself. */
const passingStates = new Set([
  '53000', // insufficient resources
  '53100', // disk full
  '53200', // out of memory
  '53300', // too many connections
  '25006', // read-only: a standby, during a failover
  '55P03', // lock timeout
]);

/** Whole classes: 08 connection exceptions, 57P shutdown, crash, starting up, idle session ended. */
const passingClasses = /^(08|57P)/;

/** Messages of `pg` errors without any code. */
const passingMessages =
  /^(Connection terminated|the database system is |connect ECONNREFUSED|Client has encountered a connection error|timeout exceeded when trying to connect|Query read timeout|The server does not support SSL|Client was closed)/i;

/**
 * Our own limits of a statement or a transaction. The database is available, and the same work may exceed them again.
 */
const tooSlowStates = new Set([
  '57014', // statement timeout
  '25P03', // idle in transaction timeout
  '25P04', // transaction timeout
]);

/**
 * `away`: a lost connection, or a database that shuts down, starts, is full or refuses more connections. `too-slow`:
 * it answers, but this statement exceeded its time limit.
 */
export type DatabaseTrouble = 'away' | 'too-slow';

/**
 * The database did not execute the statement, and the statement is not the cause. Thrown only by the bot's own
 * connections (postgres-connections.ts), so that no other error can be confused with it.
 */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError';
  readonly trouble: DatabaseTrouble;

  constructor(trouble: DatabaseTrouble, cause: unknown) {
    super(reasonOf(cause), { cause });
    this.trouble = trouble;
  }
}

/** Whether a unique row already exists. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '23505';
}

/** Whether a later retry may help, because the database was unavailable or too slow. */
export function isDatabaseUnavailable(error: unknown): error is DatabaseUnavailableError {
  return error instanceof DatabaseUnavailableError;
}

/**
 * The meaning of an error from `pg` itself: null for a mistake in a statement or a violated constraint. Only for
 * errors that certainly come from `pg`, because other network errors look the same.
 */
export function databaseTroubleOf(error: unknown): DatabaseTrouble | null {
  if (!(error instanceof Error)) return null;
  if (error instanceof AggregateError) {
    return error.errors.some((inner) => databaseTroubleOf(inner) === 'away') ? 'away' : null;
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (error instanceof pg.DatabaseError || 'severity' in error) {
    if (tooSlowStates.has(code)) return 'too-slow';
    return passingStates.has(code) || passingClasses.test(code) ? 'away' : null;
  }
  if (networkCodes.has(code)) return 'away';
  // A Unix socket that does not exist; for any other call the error would concern a file.
  if (code === 'ENOENT' && 'syscall' in error && error.syscall === 'connect') return 'away';
  if (passingMessages.test(error.message)) return 'away';
  return error.cause === undefined ? null : databaseTroubleOf(error.cause);
}

/** The oldest version that Postgres still supports: https://www.postgresql.org/support/versioning/ */
export const oldestPostgres = 14;

/**
 * Waits until the database answers, because the bot can start before its database.
 *
 * @throws ProblemError `database.unreachable` immediately when waiting cannot help (a wrong password, no such
 *   database), otherwise when the time is over; `database.too-old`, `database.certificate`
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
      const { rows } = await client.query<{ number: string; version: string }>(
        `select current_setting('server_version_num') as number, current_setting('server_version') as version`,
      );
      const version = rows[0]?.version ?? '';
      if (Number(rows[0]?.number) < oldestPostgres * 10_000) {
        const oldest = oldestPostgres;
        throw new ProblemError(
          problem('database.too-old', { where: placeOf(url), version, oldest }),
        );
      }
      return;
    } catch (cause) {
      if (cause instanceof ProblemError) throw cause;
      if (isUntrustedCertificate(cause)) {
        const detail = reasonOf(cause);
        throw new ProblemError(problem('database.certificate', { where: placeOf(url), detail }), {
          cause,
        });
      }
      if (databaseTroubleOf(cause) === null || Date.now() > deadline) {
        const detail = reasonOf(cause);
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

/** Node's codes for a certificate that it does not trust: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
export function isUntrustedCertificate(error: unknown): boolean {
  const code = codeOf(error);
  return /CERT|SIGNATURE|ISSUER|ERR_TLS_/.test(code);
}

/** Node gives an error without a message when every address of a name was refused. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== '') return error.message;
  return error instanceof AggregateError ? error.errors.map(String).join('; ') : error.name;
}

/** Host, port and name of the database, without the password. */
function placeOf(url: string): string {
  const { host, port, database } = new pg.Client({ connectionString: url });
  return `${host}:${port}/${database ?? ''}`;
}

/**
 * An outage makes every worker fail every two seconds, and every connection break, so each kind is logged once per
 * minute.
 *
 * @param now for tests, in milliseconds
 */
export function limitOutageLog(
  log: Log,
  now: () => number = Date.now,
): { readonly ofJobs: (error: Error) => void; readonly ofConnection: (error: Error) => void } {
  const saidAt = new Map<string, number>();
  const isTime = (kind: string) => {
    if (now() - (saidAt.get(kind) ?? Number.NEGATIVE_INFINITY) < 60_000) return false;
    saidAt.set(kind, now());
    return true;
  };
  return {
    ofJobs: (told) => {
      // The engine gives a worker's error as a plain object, with the worker's name after its message.
      const error = told instanceof Error ? told : Object.assign(new Error(), told);
      if (databaseTroubleOf(error) === null) log.error({ err: error }, 'the job engine failed');
      else if (isTime('jobs')) {
        const reason = error.message.replace(/ \(Queue: .*\)$/, '');
        log.warn({ reason }, 'no jobs are worked: the database is away');
      }
    },
    ofConnection: (error) => {
      if (isTime('connection')) {
        log.warn({ reason: error.message }, 'an idle database connection was lost');
      }
    },
  };
}
