/** The end of a run: all faults are repaired, and open requests get time to end. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openWork } from './collect.ts';
import type { ChaosEnvironment } from './environment.ts';
import type { People } from './people.ts';

/** A run without any progress for this long counts as stuck. */
const patienceMs = 180_000;
/** The time limit of the whole phase, with or without progress. A row takes a third of a second at most. */
const longestMs = 1_200_000;

const lookEveryMs = 300;
/** Longer than people need to see the last card and press its button. */
const quietLooks = 8;
const tellEveryMs = 10_000;

/** Returns the forms and files that were not answered by then. */
export async function settle(
  { sandbox, replicas, postgres }: ChaosEnvironment,
  people: People,
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
    const ours = [...requests, ...people.open()];
    const open = [...ours, ...jobs];
    quiet = open.length === 0 ? quiet + 1 : 0;
    const now = Date.now();
    // A job that is retried again and again is no progress.
    if (ours.join() !== before) movedAt = now;
    before = ours.join();
    if (now - movedAt > patienceMs || now - startedAt > longestMs) break;
    if (open.length === 0 || now - toldAt < tellEveryMs) continue;
    toldAt = now;
    onProgress(`still open: ${open.slice(0, 4).join('; ')}${open.length > 4 ? '; …' : ''}`);
  }
  await replicas.ready();
  return people.open();
}
