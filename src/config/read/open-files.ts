/** Files that decide who may do what, and that anybody on the machine could change. */
import { statSync } from 'node:fs';
import type { ConfigProblem } from '../problems.ts';

const othersMayWrite = 0o002;

/** A problem for each of these files that everybody may write to. One that is not there is none. */
export function openFiles(paths: readonly string[]): ConfigProblem[] {
  // Windows has no such bits; Node makes them up.
  if (process.platform === 'win32') return [];
  return paths.flatMap((path) => {
    const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0;
    if ((mode & othersMayWrite) === 0) return [];
    const wrong = `can be changed by everybody on this machine, and it decides who may do what: chmod o-w ${path}`;
    return [{ setting: path, wrong }];
  });
}
