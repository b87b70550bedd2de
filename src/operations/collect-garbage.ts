/** Garbage collection on demand. */

/**
 * Collects garbage now, which stops the process for less than a tenth of a second. Does nothing in a process that was
 * started without `--expose-gc`: `npm start` sets that flag, and flags must not be changed while the process runs
 * (https://nodejs.org/docs/latest-v24.x/api/v8.html#v8setflagsfromstringflags warns against it).
 */
export function collectGarbage(): void {
  globalThis.gc?.();
}

/**
 * Collects all garbage and returns the memory to the system, as V8 does only before it runs out of memory. It also
 * drops code that has run for the last time, such as that of the start, and shrinks the young generation until it is
 * needed again. The process stops for about a fifth of a second. Requires the same flag.
 */
export function giveBackMemory(): void {
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
