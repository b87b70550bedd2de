/** Waits for a condition instead of a fixed time. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves as soon as `holds` returns a truthy value; fails with `what` after `timeoutMs`. */
export async function until<T>(
  what: string,
  holds: () => T | Promise<T>,
  timeoutMs = 60_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await holds();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain: ${what}`);
    await sleep(10);
  }
}
