/** Rate limits for the bot: a bucket for each method by its tier, and one for each channel in which it posts. */
import { ratesPerMinute, type Tier } from './limits.ts';

export type RateLimiter = {
  /** Seconds until the call is allowed, or 0 when it is allowed now (and is counted). */
  take(method: string, tier: Tier, channel?: string): number;
};

type Bucket = { level: number; at: number };
type Rate = { perMinute: number; burst: number };

export function createRateLimiter(now: () => Date): RateLimiter {
  const buckets = new Map<string, Bucket>();

  function peek(key: string, { perMinute, burst }: Rate): Bucket {
    const at = now().getTime();
    const bucket = buckets.get(key) ?? { level: burst, at };
    bucket.level = Math.min(burst, bucket.level + ((at - bucket.at) * perMinute) / 60_000);
    bucket.at = at;
    buckets.set(key, bucket);
    return bucket;
  }

  return {
    take(method, tier, channel) {
      const wanted: [string, Rate][] =
        tier === 'post'
          ? [
              [`post ${channel ?? ''}`, ratesPerMinute.postPerChannel],
              ['post', ratesPerMinute.postPerWorkspace],
            ]
          : [[method, ratesPerMinute[tier]]];
      const found = wanted.map(([key, rate]) => ({ bucket: peek(key, rate), rate }));
      const waits = found.map(({ bucket, rate }) =>
        bucket.level >= 1 ? 0 : Math.ceil(((1 - bucket.level) * 60) / rate.perMinute),
      );
      const wait = Math.max(...waits);
      if (wait === 0) for (const { bucket } of found) bucket.level -= 1;
      return wait;
    },
  };
}
