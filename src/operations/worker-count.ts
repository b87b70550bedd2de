/** Determines the number of workers of a queue: the busy ones, and some that wait for the next job. */

/**
 * Keeps some workers of a queue idle, so that a new job starts immediately, however many are running. A busy worker
 * costs nothing, and an idle one queries the database every few seconds.
 */
export function createWorkerCount(
  queue: { readonly concurrency: number; readonly idleWorkers?: number },
  deps: { addWorker(): Promise<void>; readonly stopping: AbortSignal },
) {
  const { concurrency, idleWorkers = concurrency } = queue;
  let busy = 0;
  let all = 0;
  const fill = async () => {
    while (all - busy < idleWorkers && all < concurrency && !deps.stopping.aborted) {
      all++;
      try {
        await deps.addWorker();
      } catch (error) {
        all--;
        // The job engine is stopping; running jobs continue.
        if (!deps.stopping.aborted) throw error;
      }
    }
  };
  return {
    fill,
    begin() {
      busy++;
      return fill();
    },
    /** Whether the worker that ended a job is still needed. */
    end(): 'stay' | 'go' {
      busy--;
      if (all - busy <= idleWorkers || deps.stopping.aborted) return 'stay';
      all--;
      return 'go';
    },
  };
}
