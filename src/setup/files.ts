/** The files of an installation, in the folder where the setup runs. */
import { readFileSync, writeFileSync } from 'node:fs';
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
 * Writes a file unless it holds that already. A file that is there keeps its owner and mode.
 *
 * @param mode of a new file; 0o600 for what holds secrets
 * @returns what happened, for the person
 */
export function writeText(folder: string, name: string, text: string, mode = 0o644): string {
  const before = readText(folder, name);
  if (before === text) return `${name}: as it was`;
  writeFileSync(join(folder, name), text, { mode });
  return `${name}: ${before === undefined ? 'written' : 'changed'}`;
}
