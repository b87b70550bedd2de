/**
 * The paces of Amazon Connect: AWS throttles each operation per account and Region, independent of the caller, so
 * every replica takes its slots for it from one row of the database.
 */

import type { InstanceConfig } from '../config/config.ts';
import type { Db, Tx } from '../storage/database.ts';
import { createBatched } from './batched.ts';
import { insertPace, lockPace, type PaceFound, updatePace } from './pace-store.ts';
import {
  fullBucket,
  lowerRate,
  type PaceSettings,
  type PaceState,
  type Slots,
  takeSlots,
} from './token-bucket.ts';

export type Pace = {
  /** Takes the next `count` slots, one by default. */
  reserve(count?: number): Promise<Slots>;
  /** A call in a slot of this epoch was throttled anyway, because another application uses the budget too. */
  lowerRate(epoch: number): Promise<void>;
};

/** The part of an instance's configuration that its paces depend on. */
export type PacedInstance = Pick<InstanceConfig, 'region' | 'account' | 'pace' | 'readPace'>;

/** For CreateUser: one for all instances of an account in a Region. */
export function createPace(db: Db, instance: PacedInstance): Pace {
  const key = createKey(instance);
  return paceOf(db, key, key, instance.pace);
}

/** For one read operation. AWS limits each operation separately. */
export function readPace(db: Db, instance: PacedInstance, operation: string): Pace {
  const place = placeOf(instance);
  return paceOf(db, `${operation} ${place}`, readKey(instance), instance.readPace);
}

/** The keys under which the bots announce their settings. */
export function createKey(instance: PacedInstance): string {
  return `CreateUser ${placeOf(instance)}`;
}
export function readKey(instance: PacedInstance): string {
  return `reading ${placeOf(instance)}`;
}

/** AWS counts by account and Region, independent of the endpoint's address. */
export function placeOf({ region, account }: PacedInstance): string {
  return `${account ?? 'own'} ${region}`;
}

type Change<T> = { readonly state: PaceState; readonly answer: T };

/**
 * One change of a budget's row, locked against simultaneous changes.
 *
 * @param settingsKey where bots announce their settings; the strictest of them and of `own` applies
 */
export function changePace<T>(
  db: Db,
  key: string,
  settingsKey: string,
  own: PaceSettings,
  make: (
    state: PaceState,
    settings: PaceSettings,
    nowMs: number,
    tx: Tx,
  ) => Change<T> | Promise<Change<T>>,
): Promise<T> {
  return db.transaction().execute(async (tx) => {
    const { nowMs, state, strictest } = await lockOrMake(tx, key, settingsKey);
    const made = await make(state ?? fullBucket(nowMs), stricter(own, strictest), nowMs, tx);
    await updatePace(tx, key, made.state);
    return made.answer;
  });
}

function paceOf(db: Db, key: string, settingsKey: string, own: PaceSettings): Pace {
  const change = <T>(
    make: (state: PaceState, settings: PaceSettings, nowMs: number) => Change<T>,
  ) => changePace(db, key, settingsKey, own, make);
  // Without batching, a hundred simultaneous reads would be a hundred transactions that wait for each other.
  const reserve = createBatched((counts: readonly number[]) =>
    change((found, settings, nowMs) => {
      let state = found;
      const answer = counts.map((count) => {
        const taken = takeSlots(state, settings, nowMs, count);
        state = taken.state;
        return taken.slots;
      });
      return { state, answer };
    }),
  );
  return {
    reserve: (count = 1) => reserve(count),
    lowerRate: (epoch) =>
      change((state, settings, nowMs) => ({
        state: lowerRate(state, settings, nowMs, epoch),
        answer: undefined,
      })),
  };
}

async function lockOrMake(tx: Tx, key: string, settingsKey: string): Promise<PaceFound> {
  const found = await lockPace(tx, key, settingsKey);
  if (found.state) return found;
  await insertPace(tx, key);
  return lockPace(tx, key, settingsKey);
}

/**
 * If two settings differ, the stricter one applies: too slow costs time, too fast makes Connect throttle everybody.
 */
export function stricter(own: PaceSettings, settings: PaceSettings | null): PaceSettings {
  if (!settings) return own;
  return {
    ratePerSecond: Math.min(own.ratePerSecond, settings.ratePerSecond),
    burst: Math.min(own.burst, settings.burst),
  };
}
