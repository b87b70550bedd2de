/** Limits the memory during large work in the background. */
import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';
import { collectGarbage } from './collect-garbage.ts';

/**
 * How much the old generation, including its buffers, may grow before it is collected. V8 itself waits until the heap
 * has at least doubled: ten thousand answers of Connect, each of which lived just long enough to be promoted, are 100
 * MB.
 */
const growthBytes = 16 * 1024 ** 2;

/**
 * Runs work that allocates much and is not urgent, such as checking or creating ten thousand rows, and collects the
 * old generation's garbage early while it runs. The young generation is limited by a flag of `npm start`
 * (`--max-semi-space-size`).
 */
export type Background = <T>(work: () => Promise<T>) => Promise<T>;

export function createBackground(): Background {
  let running = 0;
  let collectedBytes = 0;
  const look = () => {
    // What was released since the last collection, such as a file's bytes, must not count as room for garbage.
    const held = heldBytes();
    collectedBytes = Math.min(collectedBytes, held);
    if (held - collectedBytes < growthBytes) return;
    collectGarbage();
    collectedBytes = heldBytes();
  };
  const observer = new PerformanceObserver(look);
  return async (work) => {
    running += 1;
    if (running === 1) {
      collectedBytes = heldBytes();
      observer.observe({ entryTypes: ['gc'] });
    }
    try {
      return await work();
    } finally {
      running -= 1;
      if (running === 0) observer.disconnect();
      look();
    }
  };
}

function heldBytes(): number {
  return getHeapSpaceStatistics()
    .filter(({ space_name: name }) => !name.startsWith('new_'))
    .reduce((sum, space) => sum + space.space_used_size, getHeapStatistics().external_memory);
}
