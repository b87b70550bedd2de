/**
 * The bot's own database when no DATABASE_URL is set: a real Postgres, from npm, in `<dataDir>/postgres`, started and
 * stopped by the bot.
 *
 * The package's own launcher is not used. It registers exit hooks and signal handlers that end Postgres before the
 * bot has finished its work, its `start()` rejects with `undefined` when a server already runs there, and it passes
 * the bot's environment with all its tokens to Postgres. So the programs are run directly: in a separate session,
 * which Ctrl-C in the terminal does not reach; adopted when a killed bot left one running; and started again when it
 * ended while the bot runs.
 *
 * Reachable on the loopback address only, with a random password (SCRAM). A Unix socket would work as well, but its
 * path may have at most 107 bytes, which a long data folder exceeds.
 */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProblemError, problem } from '../../errors/problem.ts';
import type { Log } from '../../operations/log.ts';
import { accountForPostgres } from './account.ts';
import { findBinaries } from './binaries.ts';
import { databaseUser, makeDataDir, readOrMakePassword, readyCluster } from './cluster.ts';
import { keepServer } from './folder-lock.ts';
import { freePort, launch, type Place } from './launch.ts';
import { dropStaleLock, isServerOf, readPostmaster, stopPostmaster } from './postmaster.ts';

export type Embedded = {
  /** Connection string of the database, password included. */
  readonly url: string;
  /** Whether a server that a killed bot left running was taken over. */
  readonly adopted: boolean;
  /** Stops the server, unless another bot has locked the folder by now. */
  stop(): Promise<void>;
};

/**
 * A recovery after a crash replays everything that was written since the last checkpoint; it rarely takes more than
 * seconds.
 */
const readyWithinMs = 60_000;

/**
 * Starts or adopts the database of a data folder and locks the folder for this process.
 *
 * @throws ProblemError `database.folder-in-use` when another bot uses the folder, `database.embedded-failed` when
 *   Postgres cannot be started
 */
export async function startEmbedded(options: {
  dataDir: string;
  log: Log;
  maxConnections?: number;
}): Promise<Embedded> {
  const dataDir = path.resolve(options.dataDir);
  try {
    const account = await accountForPostgres(path.join(dataDir, 'postgres'));
    const binaries = await findBinaries(account);
    await makeDataDir(dataDir, account);
    const password = await readOrMakePassword(dataDir);
    const cluster = await readyCluster({ dataDir, account, initdb: binaries.initdb, password });
    const place: Place = {
      cluster,
      logFile: path.join(dataDir, 'postgres.log'),
      postgres: binaries.postgres,
      account,
      maxConnections: options.maxConnections ?? 60,
    };
    const first = await ensureRunning(place);
    const urlAt = (port: number) =>
      `postgres://${databaseUser}:${password}@127.0.0.1:${port}/postgres`;
    const keeper = await keepServer({
      url: urlAt(first.port),
      dataDir,
      cluster,
      log: options.log,
      // The rest of the bot uses the address, so the server must restart at the same one.
      restart: async () => void (await ensureRunning(place, first.port)),
    }).catch(async (error) => {
      // Nothing else would stop it, unless another bot holds the folder by now.
      if (!first.adopted && !(error instanceof ProblemError)) await stopPostmaster(cluster);
      throw error;
    });
    return {
      url: urlAt(first.port),
      adopted: first.adopted,
      async stop() {
        const held = await keeper.release();
        if (held) await stopPostmaster(cluster);
      },
    };
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    throw new ProblemError(problem('database.embedded-failed', { folder: dataDir, detail }), {
      cause: error,
    });
  }
}

/** Finds the cluster's server running, or starts it; waits until it takes connections. */
async function ensureRunning(
  place: Place,
  port?: number,
): Promise<{ port: number; adopted: boolean }> {
  const deadline = Date.now() + readyWithinMs;
  let trouble = '';
  while (Date.now() < deadline) {
    const found = await readPostmaster(place.cluster);
    if (found && (await isServerOf(place.cluster, found.pid))) {
      if (found.status === 'ready') return { port: found.port, adopted: true };
      await sleep(20);
      continue;
    }
    await dropStaleLock(place.cluster);
    const started = await launch(place, port ?? (await freePort()), deadline);
    if (started.ok) return { port: started.port, adopted: false };
    trouble = started.trouble;
    if (!isPassing(trouble)) break;
    await sleep(100);
  }
  throw new Error(trouble || 'Postgres did not get ready in a minute');
}

/**
 * Temporary errors: another program took the port before Postgres did; another bot starts the same cluster; the
 * processes of a crashed server are still ending.
 */
function isPassing(trouble: string): boolean {
  return /could not bind|could not create any TCP|lock file .* already exists|shared memory block/.test(
    trouble,
  );
}
