/** Pauses a request whose obstacle only a person can remove: it shows what to do, and waits until it is resumed. */
import type { Problem } from '../../errors/problem.ts';
import type { Services } from '../../services.ts';
import { stopped } from '../model/creating-transitions.ts';
import { step } from './step.ts';

/** Does nothing to a request that is not being created anymore, for example because it was paused. */
export async function pauseRequest(
  services: Services,
  requestId: number,
  why: Problem,
): Promise<void> {
  services.log.warn({ request: requestId, code: why.code }, 'a request stops until it is resumed');
  await step(services, requestId, (head) => stopped(head, why, services.now()));
}
