/**
 * Files that decide who may do what, or contain secrets, and that other accounts on the machine can change or read.
 */
import { statSync } from 'node:fs';
import type { ConfigProblem } from '../problems.ts';

const othersMayWrite = 0o002;
const othersMayRead = 0o004;

/** A problem for each of these files that everybody may write to. A missing file is not a problem. */
export function openFiles(paths: readonly string[]): ConfigProblem[] {
  // Windows has no such permission bits; Node invents them.
  if (process.platform === 'win32') return [];
  return paths.flatMap((path) => {
    if (!othersMay(othersMayWrite, path)) return [];
    const wrong = `can be changed by everybody on this machine, and it decides who may do what: chmod o-w ${path}`;
    return [{ setting: path, wrong }];
  });
}

/**
 * The files with secrets that everybody on this machine may read. Files under /run/secrets are excluded: Docker makes
 * them readable in a container without other users.
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
