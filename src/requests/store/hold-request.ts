/** Records an external reason for which a request waits: it keeps its state and shows the reason. */
import type { Problem } from '../../errors/problem.ts';
import type { Services } from '../../services.ts';
import { held } from '../model/creating-transitions.ts';
import { step } from './step.ts';

/** The request shows why it waits, and is retried later. */
export async function holdRequest(
  services: Services,
  requestId: number,
  why: Problem,
): Promise<void> {
  const retryAt = new Date(services.now().getTime() + services.timing.holdRetryMs);
  services.log.warn({ request: requestId, code: why.code, retryAt }, 'a request waits');
  await step(services, requestId, (head) => held(head, why, retryAt, services.now()));
}

/** Stores why the request waits. The caller continues to retry. */
export async function reportWaiting(
  services: Services,
  requestId: number,
  why: Problem,
): Promise<void> {
  await step(services, requestId, (head) => held(head, why, null, services.now()));
}
