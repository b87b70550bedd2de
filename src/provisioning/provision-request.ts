/** An approved request becomes users: row by row, each marked before it is sent, looked up when unclear. */
import { setTimeout as sleep } from 'node:timers/promises';
import { problem } from '../errors.ts';
import { checkedRows } from '../requests/checked-rows.ts';
import { holdRequest } from '../requests/hold-request.ts';
import {
  failOpenRows,
  lockRequest,
  markSending,
  readOpenRows,
  readRequest,
  readRows,
} from '../requests/store.ts';
import type { Services } from '../services.ts';
import type { RequestRecord, RowRecord } from '../storage/schema.ts';
import { contentHash } from '../users/content-hash.ts';
import { createPace } from './pace.ts';
import { finish, isOver, type Run } from './run.ts';
import { sendRow } from './send-row.ts';
import { type Settled, settleOutcome, settleUnclear } from './settle-row.ts';

/** Sends under way at most, for one request: what a fast account with a slow answer can use. */
const mostUnderWay = 32;
/** Rows read ahead. */
const batch = 200;

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
  const room = services.rooms.get(request.instance);
  if (!room) {
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
  const run: Run = {
    services,
    room,
    pace: createPace(services.db, room.config),
    request,
    signal,
    halt: new AbortController(),
    shown: { at: services.now().getTime() },
    throttled: { inARow: 0 },
  };
  await createAll(run);
  if (!isOver(run)) await finish(services, requestId);
}

/** H2: the rows as they stand are the rows that were approved. */
async function isAsApproved(services: Services, request: RequestRecord): Promise<boolean> {
  const rows = await readRows(services.db, request.id);
  return contentHash(checkedRows(rows)) === request.decision?.contentHash;
}

/**
 * Starts sends at the account's pace, one after the other, without waiting for their answers. Only one slot
 * is reserved ahead, so that requests that run side by side take turns.
 */
async function createAll(run: Run): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  for (;;) {
    const rows = await readOpenRows(run.services.db, run.request.id, batch);
    if (rows.length === 0 || isOver(run)) break;
    for (const row of rows) {
      if (underWay.size >= mostUnderWay) await Promise.race(underWay);
      if (isOver(run) || failures.length > 0) break;
      if (row.state === 'waiting') await takeTurn(run);
      if (isOver(run)) break;
      const work = createOne(run, row)
        .catch((error: unknown) => void failures.push(error))
        .finally(() => underWay.delete(work));
      underWay.add(work);
    }
    // The next batch is what is still open: throttled rows come again.
    await Promise.all(underWay);
    if (failures.length > 0) throw failures[0];
  }
}

async function takeTurn(run: Run): Promise<void> {
  const waitMs = await run.pace.reserve();
  if (waitMs <= 0) return;
  const signal = AbortSignal.any([run.signal, run.halt.signal]);
  await sleep(waitMs, undefined, { signal }).catch(() => {});
}

/** Sends a waiting row, or looks an unclear one up; leaves the row settled or open for the next batch. */
async function createOne(run: Run, row: RowRecord): Promise<void> {
  if (row.state !== 'waiting') {
    await settleUnclear(run, row);
    return;
  }
  const sentAt = run.services.now();
  const settled = await send(run, row, sentAt);
  if (settled === 'unclear' || settled === 'exists') {
    await settleUnclear(run, { ...row, sent_at: sentAt }, settled === 'exists');
  }
}

async function send(run: Run, row: RowRecord, sentAt: Date): Promise<Settled> {
  const { services, request, room } = run;
  const marked = await services.db.transaction().execute(async (tx) => {
    // Whoever ends the request meanwhile waits for this lock or has it: nothing is sent for one that is over.
    const locked = await lockRequest(tx, request.id, 'share');
    if (locked?.state !== 'approved') return false;
    return markSending(tx, request.id, row.position, sentAt);
  });
  if (!marked) {
    run.halt.abort();
    return 'settled';
  }
  const outcome = await sendRow(services.config, room, request, row);
  return settleOutcome(run, row, outcome);
}
