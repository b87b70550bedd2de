/** The bot's database for a command that runs beside the bot. */
import path from 'node:path';
import type { DatabaseConfig } from '../config/config.ts';
import type { Log } from '../operations/log.ts';
import { type Database, openDatabase } from './database.ts';
import { databaseUser, readOrMakePassword } from './embedded/cluster.ts';
import { isServerOf, readPostmaster } from './embedded/postmaster.ts';

/**
 * Opens the database. The embedded database of a running bot is used as it is; one that is not running is started
 * and, on close, stopped.
 *
 * @throws ProblemError as `openDatabase` does
 */
export async function attachDatabase(
  config: DatabaseConfig,
  deps: { readonly log: Log },
): Promise<Database> {
  if (config.kind === 'url') return openDatabase(config, deps);
  const url = await embeddedUrl(config);
  return openDatabase(url === null ? config : { kind: 'url', url }, deps);
}

/** The address of a running bot's embedded database, including its password; null when none runs. */
export async function embeddedUrl(
  config: Extract<DatabaseConfig, { kind: 'embedded' }>,
): Promise<string | null> {
  const dataDir = path.resolve(config.dataDir);
  const cluster = path.join(dataDir, 'postgres');
  const running = await readPostmaster(cluster);
  if (running?.status !== 'ready' || !(await isServerOf(cluster, running.pid))) {
    return null;
  }
  const password = await readOrMakePassword(dataDir);
  return `postgres://${databaseUser}:${password}@127.0.0.1:${running.port}/postgres`;
}
