/** The running server of a cluster, according to its `postmaster.pid` (Postgres's own lock file). */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type Postmaster = {
  readonly pid: number;
  readonly port: number;
  readonly status: 'starting' | 'ready' | 'stopping';
};

/**
 * The content of the lock file: `null` when there is none or it is still being written. Its lines are pid, data
 * folder, start time, port, socket folder, listen address, shared memory key, status (Postgres's miscadmin.h).
 */
export async function readPostmaster(cluster: string): Promise<Postmaster | null> {
  const text = await readFile(lockFile(cluster), 'utf8').catch(() => null);
  if (text === null) return null;
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  const port = Number(lines[3] || Number.NaN);
  const said = lines[7];
  const status = said === 'ready' ? 'ready' : said === 'stopping' ? 'stopping' : 'starting';
  return { pid, port, status };
}

function lockFile(cluster: string): string {
  return path.join(cluster, 'postmaster.pid');
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Whether the process runs. A zombie process does not count, although its number is still taken: an adopted Postgres
 * ends like this in a container without an init process.
 */
function isAlive(pid: number): boolean {
  if (!exists(pid)) return false;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return !stat.slice(stat.lastIndexOf(')')).startsWith(') Z');
  } catch {
    return exists(pid);
  }
}

/**
 * Whether the process in the lock file is this cluster's Postgres. After a restart of the machine the process id can
 * belong to any program. Postgres itself only checks whether such a process exists, and would refuse to start
 * forever.
 */
export async function isServerOf(cluster: string, pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  // Postgres works in its data folder. Linux shows where; elsewhere the command line has the folder.
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => null);
  if (cwd !== null) return cwd === (await realpath(cluster));
  const shown = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => null);
  // Unknown, so it counts as Postgres: the worse mistake would be a second server on the same files.
  if (shown === null) return true;
  return shown.stdout.includes('postgres');
}

/** Removes a lock file whose number belongs to a process that is not this cluster's Postgres. */
export async function dropStaleLock(cluster: string): Promise<void> {
  const found = await readPostmaster(cluster);
  if (found && exists(found.pid) && !(await isServerOf(cluster, found.pid))) {
    await rm(lockFile(cluster), { force: true });
  }
}

/** Waits until the process is gone; false when the time ran out first. */
export async function waitForExit(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await sleep(10);
  }
  return true;
}

/**
 * Stops the server. Fast (SIGINT) rolls back open transactions and writes everything to disk; only if that hangs,
 * immediate (SIGQUIT), from which the next start recovers.
 */
export async function stopPostmaster(cluster: string): Promise<void> {
  const found = await readPostmaster(cluster);
  if (!found || !(await isServerOf(cluster, found.pid))) return;
  process.kill(found.pid, 'SIGINT');
  if (await waitForExit(found.pid, 20_000)) return;
  process.kill(found.pid, 'SIGQUIT');
  await waitForExit(found.pid, 10_000);
}
