/**
 * Creates the users of an approved request, row by row: each row is marked before it is sent, and looked up when its
 * outcome is unclear.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { beginWithinLimits } from '../approvals/creation-limits.ts';
import { checkStillApproved } from '../approvals/still-approved.ts';
import { ConnectReadError } from '../connect/gateway.ts';
import type { InstanceClient } from '../connect/instance-client.ts';
import { problem } from '../errors/problem.ts';
import type { Stopwatch } from '../operations/stopwatch.ts';
import { createPace } from '../pacing/shared-pace.ts';
import { creationStarted } from '../requests/model/schedule-transitions.ts';
import { holdRequest } from '../requests/store/hold-request.ts';
import { pauseRequest } from '../requests/store/pause-request.ts';
import { failOpenRows, readRequest, readRowCounts } from '../requests/store/requests-store.ts';
import { step } from '../requests/store/step.ts';
import type { Services } from '../services.ts';
import type { RequestRecord } from '../storage/schema.ts';
import { followUpAll } from './follow-up.ts';
import {
  claimRun,
  countWaiting,
  endCancelledRows,
  isCurrent,
  isMarkedWithin,
  type OpenRow,
  readOpenRows,
} from './provisioning-store.ts';
import { finishRun, isRunOver, type Run, recordResult, watchForAnswers } from './run.ts';
import { sendRow } from './send-row.ts';
import type { Turn } from './send-turns.ts';
import { settleOutcome, settleUnclear } from './settle-row.ts';

/** The most simultaneous sends for one request, enough for a fast account with slow answers. */
const mostUnderWay = 32;
/** Until then, the card already shows that creating has started. */
const firstShownAfterMs = 3_000;
/**
 * How many rows of one request are read ahead. Not all of them, because many requests may be created at the same time.
 */
const batch = 100;
/** The delay before a retry of rows that could not be marked: a step that changes a request takes less time. */
const changeMs = 50;

/**
 * Creates the rows of a request that is `approved`; does nothing in any other state. It runs at most once at a time
 * for one request (the queue's key), so a row in state `sending` was left by a run that was killed.
 */
export async function provisionRequest(
  services: Services,
  requestId: number,
  signal: AbortSignal,
): Promise<void> {
  const request = await beginWhenDue(services, await readRequest(services.db, requestId));
  if (request?.state !== 'approved') return;
  const instanceClient = services.instanceClients.get(request.instance);
  if (!instanceClient) {
    const { instance } = request;
    await holdRequest(services, requestId, problem('form.unknown-instance', { instance }));
    return;
  }
  const approval = await readApproval(services, instanceClient, request);
  if (approval === 'asked-again' || approval === 'unknown') return;
  if (approval === 'edited') {
    services.log.error({ request: requestId }, 'the rows differ from what was approved');
    await failOpenRows(services.db, requestId, problem('create.no-longer-valid'), services.now());
    await finishRun(services, requestId);
    return;
  }
  const { waiting } = await readRowCounts(services.db, requestId);
  const id = randomUUID();
  const { config } = instanceClient;
  const tooMany = await beginWithinLimits(services, config, request, waiting, (tx) =>
    claimRun(tx, requestId, id),
  );
  if (tooMany) {
    await pauseRequest(services, requestId, tooMany);
    return;
  }
  const halt = new AbortController();
  const run: Run = {
    services,
    instanceClient,
    pace: createPace(services.db, instanceClient.config),
    request,
    halt,
    over: AbortSignal.any([signal, halt.signal]),
    id,
    shown: { nextAt: performance.now() + firstShownAfterMs },
    throttled: { inARow: 0 },
    answered: { at: performance.now() },
    turn: { lastAt: performance.now() },
  };
  await createAll(run);
  await followUpAll(run);
  if (!isRunOver(run)) await finishRun(services, requestId);
}

/** A scheduled request begins when its time has come; its job can run early. */
async function beginWhenDue(
  services: Services,
  request: RequestRecord | undefined,
): Promise<RequestRecord | undefined> {
  if (request?.state !== 'scheduled') return request;
  const { id, not_before: startAfter } = request;
  const begins = await step(services, id, (head) => creationStarted(head, services.now()));
  if (begins.ok) return readRequest(services.db, id);
  if (startAfter && startAfter > services.now()) {
    const job = { queue: 'provision', data: { requestId: id }, startAfter } as const;
    await services.jobs.enqueue(services.db, job);
  }
  return undefined;
}

/** H2: only the approved content is created. When Connect does not answer, the request shows that and waits. */
async function readApproval(
  services: Services,
  instanceClient: InstanceClient,
  request: RequestRecord,
) {
  try {
    return await checkStillApproved(services, instanceClient, request);
  } catch (error) {
    if (!(error instanceof ConnectReadError)) throw error;
    services.log.warn({ err: error, request: request.id }, 'could not compare the profiles');
    await holdRequest(services, request.id, problem('create.unavailable'));
    return 'unknown';
  }
}

/**
 * Starts sends at the account's pace without waiting for their answers. A slot is taken only when rows are marked for
 * it, in turns with all the other requests that have rows to send.
 */
async function createAll(run: Run): Promise<void> {
  const underWay = new Map<number, Promise<void>>();
  const failures: unknown[] = [];
  const begin = (row: OpenRow, work: Promise<void>) => {
    const ended = work
      .catch((error: unknown) => void failures.push(error))
      .finally(() => underWay.delete(row.position));
    underWay.set(row.position, ended);
  };
  const stopWatching = watchForAnswers(run, () => underWay.size);
  const isOn = () => !isRunOver(run) && failures.length === 0;
  const { db } = run.services;
  try {
    while (isOn()) {
      const without = [...underWay.keys()];
      const rows = await readOpenRows(db, run.request.id, { limit: batch, without });
      // A row that was under way can have returned while the others were read, so that this list lacks it.
      if (rows.length === 0 && without.length === 0) break;
      for (const row of rows.filter(({ state }) => state !== 'waiting')) {
        if (underWay.size >= mostUnderWay) await Promise.race(underWay.values());
        if (isOn())
          begin(
            row,
            settleUnclear(run, row).then(() => {}),
          );
      }
      let waiting = rows.filter(({ state }) => state === 'waiting');
      let left = rows.length < batch ? waiting.length : await countWaiting(db, run.request.id);
      while (waiting.length > 0 && isOn()) {
        if (underWay.size >= mostUnderWay) await Promise.race(underWay.values());
        const next = waiting.slice(0, mostUnderWay - underWay.size);
        const turn = await takeTurn(run, next, left);
        for (const row of next) {
          const sends = turn.marked.get(row.position);
          if (sends === undefined) continue;
          begin(row, createRow(run, { ...row, sends, sent_ms_ago: 0 }, turn));
        }
        left -= turn.marked.size;
        waiting = waiting.filter(({ position }) => !turn.marked.has(position));
        if (turn.marked.size > 0) continue;
        if (isOn()) await endIfNotCurrent(run);
        // The rows that were read ahead can have ended.
        break;
      }
      // The open rows are read again, because throttled rows return.
      if (waiting.length === 0 && underWay.size > 0) await Promise.race(underWay.values());
    }
  } finally {
    // Also when the database has failed: the running sends store their outcome if possible.
    await Promise.all(underWay.values());
    stopWatching();
  }
  if (failures.length > 0) throw failures[0];
}

async function takeTurn(run: Run, rows: readonly OpenRow[], left: number): Promise<Turn> {
  const turn = await run.services.sendTurns.take({
    requestId: run.request.id,
    run: run.id,
    instance: run.instanceClient.config,
    positions: rows.map(({ position }) => position),
    left,
    waitingSince: run.turn.lastAt,
    signal: run.over,
  });
  if (turn.marked.size > 0) run.turn.lastAt = performance.now();
  return turn;
}

/** No row could be marked: the request has ended, another run has it, or it is being changed at this moment. */
async function endIfNotCurrent(run: Run): Promise<void> {
  const { db } = run.services;
  await endCancelledRows(db, run.request.id, run.services.now());
  // When the request has ended, or another run has it, this run ends.
  if (!(await isCurrent(db, run.request.id, run.id))) run.halt.abort();
  await sleep(changeMs, undefined, { signal: run.over }).catch(() => {});
}

/**
 * H1: whether this run may still send the row. If the process was suspended after marking the row, it may be
 * considered dead, and another one may be looking the row up or sending it. If this machine's own clocks disagree
 * about the time since then, the database's clock decides.
 */
async function isMarkFresh(run: Run, row: OpenRow, sinceMark: Stopwatch): Promise<boolean> {
  const { db, timing } = run.services;
  const countsForMs = timing.markCountsForMs;
  if (sinceMark.elapsedMs() > countsForMs) return false;
  if (!sinceMark.isInDoubt()) return true;
  const isFresh = await isMarkedWithin(db, run.request.id, row, countsForMs);
  // The query itself has taken time as well.
  return isFresh && sinceMark.elapsedMs() <= countsForMs;
}

async function createRow(run: Run, row: OpenRow, turn: Turn): Promise<void> {
  const early = turn.dueAt - performance.now();
  if (early > 0) await sleep(early);
  if (isRunOver(run) || !(await isMarkFresh(run, row, turn.sinceMark))) {
    await recordResult(run, row, { state: 'waiting' });
    return;
  }
  const outcome = await sendRow(run.services.config, run.instanceClient, run.request, row);
  const settled = await settleOutcome(run, row, outcome, turn.epoch);
  if (settled === 'unclear' || settled === 'exists') {
    await settleUnclear(run, row, settled === 'exists');
  }
}
