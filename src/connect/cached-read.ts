/** Caches something that is read from Connect as a whole, and reads it again when it is too old for the caller. */

/** The value, and when its reading began. */
export type Kept<Value> = { readonly value: Value; readonly readAt: Date };

/**
 * How old an answer may be. `kept`: any known value, which is renewed in the background when it is old. `now`: the
 * reading begins after the call. A time: the reading began at that time or later, so that many callers who wait for
 * something since then share one reading.
 */
export type Freshness = 'kept' | 'now' | Date;

export type CachedRead<Value> = {
  peek(): Kept<Value> | undefined;
  get(freshness: Freshness): Promise<Kept<Value>>;
};

export type CachedReadDeps = {
  readonly now: () => Date;
  /** An older value is renewed in the background at the next call. */
  readonly maxAgeMs: number;
  /** A value older than this is not returned before it is read again. */
  readonly uselessAfterMs: number;
  /** Called with the reason when a reading in the background failed, for which no caller waits. */
  readonly onStale: (error: unknown) => void;
};

/** @param read reads the whole value; simultaneous calls share as few readings as they allow */
export function createCachedRead<Value>(
  read: (startedAt: Date) => Promise<Value>,
  deps: CachedReadDeps,
): CachedRead<Value> {
  const { now, maxAgeMs, uselessAfterMs, onStale } = deps;
  let latest: Kept<Value> | undefined;
  let running: { readonly startedAt: Date; readonly reading: Promise<Kept<Value>> } | undefined;
  let next: Promise<Kept<Value>> | undefined;

  function begin(): Promise<Kept<Value>> {
    const startedAt = now();
    const reading = read(startedAt).then((value) => {
      latest = { value, readAt: startedAt };
      return latest;
    });
    running = { startedAt, reading };
    const over = () => {
      running = undefined;
    };
    reading.then(over, over);
    return reading;
  }

  /** A running reading may have passed the item that has changed since then. */
  function beginAfter(current: Promise<unknown>): Promise<Kept<Value>> {
    const beginNext = () => {
      next = undefined;
      return begin();
    };
    next ??= current.then(beginNext, beginNext);
    return next;
  }

  return {
    peek: () => latest,
    get(freshness) {
      if (freshness === 'now') return running ? beginAfter(running.reading) : begin();
      if (freshness instanceof Date) {
        if (latest && latest.readAt >= freshness) return Promise.resolve(latest);
        if (!running) return begin();
        return running.startedAt >= freshness ? running.reading : beginAfter(running.reading);
      }
      const ageMs = latest ? now().getTime() - latest.readAt.getTime() : Number.POSITIVE_INFINITY;
      if (!latest || ageMs > uselessAfterMs) return running?.reading ?? begin();
      if (ageMs > maxAgeMs && !running) begin().catch(onStale);
      return Promise.resolve(latest);
    },
  };
}
