/** Retries or forgets a job that was given up. */
import type { DatabaseConfig } from '../config/config.ts';
import type { Log } from '../operations/log.ts';
import { attachDatabase } from '../storage/attach-database.ts';
import { standardGiveUpAfter } from '../storage/failing-jobs.ts';
import { createJobs } from '../storage/jobs.ts';
import type { NewJob } from '../storage/queues.ts';
import { forgetDeadJob, readDeadJob } from './doctor-store.ts';

/** @returns false when no job of this id was given up */
export async function settleDeadJob(
  config: DatabaseConfig,
  id: string,
  how: 'retry' | 'give-up',
  log: Log,
): Promise<boolean> {
  const database = await attachDatabase(config, { log });
  try {
    const job = await readDeadJob(database.db, id);
    if (!job) return false;
    if (how === 'give-up') {
      await forgetDeadJob(database.db, id);
      return true;
    }
    const jobs = createJobs({
      database: { ...database, exclusive: false },
      log,
      outageOf: () => null,
      giveUpAfter: standardGiveUpAfter,
    });
    await jobs.start();
    try {
      await database.db.transaction().execute(async (tx) => {
        // A job's stored data is valid for its queue.
        await jobs.enqueue(tx, { queue: job.queue, data: job.data } as NewJob);
        await forgetDeadJob(tx, id);
      });
    } finally {
      await jobs.stop({ graceful: false, timeoutMs: 1_000 });
    }
    return true;
  } finally {
    await database.close();
  }
}
