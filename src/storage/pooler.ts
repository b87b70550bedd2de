/**
 * Support for poolers such as PgBouncer. In transaction mode every transaction can run on another session of
 * Postgres, so session state is lost: settings, notifications (LISTEN) and advisory locks. The bot works through such
 * a pooler when `DATABASE_DIRECT_URL` bypasses it, for work that requires a session: migrations and the job engine.
 */
import { randomInt } from 'node:crypto';
import type pg from 'pg';
import { ProblemError, problem } from '../errors/problem.ts';
import { withClient } from './with-client.ts';

/**
 * How long the start waits for a notification. The full time passes only with a pooler; otherwise it takes
 * milliseconds.
 */
const noticeWithinMs = 3_000;

/**
 * Refuses a database in which the bot would lose stored data.
 *
 * @throws ProblemError `database.pooler` when the connection for sessions loses them, `database.two-databases` when
 *   the two addresses lead to different databases, `database.no-transactions` when the pooler supports no transactions
 */
export async function requireSessions(urls: {
  readonly url: string;
  readonly directUrl?: string;
}): Promise<void> {
  const { url, directUrl } = urls;
  if (!(await keepsSession(directUrl ?? url, noticeWithinMs))) {
    const setting = directUrl === undefined ? 'DATABASE_URL' : 'DATABASE_DIRECT_URL';
    throw new ProblemError(problem('database.pooler', { setting }));
  }
  if (directUrl === undefined) return;
  const same = await isSameDatabase(directUrl, url);
  if (same === 'no-transactions') throw new ProblemError(problem('database.no-transactions'));
  if (same === 'no') throw new ProblemError(problem('database.two-databases'));
}

/**
 * Whether a connection keeps its session between statements: a pooler in transaction mode gives each statement to any
 * free session, so a notification reaches no listener.
 *
 * @param withinMs how long to wait for the notification
 */
export async function keepsSession(url: string, withinMs = 1_000): Promise<boolean> {
  const channel = `connect_add_user_session_${process.pid}_${randomInt(2 ** 40)}`;
  return connected(url, async (listener) => {
    const heard = Promise.withResolvers<boolean>();
    listener.on('notification', (notice) => {
      if (notice.channel === channel) heard.resolve(true);
    });
    await listener.query(`listen ${channel}`);
    await connected(url, (sender) => sender.query(`notify ${channel}`));
    const timer = setTimeout(() => heard.resolve(false), withinMs);
    try {
      return await heard.promise;
    } finally {
      clearTimeout(timer);
      await listener.query(`unlisten ${channel}`);
    }
  });
}

/** Whether two addresses lead to one database: a lock of the first connection is visible to the second. */
export async function isSameDatabase(
  directUrl: string,
  url: string,
): Promise<'yes' | 'no' | 'no-transactions'> {
  const lock = randomInt(2 ** 31);
  return connected(directUrl, async (direct) => {
    await direct.query('begin');
    await direct.query('select pg_advisory_xact_lock($1, $2)', [lockClass, lock]);
    return connected(url, async (pooled) => {
      try {
        await pooled.query('begin');
      } catch (error) {
        if (error instanceof Error && /transaction blocks not allowed/.test(error.message)) {
          return 'no-transactions';
        }
        throw error;
      }
      const { rows } = await pooled.query<{ seen: boolean }>(
        `select exists (
           select 1 from pg_locks join pg_database on pg_database.oid = pg_locks.database
           where locktype = 'advisory' and classid = $1 and objid = $2 and datname = current_database()
         ) as seen`,
        [lockClass, lock],
      );
      await pooled.query('commit');
      return rows[0]?.seen ? 'yes' : 'no';
    });
  });
}

/**
 * Whether a session can begin with custom settings. PgBouncer refuses a connection with settings, in every mode,
 * unless it is configured to ignore them.
 */
export async function takesSettings(url: string): Promise<boolean> {
  try {
    return await connected(
      url,
      async (client) => {
        const { rows } = await client.query<{ limit: string }>(
          `select current_setting('statement_timeout') as limit`,
        );
        return rows[0]?.limit === '4321ms';
      },
      { statement_timeout: 4_321 },
    );
  } catch (error) {
    if (error instanceof Error && /unsupported startup parameter/.test(error.message)) return false;
    throw error;
  }
}

/** An arbitrary number, because advisory locks have no other name. */
const lockClass = 0x706f6f;

/** A separate connection without session settings, because a pooler would keep those settings for the next client. */
function connected<T>(
  url: string,
  use: (client: pg.Client) => Promise<T>,
  settings: Pick<pg.ClientConfig, 'statement_timeout'> = {},
): Promise<T> {
  return withClient(url, use, { query_timeout: 5_000, ...settings });
}
