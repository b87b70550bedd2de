/** Waiting as long as Slack says. */
import { setTimeout as sleep } from 'node:timers/promises';
import { rateLimitedForMs } from './slack-failure.ts';

/** Slack counts in whole seconds; an answer that says 0 must not be asked again without a pause. */
const shortestWaitMs = 250;

/**
 * Does as Slack asks when it answers 429, and tries again; throws the 429 when that would take longer.
 *
 * @param options.longestWaitMs in all
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
