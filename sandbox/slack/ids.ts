/** Ids in Slack's format, unique in the life of this workspace. */
import { randomBytes } from 'node:crypto';

export type Ids = {
  /** `V0000000A1`, `F0000000A2`, … */
  next(prefix: string): string;
  /**
   * A message's timestamp, which identifies it in its channel: seconds with six decimals, later than all earlier
   * ones.
   */
  ts(): string;
};

export function createIds(now: () => Date): Ids {
  let count = 0;
  let lastMicros = 0;
  return {
    next(prefix) {
      count += 1;
      return `${prefix}0${(count + 46_656).toString(36).toUpperCase().padStart(8, '0')}`;
    },
    ts() {
      lastMicros = Math.max(now().getTime() * 1000, lastMicros + 1);
      const seconds = Math.floor(lastMicros / 1_000_000);
      return `${seconds}.${String(lastMicros % 1_000_000).padStart(6, '0')}`;
    },
  };
}

/** Random, for URLs that grant access by themselves. */
export function secret(): string {
  return randomBytes(18).toString('base64url');
}
