/** Nobody decided in time. */
import type { Services } from '../services.ts';
import { step } from './step.ts';
import { expired } from './transitions.ts';

/** Ends a request that is still waiting for an approval after its time; does nothing otherwise. */
export async function expireRequest(services: Services, requestId: number): Promise<void> {
  await step(services, requestId, (head) => expired(head, services.now()));
}
