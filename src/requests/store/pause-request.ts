/** Only a person can clear the way for a request: it stops, says what to do, and waits until it is resumed. */
import type { Problem } from '../../errors/problem.ts';
import type { Services } from '../../services.ts';
import { stopped } from '../model/creating-transitions.ts';
import { step } from './step.ts';

/** Does nothing to a request that is not being created anymore, because somebody paused it, say. */
export async function pauseRequest(
  services: Services,
  requestId: number,
  why: Problem,
): Promise<void> {
  services.log.warn({ request: requestId, code: why.code }, 'a request stops until it is resumed');
  await step(services, requestId, (head) => stopped(head, why, services.now()));
}
