/**
 * One connection that locks the data folder for this bot, for as long as the connection lives: a session lock, which
 * Postgres releases when the bot is killed in any way. Two bots in one folder would work until the first that stops
 * shuts down the database of the other.
 *
 * The same connection detects that the server ended; the keeper then starts it again.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ProblemError, problem } from '../../errors/problem.ts';
import type { Log } from '../../operations/log.ts';

/** An arbitrary number, the same in every version of the bot, because advisory locks have no other name. */
const folderLock = 0x636175; // "cau"

/** A killed bot's lock ends with its connection, which the server may take a moment to detect. */
const patienceMs = 2000;

export type Keeper = {
  /** Releases the folder; returns whether it was locked until now. */
  release(): Promise<boolean>;
};

/** @throws ProblemError `database.folder-in-use` */
export async function keepServer(options: {
  url: string;
  dataDir: string;
  cluster: string;
  log: Log;
  restart: () => Promise<void>;
}): Promise<Keeper> {
  const { log } = options;
  const released = new AbortController();
  let held: pg.Client | null = null;
  let reviving: Promise<void> = Promise.resolve();

  const take = async (): Promise<void> => {
    const client = new pg.Client({
      connectionString: options.url,
      connectionTimeoutMillis: 5000,
      application_name: 'connect-add-user keeper',
      keepAlive: true,
    });
    // Added immediately, because a connection error without a listener ends the process.
    client.on('error', () => {});
    try {
      await client.connect();
      await ensureOurs(client, options.cluster);
      await lockFolder(client, options.dataDir);
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
    held = client;
    client.once('end', () => {
      held = null;
      if (!released.signal.aborted) reviving = revive();
    });
  };

  const revive = async (): Promise<void> => {
    log.warn('the embedded database went away; bringing it back');
    for (let tries = 1; !released.signal.aborted; tries++) {
      try {
        await options.restart();
        await take();
        log.info({ tries }, 'the embedded database is back');
        return;
      } catch (error) {
        log.error({ err: error, tries }, 'the embedded database does not come back; trying again');
        await sleep(1000, undefined, { signal: released.signal }).catch(() => {});
      }
    }
  };

  await take();
  return {
    async release() {
      released.abort();
      await reviving;
      const client = held;
      await client?.end().catch(() => {});
      return client !== null;
    },
  };
}

/** Any program may listen on a port that a lock file names; only this cluster's Postgres can confirm its identity. */
async function ensureOurs(client: pg.Client, cluster: string): Promise<void> {
  const { rows } = await client.query<{ folder: string }>(
    `select current_setting('data_directory') as folder`,
  );
  const folder = rows[0]?.folder;
  if (folder !== cluster) throw new Error(`a Postgres of another folder answers: ${folder}`);
}

async function lockFolder(client: pg.Client, dataDir: string): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const { rows } = await client.query<{ got: boolean }>(
      'select pg_try_advisory_lock($1) as got',
      [folderLock],
    );
    if (rows[0]?.got) return;
    if (Date.now() > deadline) {
      throw new ProblemError(problem('database.folder-in-use', { folder: dataDir }));
    }
    await sleep(50);
  }
}
