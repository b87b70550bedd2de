/**
 * The database that the bot brings along when no DATABASE_URL is set: a real Postgres, out of npm, in
 * `<dataDir>/postgres`, started and stopped by the bot.
 *
 * The package's own launcher is not used. It registers exit hooks and signal handlers that end Postgres
 * before the bot has finished its work, its `start()` rejects with `undefined` when a server already runs
 * there, and it gives Postgres the bot's environment with all its tokens. So the programs are run directly:
 * in a session of their own, that Ctrl-C in the terminal does not reach; adopted when a bot that was killed
 * left one running; and started again when it died under a living bot.
 *
 * Reached on the loopback address only, with a random password (SCRAM). A Unix socket would do as well, but
 * its path may have 107 bytes at most, which a long data folder exceeds.
 */
import { spawn } from 'node:child_process';
import { open, rename, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProblemError, problem } from '../errors.ts';
import type { Log } from '../operations/log.ts';
import { type Account, accountForPostgres } from './embedded/account.ts';
import { findBinaries } from './embedded/binaries.ts';
import {
  databaseUser,
  makeDataDir,
  readOrMakePassword,
  readyCluster,
  serverEnvironment,
} from './embedded/cluster.ts';
import { type Keeper, keepServer } from './embedded/keeper.ts';
import {
  dropStaleLock,
  isServerOf,
  readPostmaster,
  stopPostmaster,
} from './embedded/postmaster.ts';

export type Embedded = {
  /** Connection string of the database, password included. */
  readonly url: string;
  /** Whether a server that a killed bot left running was taken over. */
  readonly adopted: boolean;
  /** Stops the server, unless another bot holds the folder by now. */
  stop(): Promise<void>;
};

type Place = {
  readonly cluster: string;
  readonly logFile: string;
  readonly postgres: string;
  readonly account: Account | null;
  readonly maxConnections: number;
};

/** A recovery after a crash replays what was written since the last checkpoint; seldom more than seconds. */
const readyWithinMs = 60_000;

/**
 * Starts or adopts the database of a data folder and holds the folder for this process.
 *
 * @throws ProblemError `database.folder-in-use` when another bot lives in the folder,
 *   `database.embedded-failed` when Postgres cannot be started
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
    const keeper: Keeper = await keepServer({
      url: urlAt(first.port),
      dataDir,
      cluster,
      log: options.log,
      // The rest of the bot holds the address, so the server must come back at the same one.
      restart: async () => void (await ensureRunning(place, first.port)),
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
 * Troubles that go away by themselves: somebody took the port between our looking and Postgres's; another
 * bot starts the same cluster; the processes of a crashed server are still ending.
 */
function isPassing(trouble: string): boolean {
  return /could not bind|could not create any TCP|lock file .* already exists|shared memory block/.test(
    trouble,
  );
}

type Launched =
  | { readonly ok: true; readonly port: number }
  | { readonly ok: false; readonly trouble: string };

async function launch(place: Place, port: number, deadline: number): Promise<Launched> {
  const log = await openLog(place.logFile);
  const from = (await log.stat()).size;
  try {
    const child = spawn(place.postgres, serverArguments(place, port), {
      ...place.account,
      cwd: '/',
      env: serverEnvironment(),
      stdio: ['ignore', log.fd, log.fd],
      detached: true,
      windowsHide: true,
    });
    let ended = false;
    let trouble: string | undefined;
    child.once('exit', () => {
      ended = true;
    });
    child.once('error', (error) => {
      ended = true;
      trouble = error.message;
    });
    child.unref();
    while (!ended && Date.now() < deadline) {
      const found = await readPostmaster(place.cluster);
      if (found?.pid === child.pid && found?.status === 'ready') return { ok: true, port };
      await sleep(10);
    }
    return { ok: false, trouble: trouble ?? (await readLog(place.logFile, from)) };
  } finally {
    await log.close();
  }
}

function serverArguments(place: Place, port: number): string[] {
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: place.maxConnections,
    cluster_name: 'connect-add-user',
    // A bot's database is small and shares a machine with the bot.
    shared_buffers: '32MB',
    io_method: 'sync',
    max_worker_processes: 2,
    max_parallel_workers: 0,
    max_wal_size: '256MB',
    wal_level: 'minimal',
    max_wal_senders: 0,
    jit: 'off',
    // What is acknowledged to Slack must survive a power cut (H5).
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    log_line_prefix: '%m [%p] ',
    // Neither statements nor the values in a failing row: they can be what people typed (H4).
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', place.cluster, ...flags];
}

const logLimitBytes = 5_000_000;

async function openLog(file: string) {
  const size = await stat(file).then(
    (info) => info.size,
    () => 0,
  );
  if (size > logLimitBytes) await rename(file, `${file}.1`);
  return await open(file, 'a+', 0o600);
}

/** The end of what Postgres wrote since `from`, without times and process numbers. */
async function readLog(file: string, from: number): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const start = Math.max(from, size - 2000);
    const { buffer, bytesRead } = await handle.read({
      buffer: Buffer.alloc(Math.max(0, size - start)),
      position: start,
    });
    const lines = buffer.toString('utf8', 0, bytesRead).trim().split('\n');
    const telling = lines.map((line) => line.replace(/^\S+ \S+ UTC \[\d+\] /, ''));
    return (
      telling.filter((line) => /FATAL|ERROR|LOG: {2}could not|HINT/.test(line)).join(' ') ||
      (telling.at(-1) ?? '')
    );
  } finally {
    await handle.close();
  }
}

/** A port that is free now. Somebody may take it before Postgres does; `launch` is then tried again. */
async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('no free port on the loopback address'));
      });
    });
  });
}
