/**
 * The account that Postgres runs as. It refuses to run as root, so a bot that was started as root (a container, a new
 * machine) must run it as another account, which must be able to reach the files.
 */
import { execFile } from 'node:child_process';
import { lstat, mkdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type Account = { readonly uid: number; readonly gid: number };

/**
 * The account for Postgres: `null` when the bot is not root, so that Postgres runs as the same user. An existing
 * cluster keeps its owner. Otherwise `postgres`, which is created if it does not exist, otherwise `nobody`, which
 * every Unix has. A user id is not sufficient, because initdb requires a name.
 *
 * @param cluster the cluster's directory, which need not exist
 */
export async function accountForPostgres(cluster: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const owner = await stat(cluster).catch(() => null);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return (
    (await accountNamed('postgres')) ??
    (await makeAccount('postgres')) ??
    (await accountNamed('nobody')) ??
    Promise.reject(new Error('Postgres must not run as root, and no other account was found'))
  );
}

async function accountNamed(name: string): Promise<Account | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

/** Debian's and Red Hat's command, then BusyBox's. */
async function makeAccount(name: string): Promise<Account | null> {
  const recipes: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', name]],
    ['adduser', ['-S', '-D', '-H', '-s', '/bin/false', name]],
  ];
  for (const [command, args] of recipes) {
    try {
      await run(command, args);
      return await accountNamed(name);
    } catch {
      // The next command is tried, or `nobody`.
    }
  }
  return null;
}

/**
 * Whether the account may pass through every folder above `target` and use `target` itself. Only permission bits are
 * checked: an access control list that grants more is not seen, which costs only a copy.
 */
export async function canReach(account: Account, target: string): Promise<boolean> {
  let at = await realpath(target).catch(() => null);
  if (at === null) return false;
  for (;;) {
    const info = await stat(at);
    const shift = info.uid === account.uid ? 6 : info.gid === account.gid ? 3 : 0;
    const wanted = info.isDirectory() ? 0o1 : 0o4;
    if (((info.mode >> shift) & wanted) !== wanted) return false;
    const above = path.dirname(at);
    if (above === at) return true;
    at = above;
  }
}

/**
 * A folder of root that every account can reach, for files that Postgres cannot reach at their original place (a
 * clone under /root). Never a temporary folder that is emptied when the machine restarts.
 */
export async function reachableRoot(): Promise<string> {
  for (const parent of ['/var/lib', '/var/tmp', '/opt']) {
    const folder = path.join(parent, 'connect-add-user');
    try {
      await mkdir(folder, { recursive: true, mode: 0o755 });
      const info = await lstat(folder);
      // In a folder where everybody may write, another account could have created it first.
      const ours = info.isDirectory() && info.uid === 0 && (info.mode & 0o022) === 0;
      if (ours && (await canReach({ uid: -1, gid: -1 }, folder))) return folder;
    } catch {
      // Read-only or absent: the next one is tried.
    }
  }
  throw new Error(
    'the folder can be entered by root alone, Postgres must not run as root, and no other place was found',
  );
}
