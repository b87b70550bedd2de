/** The files of an installation, in the folder where the setup runs. */
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The content of a file; undefined when it does not exist. */
export function readText(folder: string, name: string): string | undefined {
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Writes a file unless it already has this content. An existing file keeps its owner and mode, except that
 * permissions of others are removed when `mode` grants them none: `cp .env.example .env` makes a file that everybody
 * may read.
 *
 * @param mode of a new file; 0o600 for a file with secrets
 * @returns the result, for the person
 */
export function writeText(folder: string, name: string, text: string, mode = 0o644): string {
  const before = readText(folder, name);
  const path = join(folder, name);
  // Before the secrets are in it. The group keeps its permissions, because the bot may run as another user of it.
  if (before !== undefined && (mode & 0o007) === 0) chmodSync(path, statSync(path).mode & 0o7770);
  if (before === text) return `${name}: as it was`;
  writeFileSync(path, text, { mode });
  return `${name}: ${before === undefined ? 'written' : 'changed'}`;
}
