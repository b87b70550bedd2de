/**
 * Throttling: one token bucket for each operation, shared by all instances and all callers of an account and Region
 * (Amazon Connect quotas).
 */
import type { Settings } from './settings.ts';

export type BucketLimits = { ratePerSecond: number; burst: number; othersPerSecond: number };

/** After this much time a bucket is full, or used by other callers, to its maximum. */
const LONGEST_CATCH_UP_MS = 60_000;

export class TokenBucket {
  #level: number;
  #at: number;
  #nextOther: number;

  constructor(limits: BucketLimits, nowMs: number) {
    this.#level = limits.burst;
    this.#at = nowMs;
    this.#nextOther = nowMs;
  }

  /** Takes one token, or leaves the bucket as it is and returns false. */
  take(limits: BucketLimits, nowMs: number): boolean {
    this.#advance(limits, nowMs);
    if (this.#level < 1) return false;
    this.#level -= 1;
    return true;
  }

  level(limits: BucketLimits, nowMs: number): number {
    this.#advance(limits, nowMs);
    return this.#level;
  }

  /**
   * Calls by others are single events between the refills, not a lower rate: with a rate of 2 and 2 calls by others,
   * a caller still gets a token now and then, if it calls at the right time.
   */
  #advance(limits: BucketLimits, nowMs: number): void {
    // After the clock was set back, the bucket must not stop until the clock has caught up.
    if (nowMs < this.#at) this.#at = nowMs;
    this.#at = Math.max(this.#at, nowMs - LONGEST_CATCH_UP_MS);
    const { othersPerSecond } = limits;
    if (othersPerSecond > 0) {
      const everyMs = 1000 / othersPerSecond;
      if (this.#nextOther < this.#at || this.#nextOther > nowMs + everyMs) {
        this.#nextOther = this.#at + everyMs;
      }
      for (; this.#nextOther <= nowMs; this.#nextOther += everyMs) {
        this.#refill(limits, this.#nextOther);
        if (this.#level >= 1) this.#level -= 1;
      }
    }
    this.#refill(limits, nowMs);
  }

  #refill({ ratePerSecond, burst }: BucketLimits, untilMs: number): void {
    const gained = (Math.max(0, untilMs - this.#at) / 1000) * ratePerSecond;
    this.#level = Math.min(burst, this.#level + gained);
    this.#at = Math.max(this.#at, untilMs);
  }
}

/** AWS throttles each operation per account and Region, regardless of the caller. */
type Place = { readonly account: string; readonly region: string };

/** The buckets of every account and Region. An operation's bucket is full until its first call. */
export class Buckets {
  #buckets = new Map<string, { operation: string; place: string; bucket: TokenBucket }>();

  take(operation: string, place: Place, settings: Settings, now: Date): boolean {
    const bucket = this.#of(operation, place, settings, now);
    return bucket.take(limitsOf(operation, settings), now.getTime());
  }

  /** Levels of the operations that were called there so far, and always of CreateUser. */
  levels(
    place: Place,
    settings: Settings,
    now: Date,
  ): { operation: string; level: number; burst: number }[] {
    this.#of('CreateUser', place, settings, now);
    return [...this.#buckets.values()]
      .filter((kept) => kept.place === placeKey(place))
      .map(({ operation, bucket }) => {
        const limits = limitsOf(operation, settings);
        return { operation, level: bucket.level(limits, now.getTime()), burst: limits.burst };
      });
  }

  clear(): void {
    this.#buckets.clear();
  }

  #of(operation: string, place: Place, settings: Settings, now: Date): TokenBucket {
    const key = `${operation} ${placeKey(place)}`;
    const known = this.#buckets.get(key);
    if (known) return known.bucket;
    const bucket = new TokenBucket(limitsOf(operation, settings), now.getTime());
    this.#buckets.set(key, { operation, place: placeKey(place), bucket });
    return bucket;
  }
}

const placeKey = ({ account, region }: Place) => `${account} ${region}`;

function limitsOf(operation: string, settings: Settings) {
  const { ratePerSecond, burst } = settings.perOperation[operation] ?? settings;
  return { ratePerSecond, burst, othersPerSecond: settings.othersPerSecond };
}
