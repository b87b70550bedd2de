/**
 * Cleans up after a sandbox that was killed: it leaves its folder behind, and a Postgres that keeps running in it.
 * The next sandbox removes both.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const prefix = 'connect-add-user-sandbox-';

/** A folder for this process's database; its name contains the process id. */
export function makeDataDir(): Promise<string> {
  return mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
}

/** Stops and deletes the leftovers of ended sandboxes. Never touches the folder of a running one. */
export async function clearLeftovers(): Promise<void> {
  const names = await readdir(tmpdir());
  for (const name of names) {
    const owner = /^connect-add-user-sandbox-(\d+)-/.exec(name)?.[1];
    if (owner === undefined || isAlive(Number(owner))) continue;
    const folder = join(tmpdir(), name);
    await stopPostgres(folder).catch(() => {});
    await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}

async function stopPostgres(folder: string): Promise<void> {
  const [firstLine] = (await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split(
    '\n',
  );
  const pid = Number(firstLine);
  if (!Number.isSafeInteger(pid) || pid <= 1 || !(await servesFolder(pid, folder))) return;
  // SIGINT is Postgres's fast shutdown.
  process.kill(pid, 'SIGINT');
  for (let tries = 0; tries < 100 && isAlive(pid); tries++) await sleep(50);
}

/** The process id may have been reused; when that cannot be determined, nothing is stopped. */
async function servesFolder(pid: number, folder: string): Promise<boolean> {
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return commandLine.includes(folder);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
