/** Temporary folders for tests. */
import { accessSync, constants, statfsSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Linux's in-memory folder; in a container it may be too small for several databases. */
const memory = '/dev/shm';
const enoughBytes = 4 * 1024 ** 3;

/**
 * A new folder for the files of a Postgres. A cluster has a thousand small files, and in memory it is created in half
 * the time. When the tests run as root, the account that Postgres runs as can traverse the folder.
 */
export async function databaseFolder(what: string): Promise<string> {
  const folder = await mkdtemp(join(inMemory() ? memory : tmpdir(), `connect-add-user-${what}-`));
  await chmod(folder, 0o711);
  return folder;
}

function inMemory(): boolean {
  try {
    accessSync(memory, constants.W_OK);
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize > enoughBytes;
  } catch {
    return false;
  }
}
