/** Files that decide who may do what, or hold secrets, and that anybody on the machine could change or read. */
import { statSync } from 'node:fs';
import type { ConfigProblem } from '../problems.ts';

const othersMayWrite = 0o002;
const othersMayRead = 0o004;

/** A problem for each of these files that everybody may write to. One that is not there is none. */
export function openFiles(paths: readonly string[]): ConfigProblem[] {
  // Windows has no such bits; Node makes them up.
  if (process.platform === 'win32') return [];
  return paths.flatMap((path) => {
    if (!othersMay(othersMayWrite, path)) return [];
    const wrong = `can be changed by everybody on this machine, and it decides who may do what: chmod o-w ${path}`;
    return [{ setting: path, wrong }];
  });
}

/**
 * Of files with secrets, those that everybody on this machine may read. One under /run/secrets is left out: Docker makes
 * it so, in a container where nobody else is.
 */
export function readableFiles(paths: readonly string[]): string[] {
  if (process.platform === 'win32') return [];
  return paths.filter(
    (path) => !path.startsWith('/run/secrets/') && othersMay(othersMayRead, path),
  );
}

function othersMay(what: number, path: string): boolean {
  return ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & what) !== 0;
}
