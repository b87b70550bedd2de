/** The files of an installation, in the folder where the setup runs. */
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a file holds; undefined when there is none. */
export function readText(folder: string, name: string): string | undefined {
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Writes a file unless it holds that already. A file that is there keeps its owner and mode, except that
 * nobody else keeps a right that `mode` gives to no others: `cp .env.example .env` makes a file that everybody may read.
 *
 * @param mode of a new file; 0o600 for what holds secrets
 * @returns what happened, for the person
 */
export function writeText(folder: string, name: string, text: string, mode = 0o644): string {
  const before = readText(folder, name);
  const path = join(folder, name);
  // Before the secrets are in it. The group keeps its rights: the bot may run as another user of it.
  if (before !== undefined && (mode & 0o007) === 0) chmodSync(path, statSync(path).mode & 0o7770);
  if (before === text) return `${name}: as it was`;
  writeFileSync(path, text, { mode });
  return `${name}: ${before === undefined ? 'written' : 'changed'}`;
}
