/** One run over an approved request: its dependencies, and how it records what happened. */

import type { AuditEvent } from '../audit/audit-event.ts';
import { appendEvent } from '../audit/audit-store.ts';
import type { InstanceClient } from '../connect/instance-client.ts';
import { type Problem, problem } from '../errors/problem.ts';
import type { Pace } from '../pacing/shared-pace.ts';
import { creatingSlowed, finished, resumed } from '../requests/model/creating-transitions.ts';
import { bot } from '../requests/model/transition.ts';
import { holdRequest } from '../requests/store/hold-request.ts';
import { countRunning } from '../requests/store/open-requests-store.ts';
import { readRowCounts } from '../requests/store/requests-store.ts';
import { step } from '../requests/store/step.ts';
import type { Services } from '../services.ts';
import type { RequestRecord } from '../storage/schema.ts';
import { type OpenRow, type RowResult, setRowResult } from './provisioning-store.ts';

export type Run = {
  readonly services: Services;
  readonly instanceClient: InstanceClient;
  readonly pace: Pace;
  readonly request: RequestRecord;
  /** Ends only this run: an error of one row stops all its rows. */
  readonly halt: AbortController;
  /** The bot stops, another one has taken the request over, or this run was halted: nothing new is sent. */
  readonly over: AbortSignal;
  /** Distinguishes this run from any other of the same request. */
  readonly id: string;
  /** When progress is shown next, by `performance.now()`. */
  readonly shown: { nextAt: number };
  /** Throttled sends since the last send that was not throttled. */
  readonly throttled: { inARow: number };
  /** When a row got its outcome last, by `performance.now()`. */
  readonly answered: { at: number };
  /** When it had its last turn of sending, or began, by `performance.now()`. */
  readonly turn: { lastAt: number };
};

/** No new send, because the bot stops, or the request waits or was stopped. */
export function isRunOver(run: Run): boolean {
  return run.over.aborted;
}

/** Edits of a card should be 2 to 3 s apart (Slack's rate limits), however many rows there are. */
const showEveryMs = 3_000;
/** With several requests at once: 40 edits a minute in all. Slack allows 50 (chat.update is Tier 3). */
const showEveryMsEach = 1_500;

/** Stores the outcome of a row. An outcome after a hold ends the hold, and Slack is updated. */
export async function recordResult(run: Run, row: OpenRow, result: RowResult): Promise<void> {
  const { services, request } = run;
  const now = services.now();
  const { isStored, isHeld } = await services.db.transaction().execute(async (tx) => {
    const stored = await setRowResult(tx, request.id, row, result, now);
    if (stored.isStored) await appendEvent(tx, request.id, rowEvent(row, result), now);
    return stored;
  });
  if (result.state !== 'created' && result.state !== 'failed') return;
  if (isStored) logOutcome(run, row, result);
  run.answered.at = performance.now();
  // Two rows can find the hold at the same time. The second step then finds that it is over and does nothing.
  if (isHeld) await step(services, request.id, (head) => resumed(head, now));
  // This does not use the wall clock, because a clock that is set back would stop progress messages for that long.
  const at = performance.now();
  if (at < run.shown.nextAt) return;
  run.shown.nextAt = Number.POSITIVE_INFINITY;
  const running = await countRunning(services.db);
  run.shown.nextAt = at + Math.max(showEveryMs, running * showEveryMsEach);
  await services.db
    .transaction()
    .execute((tx) =>
      services.jobs.enqueue(tx, { queue: 'publish', data: { requestId: request.id } }),
    );
}

function logOutcome(run: Run, { position: row }: OpenRow, result: RowResult): void {
  const { log } = run.services;
  const about = { request: run.request.id, row };
  if (result.state === 'created')
    log.info({ ...about, userId: result.userId }, 'a user was created');
  if (result.state === 'failed') {
    log.info({ ...about, code: result.problem.code }, 'a user was not created');
  }
}

/** The audit trail's details about a row: personal data stays in the request, which is erased later. */
function rowEvent(row: OpenRow, result: RowResult): AuditEvent {
  const { position, sends, awsRequestId } = row;
  const details = { row: position, sends, ...(awsRequestId === undefined ? {} : { awsRequestId }) };
  switch (result.state) {
    case 'created': {
      const { userId, userArn } = result;
      return { kind: 'row-created', actor: bot, details: { ...details, userId, userArn } };
    }
    case 'failed':
      return { kind: 'row-failed', actor: bot, details: { ...details, code: result.problem.code } };
    case 'unclear':
      return { kind: 'row-unclear', actor: bot, details };
    case 'waiting':
      return { kind: 'row-not-created', actor: bot, details };
  }
}

/** One throttled send is normal; this number in a row is reported. */
const throttledBeforeReported = 3;

/** Connect throttles repeatedly: the run continues at Connect's pace, and the thread shows it. */
export async function slowDown(run: Run): Promise<void> {
  run.throttled.inARow++;
  if (run.throttled.inARow !== throttledBeforeReported) return;
  const { services, request } = run;
  const why = problem('create.throttled');
  await step(services, request.id, (head) => creatingSlowed(head, why, services.now()));
}

/** The time between two checks whether a run gets answers. */
const lookEveryMs = 500;

/**
 * Shows on the card that Connect gives no clear answer, once sends have been running without an outcome for a while:
 * a call that hangs or is being looked up has not failed yet, and people are informed anyway.
 *
 * @param underWay how many rows are being sent or looked up now
 * @returns a function that ends the checks
 */
export function watchForAnswers(run: Run, underWay: () => number): () => void {
  const { services, request } = run;
  let busySince = performance.now();
  const timer = setInterval(() => {
    const at = performance.now();
    if (underWay() === 0 || isRunOver(run)) busySince = at;
    if (at - Math.max(busySince, run.answered.at) < services.timing.saySlowAfterMs) return;
    // The next check comes after the full time again, and a request that already shows the reason is left unchanged.
    busySince = at;
    step(services, request.id, (head) =>
      creatingSlowed(head, problem('create.no-answer'), services.now()),
    ).catch((error: unknown) =>
      services.log.warn({ err: error, request: request.id }, 'could not say that Connect is slow'),
    );
  }, lookEveryMs);
  return () => clearInterval(timer);
}

/** An external cause prevents creating: this run ends, the thread shows the reason, and it is retried later. */
export async function holdRun(run: Run, why: Problem): Promise<void> {
  if (run.halt.signal.aborted) return;
  run.halt.abort();
  await holdRequest(run.services, run.request.id, why);
}

/**
 * Ends an approved request after every row has its outcome. A request in another state is left as it is.
 *
 * @throws Error when a row has no outcome, so that the job is run again: nothing else would send that row
 */
export async function finishRun(services: Services, requestId: number): Promise<void> {
  let open = 0;
  await step(services, requestId, async (head, tx) => {
    const counts = await readRowCounts(tx, requestId);
    open = head.state === 'approved' ? counts.waiting + counts.sending + counts.unclear : 0;
    return open > 0
      ? { ok: false, problem: problem('decision.not-ready') }
      : finished(head, counts, services.now());
  });
  if (open > 0) throw new Error(`${open} rows of request ${requestId} have no outcome`);
}
