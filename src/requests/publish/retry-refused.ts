/** Retries messages that Slack refused: after a time, or as soon as a person has removed the cause. */
import type { Services } from '../../services.ts';
import { readRequestsWithDueRefusals, retryRefusedNow } from '../../slack/posts/refusals-store.ts';
import { enqueue } from '../store/step.ts';

type RetryServices = Pick<Services, 'db' | 'jobs' | 'now' | 'log'>;

const lookEveryMs = 30_000;
/** The number of requests per check; the next check takes the others. */
const atOnce = 200;
/** How long after its end a request's messages are still retried. */
const triedAfterEndMs = 7 * 24 * 60 * 60_000;

/** Publishes the due refused messages of every request again. Returns the number of requests. */
export async function retryDueRefusals(services: RetryServices): Promise<number> {
  const now = services.now();
  const notEndedBefore = new Date(now.getTime() - triedAfterEndMs);
  const due = { now, notEndedBefore, limit: atOnce };
  const requests = await readRequestsWithDueRefusals(services.db, due);
  for (const requestId of requests) {
    await services.db
      .transaction()
      .execute((tx) => enqueue(services, tx, requestId, { queue: 'publish' }));
  }
  return requests.length;
}

/** A person has removed the cause: for this channel, or, without one, possibly for all of them. */
export async function retryRefusals(services: RetryServices, channel?: string): Promise<void> {
  await retryRefusedNow(services.db, services.now(), channel);
  const requests = await retryDueRefusals(services);
  if (requests > 0) services.log.info({ channel, requests }, 'refused messages are tried again');
}

/**
 * Checks for due messages from now on. At the start all of them are retried, because an operator may have removed the
 * cause before starting the bot.
 */
export function watchRefusals(services: RetryServices): { stop(): void } {
  const complain = (error: unknown) =>
    services.log.warn({ err: error }, 'could not look for refused messages');
  retryRefusals(services).catch(complain);
  const timer = setInterval(() => {
    retryDueRefusals(services).catch(complain);
  }, lookEveryMs);
  return { stop: () => clearInterval(timer) };
}
