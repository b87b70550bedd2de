/** Memory while much work goes on in the background. */
import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { collectGarbage } from './collect-garbage.ts';

/** Both halves of the young generation together, beyond which it is not to grow during such work. */
const enoughBytes = 16 * 1024 ** 2;

/**
 * What may die in the old generation before it is swept. V8 itself waits until the heap has doubled or more:
 * ten thousand answers of Connect, each of which lived just long enough to be promoted, are 100 MB.
 */
const deadBytes = 16 * 1024 ** 2;

/**
 * Runs work that allocates much and hurries little, such as checking or creating ten thousand rows, without
 * letting V8 double its young generation to 128 MB for it: those pages would stay, and what is promoted out of
 * them by then as well. Slash commands keep the large one; with a small one they take a third longer.
 */
export type Background = <T>(work: () => Promise<T>) => Promise<T>;

export function createBackground(): Background {
  let running = 0;
  let isHeld = false;
  const hold = (wanted: boolean) => {
    if (wanted === isHeld) return;
    isHeld = wanted;
    // V8 reads the factor each time that it would grow the space; 2 is its own.
    setFlagsFromString(`--semi-space-growth-factor=${wanted ? 1 : 2}`);
  };
  let sweptBytes = 0;
  const look = () => {
    hold(running > 0 && bytesOf('new_space', 'space_size') >= enoughBytes);
    const oldBytes = bytesOf('old_space', 'space_used_size');
    if (running === 0 || oldBytes - sweptBytes < deadBytes) return;
    collectGarbage();
    sweptBytes = bytesOf('old_space', 'space_used_size');
  };
  const observer = new PerformanceObserver(look);
  return async (work) => {
    running += 1;
    if (running === 1) {
      sweptBytes = bytesOf('old_space', 'space_used_size');
      observer.observe({ entryTypes: ['gc'] });
    }
    look();
    try {
      return await work();
    } finally {
      running -= 1;
      if (running === 0) observer.disconnect();
      look();
    }
  };
}

function bytesOf(space: string, what: 'space_size' | 'space_used_size'): number {
  return getHeapSpaceStatistics().find(({ space_name: name }) => name === space)?.[what] ?? 0;
}
