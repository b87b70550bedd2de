/** Messages that Slack refused are tried again: after their time, or as soon as somebody has cleared the way. */
import type { Services } from '../../services.ts';
import { readRequestsWithDueRefusals, retryRefusedNow } from '../../slack/posts/refusals-store.ts';
import { enqueue } from '../store/step.ts';

type RetryServices = Pick<Services, 'db' | 'jobs' | 'now' | 'log'>;

const lookEveryMs = 30_000;
/** Requests of one look; the next look takes the others. */
const atOnce = 200;
/** How long after its end a request's messages are still tried. */
const triedAfterEndMs = 7 * 24 * 60 * 60_000;

/** Publishes the refused messages of every request again when they are due. Answers how many requests that were. */
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

/** Somebody has cleared the way: into this channel, or, without one, maybe into all of them. */
export async function retryRefusals(services: RetryServices, channel?: string): Promise<void> {
  await retryRefusedNow(services.db, services.now(), channel);
  const requests = await retryDueRefusals(services);
  if (requests > 0) services.log.info({ channel, requests }, 'refused messages are tried again');
}

/**
 * Looks for due messages from now on. At the start all of them are tried, because an operator may have removed the
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
