/** Garbage collection on demand. */

/**
 * Collects garbage now, which stops the process for less than a tenth of a second. Does nothing in a process that
 * was started without `--expose-gc`: `npm start` gives that flag, and flags are not changed while the process runs
 * (https://nodejs.org/docs/latest-v24.x/api/v8.html#v8setflagsfromstringflags warns against it).
 */
export function collectGarbage(): void {
  globalThis.gc?.();
}
