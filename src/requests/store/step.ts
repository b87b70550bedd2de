/** One step of a request: the state change, its audit event and its jobs in one transaction (H7). */
import { appendEvent } from '../../audit/store.ts';
import type { Problem } from '../../errors/problem.ts';
import { problem } from '../../errors/problem.ts';
import type { Services } from '../../services.ts';
import type { Tx } from '../../storage/database.ts';
import type { RequestRecord } from '../../storage/schema.ts';
import type { Job, RequestHead, Transition } from '../model/transition.ts';
import { applyChange, headOf, lockRequest } from './requests-store.ts';

export type StepServices = Pick<Services, 'db' | 'jobs' | 'now'>;

export type StepResult =
  | { readonly ok: true; readonly requestId: number }
  | { readonly ok: false; readonly problem: Problem };

/**
 * Locks the request, asks `decide` for the transition out of what stands there then, and applies it. Two
 * steps at once take turns; the second sees what the first has done.
 */
export function step(
  services: StepServices,
  requestId: number,
  decide: (head: RequestHead, tx: Tx, record: RequestRecord) => Transition | Promise<Transition>,
): Promise<StepResult> {
  return services.db.transaction().execute((tx) => stepIn(services, tx, requestId, decide));
}

/** The same inside a transaction of the caller's. */
export async function stepIn(
  services: StepServices,
  tx: Tx,
  requestId: number,
  decide: (head: RequestHead, tx: Tx, record: RequestRecord) => Transition | Promise<Transition>,
): Promise<StepResult> {
  const record = await lockRequest(tx, requestId);
  if (!record) return { ok: false, problem: problem('request.unknown') };
  const transition = await decide(headOf(record), tx, record);
  if (!transition.ok) return transition;
  const now = services.now();
  await applyChange(tx, requestId, transition.change, now);
  await appendEvent(tx, requestId, transition.change.event, now);
  for (const job of transition.change.jobs) await enqueue(services, tx, requestId, job);
  return { ok: true, requestId };
}

export function enqueue(
  services: Pick<Services, 'jobs'>,
  tx: Tx,
  requestId: number,
  job: Job,
): Promise<void> {
  const { queue, startAfter } = job;
  return services.jobs.enqueue(tx, {
    queue,
    data: { requestId },
    ...(startAfter ? { startAfter } : {}),
  });
}
