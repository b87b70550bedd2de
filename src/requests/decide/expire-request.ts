/** The time of a request is over: nobody decided, or its approval is too old for a retry. */
import type { Services } from '../../services.ts';
import { expired } from '../model/decision-transitions.ts';
import { readRequest } from '../store/requests-store.ts';
import { enqueue, step } from '../store/step.ts';

/**
 * Ends a request that is still waiting for an approval after its time. A finished one offers the retry of failed rows
 * only for a limited time, so its card is rendered again. Does nothing otherwise.
 */
export async function expireRequest(services: Services, requestId: number): Promise<void> {
  const request = await readRequest(services.db, requestId);
  if (request?.state === 'done') {
    await services.db
      .transaction()
      .execute((tx) => enqueue(services, tx, requestId, { queue: 'publish' }));
    return;
  }
  await step(services, requestId, (head) => expired(head, services.now()));
}
