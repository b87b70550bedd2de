/** The files of the embedded database: created completely or not at all; and its password. */
import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import {
  chmod,
  chown,
  link,
  lstat,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Account, canReach, reachableRoot } from './account.ts';

const run = promisify(execFile);

/** The only user of the embedded database, and its owner. */
export const databaseUser = 'connect_add_user';

/**
 * Creates the data folder. Closed to others, except that Postgres under another account must be able to pass through;
 * it still cannot list it. An existing empty folder is used as it is; the folders above it stay unchanged.
 */
export async function makeDataDir(dataDir: string, account: Account | null): Promise<void> {
  const made = await mkdir(dataDir, { recursive: true, mode: 0o700 });
  if (account === null) return;
  if (made !== undefined) {
    for (let at = dataDir; at.length >= made.length; at = path.dirname(at)) await chmod(at, 0o711);
  } else if ((await readdir(dataDir)).length === 0) {
    await chmod(dataDir, (await stat(dataDir)).mode | 0o011);
  }
}

/**
 * The password of the database: random, in a file that only the bot's user can read. Two bots that start at once get
 * the same one, because `link` succeeds for the first only.
 */
export async function readOrMakePassword(dataDir: string): Promise<string> {
  const file = path.join(dataDir, 'postgres.password');
  const hasCluster = (await lstat(path.join(dataDir, 'postgres')).catch(() => null)) !== null;
  const stored = await readFile(file, 'utf8').catch(() => null);
  if (stored !== null) return stored.trim();
  if (hasCluster) throw new Error(`its password is lost (${file})`);
  const fresh = `${file}.${randomUUID()}`;
  await writeFile(fresh, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  await link(fresh, file).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(fresh);
  return (await readFile(file, 'utf8')).trim();
}

/**
 * The folder of the cluster, with links resolved; created by initdb when there is none. initdb writes to a folder
 * with another name, so that an interrupted run leaves nothing that looks like a database.
 */
export async function readyCluster(options: {
  dataDir: string;
  account: Account | null;
  initdb: string;
  password: string;
}): Promise<string> {
  const cluster = path.join(options.dataDir, 'postgres');
  if (await lstat(cluster).catch(() => null)) {
    return await realpath(cluster).catch((cause) => {
      throw new Error(`${cluster} points to a folder that is not there anymore`, { cause });
    });
  }
  await dropAbandoned(options.dataDir);
  const half = path.join(options.dataDir, `postgres.new-${process.pid}`);
  await mkdir(half, { mode: 0o700 });
  try {
    const reachable =
      options.account === null || (await canReach(options.account, options.dataDir));
    if (reachable) {
      await runInitdb(half, options);
      await rename(half, cluster);
    } else {
      const elsewhere = path.join(await reachableRoot(), `data-${randomUUID()}`);
      await mkdir(elsewhere, { mode: 0o700 });
      await runInitdb(elsewhere, options);
      await symlink(elsewhere, cluster);
      await rm(half, { recursive: true });
    }
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    // Another bot was faster with the same folder.
    if (!(await stat(cluster).catch(() => null))) throw error;
  }
  return await realpath(cluster);
}

async function runInitdb(
  folder: string,
  options: { account: Account | null; initdb: string; password: string },
): Promise<void> {
  const passwordFile = `${folder}.password`;
  await writeFile(passwordFile, `${options.password}\n`, { mode: 0o600 });
  if (options.account) {
    await chown(folder, options.account.uid, options.account.gid);
    await chown(passwordFile, options.account.uid, options.account.gid);
  }
  try {
    await run(
      options.initdb,
      [
        `--pgdata=${folder}`,
        `--username=${databaseUser}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // The same sort order and case rules on every machine, independent of its locales.
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
      ],
      { ...options.account, cwd: '/', env: serverEnvironment() },
    );
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
    throw new Error(said.trim() || 'initdb failed', { cause: error });
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** None of the bot's environment, because it contains tokens that Postgres does not need. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) =>
    /^(PATH|SystemRoot|TEMP|TMP|TMPDIR)$/i.test(name),
  );
  return { ...Object.fromEntries(inherited), LC_ALL: 'C', TZ: 'UTC' };
}

/** Removes the files of a bot that was killed while initdb ran. */
async function dropAbandoned(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    const pid = /^postgres\.new-(\d+)/.exec(name)?.[1];
    if (pid === undefined) continue;
    try {
      process.kill(Number(pid), 0);
    } catch {
      await rm(path.join(dataDir, name), { recursive: true, force: true });
    }
  }
}
