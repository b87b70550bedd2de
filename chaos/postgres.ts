/** The Postgres of one run, always at the same address, which can be stopped in different ways. */
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { accountForPostgres } from '../src/storage/embedded/account.ts';
import { findBinaries } from '../src/storage/embedded/binaries.ts';
import {
  databaseUser,
  makeDataDir,
  readOrMakePassword,
  readyCluster,
} from '../src/storage/embedded/cluster.ts';
import { launch, type Place } from '../src/storage/embedded/launch.ts';
import { readPostmaster, stopPostmaster, waitForExit } from '../src/storage/embedded/postmaster.ts';
import type { DatabaseEnd } from './plan.ts';

export type ChaosPostgres = {
  readonly url: string;
  readonly password: string;
  readonly logFile: string;
  /** Stops it, keeps it stopped for this many milliseconds, and starts it again at the same address. */
  restart(end: DatabaseEnd, downMs: number): Promise<void>;
  stop(): Promise<void>;
};

const signals = { fast: 'SIGINT', immediate: 'SIGQUIT', kill: 'SIGKILL' } as const;
const readyWithinMs = 60_000;

/** @param folder for its files; every account must be able to traverse it */
export async function startPostgres(folder: string): Promise<ChaosPostgres> {
  const dataDir = join(folder, 'database');
  await mkdir(dataDir);
  const account = await accountForPostgres(join(dataDir, 'postgres'));
  const binaries = await findBinaries(account);
  await makeDataDir(dataDir, account);
  const password = await readOrMakePassword(dataDir);
  const cluster = await readyCluster({ dataDir, account, initdb: binaries.initdb, password });
  const logFile = join(dataDir, 'postgres.log');
  const place: Place = {
    cluster,
    logFile,
    postgres: binaries.postgres,
    account,
    maxConnections: 100,
  };
  const port = await quietPort();
  let stopped = false;

  async function start(): Promise<void> {
    const deadline = Date.now() + readyWithinMs;
    let trouble = '';
    while (Date.now() < deadline && !stopped) {
      const launched = await launch(place, port, deadline);
      if (launched.ok) return;
      // After `kill -9` of the postmaster, its child processes keep the shared memory for a moment.
      trouble = launched.trouble;
      await sleep(100);
    }
    if (!stopped) throw new Error(`the Postgres of this run does not come back: ${trouble}`);
  }

  await start();
  return {
    url: `postgres://${databaseUser}:${password}@127.0.0.1:${port}/postgres`,
    password,
    logFile,
    async restart(end, downMs) {
      const running = await readPostmaster(cluster);
      if (running) {
        process.kill(running.pid, signals[end]);
        await waitForExit(running.pid, 20_000);
      }
      await sleep(downMs);
      await start();
    },
    async stop() {
      stopped = true;
      await stopPostmaster(cluster);
    },
  };
}

/**
 * Returns a free port below the range that operating systems use for outgoing connections. Otherwise an outgoing
 * connection could occupy the port while Postgres is stopped.
 */
async function quietPort(): Promise<number> {
  for (;;) {
    const port = 15_000 + Math.floor(Math.random() * 15_000);
    const probe = createServer();
    const free = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
    if (free) return port;
  }
}
