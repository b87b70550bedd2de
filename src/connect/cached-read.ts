/** Caches something that is read from Connect as a whole, and reads it again when it is too old for the caller. */

/** What was read, and when the reading began. */
export type Kept<Value> = { readonly value: Value; readonly readAt: Date };

/**
 * How old an answer may be. `kept`: whatever is known, renewed in the background when it is old. `now`: the
 * reading begins after the question. A time: the reading began then or later, so that many who wait for
 * something since then are served by one reading.
 */
export type Freshness = 'kept' | 'now' | Date;

export type CachedRead<Value> = {
  peek(): Kept<Value> | undefined;
  get(freshness: Freshness): Promise<Kept<Value>>;
};

export type CachedReadDeps = {
  readonly now: () => Date;
  /** Older than this, it is renewed in the background when somebody asks. */
  readonly maxAgeMs: number;
  /** A value older than this is not returned until it was read again. */
  readonly uselessAfterMs: number;
  /** Hears why a reading in the background failed; nobody else waits for it. */
  readonly onStale: (error: unknown) => void;
};

/** @param read reads the whole; of several questions at once it is called as rarely as they allow */
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

  /** A reading under way may have passed the very item that has changed since. */
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
