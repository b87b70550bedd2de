/**
 * The account's pace: AWS throttles CreateUser per account and Region, whoever calls, so every send of
 * every replica reserves its moment in one row of the database.
 */
import type { InstanceConfig } from '../config/config.ts';
import type { Db } from '../requests/store.ts';
import { pushBack, reserveSlot } from './store.ts';

export type Pace = {
  /** Reserves the next moment; answers how long to wait for it, in milliseconds. */
  reserve(): Promise<number>;
  /** Connect throttled all the same: somebody else uses the budget, so give way. */
  giveWay(): Promise<void>;
};

export function createPace(db: Db, instance: InstanceConfig): Pace {
  const key = paceKey(instance);
  const intervalMs = 1000 / instance.pace.ratePerSecond;
  const { burst } = instance.pace;
  return {
    reserve: () => reserveSlot(db, { key, intervalMs, burst }),
    giveWay: () => pushBack(db, { key, intervalMs, burst }),
  };
}

/** One budget an account and Region; instances of one Region share it, as the account is not known here. */
function paceKey(instance: InstanceConfig): string {
  return `CreateUser ${instance.region} ${instance.endpoint ?? ''}`.trim();
}
