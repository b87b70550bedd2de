/** An approved request becomes users: row by row, each marked before it is sent, looked up when unclear. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { InstanceRoom } from '../auth/authority.ts';
import { ConnectReadError } from '../connect/gateway.ts';
import { type Problem, problem } from '../errors.ts';
import { checkedRows } from '../requests/checked-rows.ts';
import { step, stepIn } from '../requests/step.ts';
import {
  lockRequest,
  markSending,
  type RowResult,
  readRequest,
  readRows,
  setRowResult,
} from '../requests/store.ts';
import { finished, held, resumed } from '../requests/transitions.ts';
import type { Services } from '../services.ts';
import type { RequestRecord, RowRecord } from '../storage/schema.ts';
import { contentHash } from '../users/content-hash.ts';
import { type Found, lookUp } from './look-up.ts';
import { createPace, type Pace } from './pace.ts';
import { type SendOutcome, sendRow } from './send-row.ts';

/** What a run works with; `signal` ends it between two sends, never within one. */
type Run = {
  readonly services: Services;
  readonly room: InstanceRoom;
  readonly pace: Pace;
  readonly request: RequestRecord;
  readonly signal: AbortSignal;
};

/** `next`: go on with the next row; `again`: the same row once more; `stop`: this run is over. */
type Progress = 'next' | 'again' | 'stop';

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
    await hold(
      services,
      requestId,
      problem('form.unknown-instance', { instance: request.instance }),
    );
    return;
  }
  const run: Run = { services, room, pace: createPace(services.db, room.config), request, signal };
  const rows = await readRows(services.db, requestId);
  if (contentHash(checkedRows(rows)) !== request.decision?.contentHash) {
    // H2: what would be created is not what was approved. Nothing is sent for any row.
    services.log.error({ request: requestId }, 'the rows differ from what was approved');
    for (const row of rows)
      await record(run, row, { state: 'failed', problem: problem('create.no-longer-valid') });
  }
  for (const { position } of rows) {
    let progress: Progress = 'again';
    while (progress === 'again') {
      if (signal.aborted) return;
      progress = await advance(run, position);
    }
    if (progress === 'stop') return;
  }
  await finish(services, requestId);
}

/** Does the next thing for one row, by what the database says of it now. */
async function advance(run: Run, position: number): Promise<Progress> {
  const rows = await readRows(run.services.db, run.request.id);
  const row = rows.find((it) => it.position === position);
  if (!row) return 'next';
  switch (row.state) {
    case 'created':
    case 'failed':
    case 'cancelled':
      return 'next';
    case 'sending':
    case 'unclear':
      return settle(run, row);
    case 'waiting':
      return send(run, row);
  }
}

async function send(run: Run, row: RowRecord): Promise<Progress> {
  const { services, signal } = run;
  const waitMs = await run.pace.reserve();
  if (waitMs > 0) await sleep(waitMs, undefined, { signal }).catch(() => {});
  if (signal.aborted) return 'again';
  const marked = await services.db.transaction().execute(async (tx) => {
    // Whoever ends the request meanwhile takes the same lock: nothing is sent for one that is over.
    const request = await lockRequest(tx, run.request.id);
    if (request?.state !== 'approved') return false;
    return markSending(tx, run.request.id, row.position, services.now());
  });
  if (!marked) return 'stop';
  const outcome = await sendRow(services.config, run.room, run.request, row);
  return settleOutcome(run, row, outcome);
}

async function settleOutcome(run: Run, row: RowRecord, outcome: SendOutcome): Promise<Progress> {
  const { alias } = run.room.config;
  const username = row.new_user?.username ?? '';
  switch (outcome.kind) {
    case 'created':
      run.room.directory.noteCreated(username);
      await record(run, row, {
        state: 'created',
        userId: outcome.userId,
        userArn: outcome.userArn,
      });
      return 'next';
    case 'throttled':
      await record(run, row, { state: 'waiting' });
      await run.pace.giveWay();
      return 'again';
    case 'not-sent':
      await record(run, row, { state: 'waiting' });
      await hold(run.services, run.request.id, problem('create.unavailable'));
      return 'stop';
    case 'unclear':
      run.services.log.warn(
        { request: run.request.id, row: row.position, detail: outcome.detail },
        'unclear whether a user was created',
      );
      await record(run, row, { state: 'unclear' });
      return 'again';
    case 'unreadable-password':
      await record(run, row, { state: 'failed', problem: problem('create.password-lost') });
      return 'next';
    case 'refused': {
      const { detail } = outcome;
      switch (outcome.reason) {
        case 'duplicate':
          // After a lost answer, a duplicate may be our own user: look before calling it an error.
          if (row.sends > 0) {
            await record(run, row, { state: 'unclear' });
            return 'again';
          }
          await record(run, row, {
            state: 'failed',
            problem: problem('create.duplicate', { username, instance: alias }),
          });
          return 'next';
        case 'invalid':
          await record(run, row, {
            state: 'failed',
            problem: problem('create.invalid', { detail }),
          });
          return 'next';
        case 'not-found':
          await record(run, row, {
            state: 'failed',
            problem: problem('create.not-found', { detail, instance: alias }),
          });
          return 'next';
        case 'quota':
          await record(run, row, { state: 'waiting' });
          await hold(run.services, run.request.id, problem('create.quota', { instance: alias }));
          return 'stop';
        case 'denied':
          await record(run, row, { state: 'waiting' });
          await hold(
            run.services,
            run.request.id,
            problem('create.denied', { detail, instance: alias }),
          );
          return 'stop';
      }
    }
  }
}

/** Finds out what became of a row whose answer was lost; sends nothing (H1). */
async function settle(run: Run, row: RowRecord): Promise<Progress> {
  const { services, signal, room } = run;
  let found: Found;
  try {
    found = await lookUp(room, run.request, row);
  } catch (error) {
    if (!(error instanceof ConnectReadError)) throw error;
    services.log.warn(
      { err: error, request: run.request.id, row: row.position },
      'could not look a row up',
    );
    await hold(services, run.request.id, problem('create.unavailable'));
    return 'stop';
  }
  const username = row.new_user?.username ?? '';
  switch (found.kind) {
    case 'ours':
      await record(run, row, { state: 'created', userId: found.user.id, userArn: found.user.arn });
      return 'next';
    case 'not-ours':
      await record(run, row, {
        state: 'failed',
        problem: problem('create.duplicate', { username, instance: room.config.alias }),
      });
      return 'next';
    case 'cannot-tell':
      await record(run, row, {
        state: 'failed',
        problem: problem('create.unclear-for-good', { username, instance: room.config.alias }),
      });
      return 'next';
    case 'not-there': {
      // SearchUsers lags behind CreateUser: "not there" counts only when it has had time to be.
      const sentAt = row.sent_at?.getTime() ?? 0;
      if (services.now().getTime() - sentAt >= services.timing.lookupWindowMs) {
        await record(run, row, { state: 'waiting' });
      } else {
        await sleep(services.timing.lookupEveryMs, undefined, { signal }).catch(() => {});
      }
      return 'again';
    }
  }
}

/** Stores what became of a row; a result after a hold ends the hold, and Slack is made to show it. */
async function record(run: Run, row: RowRecord, result: RowResult): Promise<void> {
  const { services, request } = run;
  await services.db.transaction().execute(async (tx) => {
    const locked = await lockRequest(tx, request.id);
    await setRowResult(tx, request.id, row.position, result, services.now());
    const ended = result.state === 'created' || result.state === 'failed';
    if (!ended) return;
    if (locked?.hold)
      await stepIn(services, tx, request.id, (head) => resumed(head, services.now()));
    await services.jobs.enqueue(tx, { queue: 'publish', data: { requestId: request.id } });
  });
}

async function hold(services: Services, requestId: number, why: Problem): Promise<void> {
  const retryAt = new Date(services.now().getTime() + services.timing.holdRetryMs);
  services.log.warn({ request: requestId, code: why.code, retryAt }, 'creating waits');
  await step(services, requestId, (head) => held(head, why, retryAt, services.now()));
}

async function finish(services: Services, requestId: number): Promise<void> {
  await services.db.transaction().execute(async (tx) => {
    const rows = await readRows(tx, requestId);
    const open = rows.some((row) => ['waiting', 'sending', 'unclear'].includes(row.state));
    if (open) return;
    await stepIn(services, tx, requestId, (head) =>
      finished(
        head,
        rows.map((row) => row.state),
        services.now(),
      ),
    );
  });
}
