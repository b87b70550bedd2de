/** The database: connections, the schema's version, and which errors mean that it is unavailable. */
import { Kysely, sql, type Transaction } from 'kysely';
import pg from 'pg';
import type { DatabaseConfig } from '../config/config.ts';
import { ProblemError, problem } from '../errors/problem.ts';
import type { Log } from '../operations/log.ts';
import { withLogContext } from '../operations/log-context.ts';
import { startEmbedded } from './embedded/run-embedded.ts';
import { migrate } from './migrate.ts';
import { requireSessions, takesSettings } from './pooler.ts';
import { BotDialect, type SessionLimits } from './postgres-connections.ts';
import type { Schema } from './schema.ts';
import { limitOutageLog, waitForDatabase } from './unavailable.ts';

/** Runs statements, inside or outside a transaction. */
export type Db = Kysely<Schema>;
/** Runs statements inside a transaction that its caller commits. */
export type Tx = Transaction<Schema>;

export type Database = {
  readonly db: Kysely<Schema>;
  /**
   * The same database, for what is stored while a person in Slack waits for an acknowledgement (3 s in all):
   * connections that no job uses, on which no statement takes longer than `IntakeLimits`.
   */
  readonly intake: Kysely<Schema>;
  readonly pool: pg.Pool;
  /** Connection string, including the password: never log it. */
  readonly url: string;
  /** The same database through a connection that keeps sessions, without a pooler. Never log it either. */
  readonly directUrl: string;
  /** Whether no other bot can use this database: the embedded one, whose folder is locked. */
  readonly exclusive: boolean;
  /** Waits for running queries, closes every connection, and stops the database if it is the bot's own. */
  close(): Promise<void>;
};

/**
 * Opens the database and brings its tables up to date.
 *
 * A connection that is lost later fails only its own queries: the pool opens a new one for the next query, and
 * `isDatabaseUnavailable` (unavailable.ts) distinguishes such an error from a mistake.
 *
 * @param deps.patienceMs how long to wait for a database that does not answer yet (15 s)
 * @param deps.intake how long what is stored before an acknowledgement may take
 * @param deps.workConnections the most connections that `db` uses at once (8)
 * @throws ProblemError `database.unreachable`, `database.newer`, or the errors of `requireSessions` and
 *   `startEmbedded`
 */
export async function openDatabase(
  config: DatabaseConfig,
  deps: {
    log: Log;
    patienceMs?: number;
    intake?: IntakeLimits;
    workConnections?: number | undefined;
  },
): Promise<Database> {
  const embedded =
    config.kind === 'embedded'
      ? await startEmbedded({ dataDir: config.dataDir, log: deps.log })
      : null;
  const url = config.kind === 'url' ? config.url : (embedded?.url ?? '');
  const pastPooler = config.kind === 'url' ? config.directUrl : undefined;
  const directUrl = pastPooler ?? url;
  /**
   * A pooler does not accept session settings: each transaction begins with them instead (postgres-connections.ts).
   */
  let limitsBySession = true;
  try {
    const patience = { log: deps.log, patienceMs: deps.patienceMs ?? 15_000 };
    await waitForDatabase(url, patience);
    if (pastPooler !== undefined) await waitForDatabase(pastPooler, patience);
    if (config.kind === 'url') {
      await requireSessions(config);
      limitsBySession = pastPooler === undefined && (await takesSettings(url));
    }
    await migrate(directUrl);
  } catch (error) {
    await embedded?.stop();
    throw refusedRights(error) ?? error;
  }
  let closing = false;
  const quiet = limitOutageLog(deps.log);
  const open = (purpose: PoolPurpose) => {
    const { limits, ...options } = purpose;
    const pool = new pg.Pool({
      connectionString: url,
      ...poolOptions,
      ...options,
      ...(limitsBySession && limits),
    });
    // A broken connection emits `error`, which ends the process without a listener. A borrowed connection has no
    // listener of its own (its borrower gets the failed query), and an idle one has the pool's.
    pool.on('connect', (client) => client.on('error', () => {}));
    pool.on('error', (error) => {
      if (closing) return;
      // The connection was opened during work on some request and does not belong to that request.
      withLogContext({}, () => quiet.ofConnection(error));
    });
    return pool;
  };
  const dialect = (pool: pg.Pool, { limits }: PoolPurpose) =>
    new BotDialect({ pool }, limitsBySession ? null : limits);
  const pool = open({ ...forWork, max: deps.workConnections ?? forWork.max });
  const db = new Kysely<Schema>({ dialect: dialect(pool, forWork) });
  const somebodyWaits = forIntake(deps.intake ?? standardIntakeLimits);
  const intake = new Kysely<Schema>({ dialect: dialect(open(somebodyWaits), somebodyWaits) });
  return {
    db,
    intake,
    pool,
    url,
    directUrl,
    exclusive: embedded !== null,
    async close() {
      closing = true;
      await Promise.all([db.destroy(), intake.destroy()]);
      // Kysely ends only a pool that it has used itself; an idle connection would keep a command alive for 30 s.
      if (!pool.ending) await pool.end();
      await embedded?.stop();
    },
  };
}

/**
 * Postgres' SQLSTATEs for a missing permission (42501), and for a role that may use no schema at all (3F000).
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const missingRights: ReadonlySet<unknown> = new Set(['42501', '3F000']);

/** A missing permission, as an error with advice; undefined for any other error. */
export function refusedRights(error: unknown): ProblemError | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && missingRights.has(error.code)) {
    return new ProblemError(problem('database.not-allowed', { detail: error.message }), {
      cause: error,
    });
  }
  return refusedRights(error.cause);
}

type PoolPurpose = Pick<
  pg.PoolConfig,
  'application_name' | 'max' | 'connectionTimeoutMillis' | 'query_timeout'
> & { readonly limits: SessionLimits };

/**
 * Few, because several bots can share one small Postgres, and pg-boss has separate connections (jobs.ts). Its
 * maintenance and migrations may take longer than these limits. The limit of `query_timeout` applies when the network
 * loses the server's answer.
 */
const forWork: PoolPurpose = {
  application_name: 'connect-add-user',
  max: 8,
  // Includes the wait for a free connection. Nobody waits for an answer here, so a busy machine is tolerated.
  connectionTimeoutMillis: 8_000,
  query_timeout: 12_000,
  limits: { statement_timeout: 10_000, idle_in_transaction_session_timeout: 15_000 },
};

export type IntakeLimits = {
  /** Longest wait for a connection, and longest statement. */
  readonly databaseMs: number;
};

/** A person is waiting, so the query fails while there is still time to tell them. */
export const standardIntakeLimits: IntakeLimits = { databaseMs: 1_000 };

const forIntake = ({ databaseMs }: IntakeLimits): PoolPurpose => ({
  application_name: 'connect-add-user intake',
  max: 3,
  connectionTimeoutMillis: databaseMs,
  query_timeout: databaseMs + 500,
  limits: { statement_timeout: databaseMs, idle_in_transaction_session_timeout: 5_000 },
});

/** Postgres's bigint as a number: ids and counts here stay far below 2^53. */
const getTypeParser = ((oid: number, format?: 'text' | 'binary') =>
  oid === pg.types.builtins.INT8
    ? Number
    : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser;

const poolOptions = {
  idleTimeoutMillis: 30_000,
  keepAlive: true,
  types: { getTypeParser },
} as const;

/** Resolves with true when the database answers; rejects when it does not. */
export async function ping(db: Db): Promise<true> {
  await sql`select 1`.execute(db);
  return true;
}
