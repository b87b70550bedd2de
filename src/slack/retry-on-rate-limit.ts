/** Waits as long as Slack requires. */
import { setTimeout as sleep } from 'node:timers/promises';
import { rateLimitedForMs } from './slack-failure.ts';

/** Slack uses whole seconds; after an answer with 0 there must still be a pause. */
const shortestWaitMs = 250;

/**
 * Waits as Slack requires when it answers 429, and tries again; throws the 429 when that would take longer.
 *
 * @param options.longestWaitMs in total
 */
export async function retryOnRateLimit<Answer>(
  call: () => Promise<Answer>,
  options: { readonly longestWaitMs: number; readonly signal?: AbortSignal },
): Promise<Answer> {
  const { longestWaitMs, signal } = options;
  const deadline = performance.now() + longestWaitMs;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      const waitMs = rateLimitedForMs(error);
      const tooLong = waitMs === null || performance.now() + waitMs > deadline;
      if (tooLong || signal?.aborted) throw error;
      await sleep(Math.max(waitMs, shortestWaitMs), undefined, signal ? { signal } : {});
    }
  }
}
