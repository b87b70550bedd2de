/** An approved request becomes users: row by row, each marked before it is sent, looked up when unclear. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { problem } from '../errors/problem.ts';
import { createPace } from '../pacing/pace.ts';
import type { Slots } from '../pacing/slots.ts';
import { readCheckedContent } from '../requests/store/checked-content.ts';
import { holdRequest } from '../requests/store/hold-request.ts';
import { failOpenRows, readRequest } from '../requests/store/requests-store.ts';
import type { Services } from '../services.ts';
import type { RequestRecord } from '../storage/schema.ts';
import { finish, isOver, type Run, record, watchForAnswers } from './run.ts';
import { sendRow } from './send-row.ts';
import { settleOutcome, settleUnclear } from './settle-row.ts';
import {
  claimRun,
  endCancelledRows,
  isCurrent,
  markSending,
  type OpenRow,
  readOpenRows,
} from './store.ts';

/** Sends under way at most, for one request: what a fast account with a slow answer can use. */
const mostUnderWay = 32;
/** The card says already that creating has begun. */
const firstShownAfterMs = 3_000;
/** Rows read ahead. */
const batch = 200;
/** At a fast pace several slots are taken at once, as many as fall into this time: one transaction for them all. */
const slotsWithinMs = 20;
/**
 * Creates the rows of a request that is `approved`; does nothing in any other state. Runs at most once at a
 * time for one request (the queue's key), so a row found `sending` was left by a run that died.
 */
export async function provisionRequest(
  services: Services,
  requestId: number,
  signal: AbortSignal,
): Promise<void> {
  const request = await readRequest(services.db, requestId);
  if (request?.state !== 'approved') return;
  const instanceClient = services.instanceClients.get(request.instance);
  if (!instanceClient) {
    const { instance } = request;
    await holdRequest(services, requestId, problem('form.unknown-instance', { instance }));
    return;
  }
  if (!(await isAsApproved(services, request))) {
    services.log.error({ request: requestId }, 'the rows differ from what was approved');
    await failOpenRows(services.db, requestId, problem('create.no-longer-valid'), services.now());
    await finish(services, requestId);
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
    id: randomUUID(),
    shown: { nextAt: performance.now() + firstShownAfterMs },
    throttled: { inARow: 0 },
    answered: { at: performance.now() },
  };
  await claimRun(services.db, requestId, run.id);
  await createAll(run);
  if (!isOver(run)) await finish(services, requestId);
}

/** H2: the rows as they stand are the rows that were approved. */
async function isAsApproved(services: Services, request: RequestRecord): Promise<boolean> {
  const { contentHash } = await readCheckedContent(services.db, request.id);
  return contentHash === request.decision?.contentHash;
}

/**
 * Starts sends at the account's pace without waiting for their answers. Slots are taken only when they are
 * needed, so that requests that run side by side take turns.
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
  const isOn = () => !isOver(run) && failures.length === 0;
  try {
    while (isOn()) {
      const without = [...underWay.keys()];
      const rows = await readOpenRows(run.services.db, run.request.id, { limit: batch, without });
      if (rows.length === 0 && underWay.size === 0) break;
      for (const row of rows.filter(({ state }) => state !== 'waiting')) {
        if (underWay.size >= mostUnderWay) await Promise.race(underWay.values());
        if (isOn())
          begin(
            row,
            settleUnclear(run, row).then(() => {}),
          );
      }
      const waiting = rows.filter(({ state }) => state === 'waiting');
      while (waiting.length > 0 && isOn()) {
        if (underWay.size >= mostUnderWay) await Promise.race(underWay.values());
        const slots = await takeTurn(run, Math.min(waiting.length, mostUnderWay - underWay.size));
        if (!isOn()) break;
        for (const { row, work } of await send(run, waiting.splice(0, slots.count), slots.epoch)) {
          begin(row, work);
        }
      }
      // What is still open is read again: throttled rows come once more.
      if (waiting.length === 0 && underWay.size > 0) await Promise.race(underWay.values());
    }
  } finally {
    // Also when the database went away: what is under way writes down what became of it, if it can.
    await Promise.all(underWay.values());
    stopWatching();
  }
  if (failures.length > 0) throw failures[0];
}

/** Waits for the next slot, or for several that lie close together. */
async function takeTurn(run: Run, most: number): Promise<Slots> {
  const { ratePerSecond } = run.instanceClient.config.pace;
  const close = Math.max(1, Math.floor((ratePerSecond * slotsWithinMs) / 1000));
  const slots = await run.pace.reserve(Math.min(most, close));
  if (slots.waitMs > 0) {
    await sleep(slots.waitMs, undefined, { signal: run.over }).catch(() => {});
  }
  return slots;
}

type Sending = { readonly row: OpenRow; readonly work: Promise<void> };

/** Marks rows and sends those that were marked; the work of each ends when it is settled or to be tried again. */
async function send(run: Run, rows: readonly OpenRow[], epoch: number): Promise<Sending[]> {
  const { db } = run.services;
  const markedFrom = performance.now();
  const positions = rows.map(({ position }) => position);
  const marked = await markSending(db, run.request.id, run.id, positions);
  if (marked.size < rows.length) {
    await endCancelledRows(db, run.request.id, run.services.now());
    // When the request is over, or another run has it, this one ends.
    if (!(await isCurrent(db, run.request.id, run.id))) run.halt.abort();
  }
  return rows.flatMap((row) => {
    const sends = marked.get(row.position);
    if (sends === undefined) return [];
    const sent = { ...row, sends, sent_ms_ago: 0 };
    return [{ row: sent, work: createOne(run, sent, { epoch, markedFrom }) }];
  });
}

async function createOne(
  run: Run,
  row: OpenRow,
  mark: { readonly epoch: number; readonly markedFrom: number },
): Promise<void> {
  if (performance.now() - mark.markedFrom > run.services.timing.markCountsForMs) {
    await record(run, row, { state: 'waiting' });
    return;
  }
  const outcome = await sendRow(run.services.config, run.instanceClient, run.request, row);
  const settled = await settleOutcome(run, row, outcome, mark.epoch);
  if (settled === 'unclear' || settled === 'exists') {
    await settleUnclear(run, row, settled === 'exists');
  }
}
