/** Where tests put what they throw away. */
import { accessSync, constants, statfsSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Linux's folder in memory; a container may have one that is too small for several databases. */
const memory = '/dev/shm';
const enoughBytes = 4 * 1024 ** 3;

/**
 * A new folder for the files of a Postgres. A cluster is a thousand small files: in memory it is made in half
 * the time. It can be passed by whoever Postgres runs as when the tests run as root.
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
