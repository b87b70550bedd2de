/** One step of a request: the state change, its audit event and its jobs in one transaction (H7). */
import { appendEvent } from '../../audit/audit-store.ts';
import type { Problem } from '../../errors/problem.ts';
import { problem } from '../../errors/problem.ts';
import { untilApproval, untilReceipt } from '../../operations/meters.ts';
import type { Services } from '../../services.ts';
import type { Tx } from '../../storage/database.ts';
import type { RequestRecord } from '../../storage/schema.ts';
import type { Job, RequestHead, Transition } from '../model/transition.ts';
import { logStep } from './log-step.ts';
import { countUnreadFilesBefore } from './open-requests-store.ts';
import { applyChange, headOf, lockRequest } from './requests-store.ts';

export type StepServices = Pick<Services, 'db' | 'jobs' | 'now' | 'log'>;

export type StepResult =
  | { readonly ok: true; readonly requestId: number }
  | { readonly ok: false; readonly problem: Problem };

/** Ends the transaction of a refused step, so that all of it is rolled back. */
class StepRefused extends Error {
  override readonly name = 'StepRefused';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

/**
 * Locks the request, calls `decide` for the transition from its stored state, and applies it. Of two simultaneous
 * steps, the second runs after the first and sees its result.
 *
 * Everything that `decide` writes belongs to the step: when the step is refused, or anything fails, the whole
 * transaction is rolled back. Otherwise a check that was overtaken by *Cancel* would leave rows that nothing ends
 * anymore.
 */
export async function step(
  services: StepServices,
  requestId: number,
  decide: (head: RequestHead, tx: Tx, record: RequestRecord) => Transition | Promise<Transition>,
): Promise<StepResult> {
  try {
    let tell = () => {};
    const result = await services.db.transaction().execute(async (tx): Promise<StepResult> => {
      const record = await lockRequest(tx, requestId);
      if (!record) throw new StepRefused(problem('request.unknown'));
      const transition = await decide(headOf(record), tx, record);
      if (!transition.ok) throw new StepRefused(transition.problem);
      const { change } = transition;
      const now = services.now();
      await applyChange(tx, requestId, change, now);
      await appendEvent(tx, requestId, change.event, now);
      for (const job of change.jobs) await enqueue(services, tx, requestId, job);
      tell = () => {
        measureStep(record, change.set.state, now);
        logStep(services.log, record, change);
      };
      return { ok: true, requestId };
    });
    tell();
    return result;
  } catch (error) {
    if (error instanceof StepRefused) return { ok: false, problem: error.problem };
    throw error;
  }
}

/** How long people took to approve, and how long it took from there to the last outcome. */
function measureStep(before: RequestRecord, state: RequestRecord['state'], now: Date): void {
  const { instance } = before;
  if (before.state === 'awaiting_approval' && state === 'approved') {
    untilApproval.observe({ instance }, (now.getTime() - before.created_at.getTime()) / 1000);
  }
  const approvedAt = before.decision?.at;
  if (before.state === 'approved' && state === 'done' && approvedAt) {
    untilReceipt.observe({ instance }, (now.getTime() - Date.parse(approvedAt)) / 1000);
  }
}

export async function enqueue(
  services: Pick<Services, 'jobs'>,
  tx: Tx,
  requestId: number,
  job: Job,
): Promise<void> {
  const { queue, startAfter } = job;
  const priority = await priorityOf(tx, requestId, queue);
  await services.jobs.enqueue(tx, {
    queue,
    data: { requestId },
    ...(priority === 0 ? {} : { priority }),
    ...(startAfter ? { startAfter } : {}),
  });
}

/**
 * Forms come before files, and everybody's first file before anybody's second one, so that fifty files of one person
 * delay nobody else.
 */
async function priorityOf(tx: Tx, requestId: number, queue: Job['queue']): Promise<number> {
  if (queue !== 'check' && queue !== 'publish') return 0;
  const unread = await countUnreadFilesBefore(tx, requestId);
  if (unread === null) return 0;
  return queue === 'check' ? -1 - unread : -1;
}
