/** The end of a run: everything is repaired, and whatever is open may end. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openWork } from './collect.ts';
import type { Crew } from './crew.ts';
import type { ChaosStage } from './stage.ts';

/** A run in which nothing at all comes nearer to its end for this long is stuck. */
const patienceMs = 180_000;
/** However much it moves. A row takes a third of a second at most. */
const longestMs = 1_200_000;

const lookEveryMs = 300;
/** Longer than the people need to see the last card and press what they want to press. */
const quietLooks = 8;
const tellEveryMs = 10_000;

/** Gives what people began and nobody answered by then. */
export async function settle(
  { sandbox, replicas, postgres }: ChaosStage,
  crew: Crew,
  signal: AbortSignal,
  onProgress: (line: string) => void,
): Promise<string[]> {
  await sandbox.clearFaults();
  replicas.wake();
  const startedAt = Date.now();
  let [movedAt, toldAt, before] = [startedAt, startedAt, ''];
  for (let quiet = 0; quiet < quietLooks; ) {
    await sleep(lookEveryMs, undefined, { signal });
    const { requests, jobs } = await openWork(postgres.url);
    const ours = [...requests, ...crew.open()];
    const open = [...ours, ...jobs];
    quiet = open.length === 0 ? quiet + 1 : 0;
    const now = Date.now();
    // Jobs that are tried again and again are no progress.
    if (ours.join() !== before) movedAt = now;
    before = ours.join();
    if (now - movedAt > patienceMs || now - startedAt > longestMs) break;
    if (open.length === 0 || now - toldAt < tellEveryMs) continue;
    toldAt = now;
    onProgress(`still open: ${open.slice(0, 4).join('; ')}${open.length > 4 ? '; …' : ''}`);
  }
  await replicas.ready();
  return crew.open();
}
