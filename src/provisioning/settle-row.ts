/** The consequences of a send's outcome, for its row and for the whole request. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectReadError } from '../connect/gateway.ts';
import { type Problem, problem } from '../errors/problem.ts';
import { pauseRequest } from '../requests/store/pause-request.ts';
import { type Found, lookUp, lookUpInLists } from './look-up.ts';
import type { OpenRow, RowResult } from './provisioning-store.ts';
import { holdRun, isRunOver, type Run, recordResult, slowDown } from './run.ts';
import type { SendOutcome } from './send-row.ts';

/**
 * `settled`: the row has its outcome; `again`: it may be sent again; `unclear`: it must be looked up; `exists`: it
 * must be looked up too, and a user of that name certainly exists, possibly our own.
 */
export type Settled = 'settled' | 'again' | 'unclear' | 'exists';

/** None of them is an outcome of the row: the cause is temporary, and the row is sent again. */
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
      await recordResult(run, row, { state: 'waiting' });
      await run.pace.lowerRate(epoch);
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
      await recordResult(run, row, { state: 'unclear' });
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
      // It was sent before, so the existing user can be our own.
      await recordResult(run, row, { state: 'unclear' });
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
 * The username is taken, and according to the database the row was sent for the first time. The database can be an
 * older copy that was restored: a user with this row's mark is the requested one.
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
 * Determines the outcome of a row whose answer was lost; sends nothing (H1). A user that `exists` and that neither
 * search nor lists show is left to a person: sending again would only find the same user again, without end.
 */
export async function settleUnclear(run: Run, row: OpenRow, exists = false): Promise<Settled> {
  const { services, instanceClient } = run;
  const { lookupWindowMs, lookupEveryMs } = services.timing;
  // The database determines how long ago it was sent; from here on this process's own clock is used, which cannot be
  // set. If the database's clock was set back or jumped, at most the window counts.
  const agoMs = Math.min(lookupWindowMs, Math.max(0, row.sent_ms_ago ?? 0));
  const knownFrom = performance.now() - agoMs;
  while (!isRunOver(run)) {
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
        await holdRun(run, problem('create.unavailable'));
      } else {
        // Connect has answered with an error that waiting does not correct.
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
        // SearchUsers lags behind CreateUser, so "not found" counts only after that delay.
        if (performance.now() - knownFrom >= lookupWindowMs) {
          if (exists)
            return fail(run, row, problem('create.unclear-for-good', { username, instance }));
          await recordResult(run, row, { state: 'waiting' });
          return 'again';
        }
        await sleep(lookupEveryMs, undefined, { signal: run.over }).catch(() => {});
      }
    }
  }
  return 'unclear';
}

async function settle(run: Run, row: OpenRow, result: RowResult): Promise<Settled> {
  await recordResult(run, row, result);
  return 'settled';
}

function fail(run: Run, row: OpenRow, why: Problem): Promise<Settled> {
  return settle(run, row, { state: 'failed', problem: why });
}

/** Nothing can be created until an external cause changes; this row was certainly not created. */
async function waitFor(run: Run, row: OpenRow, why: Problem): Promise<Settled> {
  await recordResult(run, row, { state: 'waiting' });
  await holdRun(run, why);
  return 'again';
}

/** Nothing can be created before a person acts; this row was certainly not created. */
async function stopAt(run: Run, row: OpenRow, why: Problem): Promise<Settled> {
  await recordResult(run, row, { state: 'waiting' });
  await stop(run, why);
  return 'again';
}

/** However many rows have the same cause, the request is paused once. */
async function stop(run: Run, why: Problem): Promise<void> {
  if (run.halt.signal.aborted) return;
  run.halt.abort();
  await pauseRequest(run.services, run.request.id, why);
}
