/** What the outcome of one send means for its row, and for the whole request. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectReadError } from '../connect/gateway.ts';
import { type Problem, problem } from '../errors/problem.ts';
import { pauseRequest } from '../requests/store/pause-request.ts';
import { type Found, lookUp, lookUpInLists } from './look-up.ts';
import type { OpenRow, RowResult } from './provisioning-store.ts';
import { holdUp, isOver, type Run, record, slowDown } from './run.ts';
import type { SendOutcome } from './send-row.ts';

/**
 * `settled`: the row has its outcome; `again`: it may be sent again; `unclear`: it is to be looked up;
 * `exists`: so too, and somebody of that name is certainly there, maybe our own user.
 */
export type Settled = 'settled' | 'again' | 'unclear' | 'exists';

/** None of them ends a row: what is in the way passes, and the row is sent again. */
const whyNotSent = {
  away: problem('create.unavailable'),
  clock: problem('create.clock-wrong'),
  credentials: problem('create.no-credentials'),
} as const;

/** @param epoch of the slot in which it was sent */
export async function settleOutcome(
  run: Run,
  sentRow: OpenRow,
  outcome: SendOutcome,
  epoch: number,
): Promise<Settled> {
  const awsRequestId = 'awsRequestId' in outcome ? outcome.awsRequestId : undefined;
  const row = awsRequestId === undefined ? sentRow : { ...sentRow, awsRequestId };
  const { alias } = run.instanceClient.config;
  const username = row.new_user?.username ?? '';
  switch (outcome.kind) {
    case 'created':
      run.instanceClient.directory.noteCreated(username);
      run.throttled.inARow = 0;
      return settle(run, row, {
        state: 'created',
        userId: outcome.userId,
        userArn: outcome.userArn,
      });
    case 'throttled':
      await record(run, row, { state: 'waiting' });
      await run.pace.giveWay(epoch);
      await slowDown(run);
      return 'again';
    case 'not-sent':
      run.services.log.warn(
        { request: run.request.id, row: row.position, detail: outcome.detail },
        'a user was not sent to Connect',
      );
      return waitFor(run, row, whyNotSent[outcome.reason]);
    case 'unclear':
      run.services.log.warn(
        { request: run.request.id, row: row.position, detail: outcome.detail },
        'unclear whether a user was created',
      );
      await record(run, row, { state: 'unclear' });
      return 'unclear';
    case 'unreadable-password':
      return fail(run, row, problem('create.password-lost'));
    case 'refused':
      return refused(run, row, outcome, alias);
  }
}

async function refused(
  run: Run,
  row: OpenRow,
  outcome: Extract<SendOutcome, { kind: 'refused' }>,
  instance: string,
): Promise<Settled> {
  const { detail } = outcome;
  switch (outcome.reason) {
    case 'duplicate':
      if (row.sends <= 1) return duplicateAtOnce(run, row);
      // It was sent before: the user that is in the way may be our own.
      await record(run, row, { state: 'unclear' });
      return 'exists';
    case 'invalid':
      return fail(run, row, problem('create.invalid', { detail }));
    case 'not-found':
      return fail(run, row, problem('create.not-found', { detail, instance }));
    case 'quota':
      return stopAt(run, row, problem('create.quota', { instance }));
    case 'denied':
      return stopAt(run, row, problem('create.denied', { detail, instance }));
  }
}

/**
 * The username is taken, and the row was sent for the first time, as far as the database knows. It may be an older copy
 * that was restored: a user that carries this row's mark is what was requested.
 */
async function duplicateAtOnce(run: Run, row: OpenRow): Promise<Settled> {
  const username = row.new_user?.username ?? '';
  const instance = run.instanceClient.config.alias;
  const found = await lookUp(run.instanceClient, run.request, row).catch((error: unknown) => {
    if (!(error instanceof ConnectReadError)) throw error;
    return null;
  });
  return found?.kind === 'ours'
    ? settle(run, row, { state: 'created', userId: found.user.id, userArn: found.user.arn })
    : fail(run, row, problem('create.duplicate', { username, instance }));
}

/**
 * Finds out the outcome of a row whose answer was lost; sends nothing (H1). A user that `exists` and that
 * neither search nor lists show is left to a human: sending again could only meet the same user again, forever.
 */
export async function settleUnclear(run: Run, row: OpenRow, exists = false): Promise<Settled> {
  const { services, instanceClient } = run;
  const { lookupWindowMs, lookupEveryMs } = services.timing;
  // The database says how long ago it was sent; from here on this process's own clock counts, which
  // nobody sets. Of a clock that went back or leaped, no more than the window is believed.
  const agoMs = Math.min(lookupWindowMs, Math.max(0, row.sent_ms_ago ?? 0));
  const knownFrom = performance.now() - agoMs;
  while (!isOver(run)) {
    let found: Found;
    try {
      found = await lookUp(instanceClient, run.request, row);
      if (found.kind === 'not-there' && exists)
        found = await lookUpInLists(instanceClient, run.request, row);
    } catch (error) {
      if (!(error instanceof ConnectReadError)) throw error;
      const about = { err: error, request: run.request.id, row: row.position };
      services.log.warn(about, 'could not look a row up');
      const { operation } = error;
      const instance = instanceClient.config.alias;
      if (error.kind === 'denied') {
        await stop(run, problem('create.look-up-denied', { operation, instance }));
      } else if (error.kind === 'unavailable' || error.kind === 'throttled') {
        await holdUp(run, problem('create.unavailable'));
      } else {
        // Connect has answered, with something that does not pass by waiting.
        throw error;
      }
      return 'unclear';
    }
    const username = row.new_user?.username ?? '';
    const instance = instanceClient.config.alias;
    switch (found.kind) {
      case 'ours':
        return settle(run, row, {
          state: 'created',
          userId: found.user.id,
          userArn: found.user.arn,
        });
      case 'not-ours':
        return fail(run, row, problem('create.duplicate', { username, instance }));
      case 'cannot-tell':
        return fail(run, row, problem('create.unclear-for-good', { username, instance }));
      case 'not-there': {
        // SearchUsers lags behind CreateUser: "not there" counts only when it has had time to be.
        if (performance.now() - knownFrom >= lookupWindowMs) {
          if (exists)
            return fail(run, row, problem('create.unclear-for-good', { username, instance }));
          await record(run, row, { state: 'waiting' });
          return 'again';
        }
        await sleep(lookupEveryMs, undefined, { signal: run.over }).catch(() => {});
      }
    }
  }
  return 'unclear';
}

async function settle(run: Run, row: OpenRow, result: RowResult): Promise<Settled> {
  await record(run, row, result);
  return 'settled';
}

function fail(run: Run, row: OpenRow, why: Problem): Promise<Settled> {
  return settle(run, row, { state: 'failed', problem: why });
}

/** Nothing can be created until something outside changes; this row was certainly not. */
async function waitFor(run: Run, row: OpenRow, why: Problem): Promise<Settled> {
  await record(run, row, { state: 'waiting' });
  await holdUp(run, why);
  return 'again';
}

/** Nothing can be created until somebody acts; this row was certainly not. */
async function stopAt(run: Run, row: OpenRow, why: Problem): Promise<Settled> {
  await record(run, row, { state: 'waiting' });
  await stop(run, why);
  return 'again';
}

/** However many rows meet it, the request is paused once. */
async function stop(run: Run, why: Problem): Promise<void> {
  if (run.halt.signal.aborted) return;
  run.halt.abort();
  await pauseRequest(run.services, run.request.id, why);
}
