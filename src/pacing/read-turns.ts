/** The turns of calls that read: each operation has its own pace, shared by all replicas. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Db } from '../storage/database.ts';
import { type Pace, type PacedInstance, placeOf, readPace } from './shared-pace.ts';
import { fullBucket, lowerRate, type PaceState, takeSlots } from './token-bucket.ts';

/** Waits until the operation may be called; the returned function reports that Connect throttled the call anyway. */
export type ReadTurns = (operation: string) => Promise<() => Promise<void>>;

/**
 * When the pace cannot be read, the call is not delayed. A call that is too early is throttled and retried, whereas a
 * call that is never made would leave a form empty.
 */
export function createReadTurns(deps: {
  readonly db: Db;
  readonly instance: PacedInstance;
  readonly log: Logger;
}): ReadTurns {
  const { db, instance, log } = deps;
  const without = (error: unknown, operation: string) =>
    log.warn({ err: error, operation }, 'reading without a pace: the database did not give a turn');
  const paces = new Map<string, Pace>();
  const paceOf = (operation: string) => {
    const known = paces.get(operation) ?? readPace(db, instance, operation);
    paces.set(operation, known);
    return known;
  };
  return async (operation) => {
    const pace = paceOf(operation);
    const slots = await pace.reserve().catch((error: unknown) => {
      without(error, operation);
      return null;
    });
    if (!slots) return async () => {};
    if (slots.waitMs > 0) await sleep(slots.waitMs);
    return () => pace.lowerRate(slots.epoch).catch((error: unknown) => without(error, operation));
  };
}

/** The same without a database, for a single process: one budget for each operation of each account. */
export function createOwnReadTurns(): (instance: PacedInstance) => ReadTurns {
  const states = new Map<string, PaceState>();
  return (instance) => async (operation) => {
    const key = `${operation} ${placeOf(instance)}`;
    const nowMs = Date.now();
    const before = states.get(key) ?? fullBucket(nowMs);
    const { state, slots } = takeSlots(before, instance.readPace, nowMs, 1);
    states.set(key, state);
    if (slots.waitMs > 0) await sleep(slots.waitMs);
    return async () => {
      const known = states.get(key) ?? state;
      states.set(key, lowerRate(known, instance.readPace, Date.now(), slots.epoch));
    };
  };
}
