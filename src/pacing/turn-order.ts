/** Chooses which of several requests gets the next slot, by weighted turns. Pure. */

/** A request that has rows to send and waits for a slot. */
export type Claim = {
  /** Since it got its last slot, or since it began to wait for its first. */
  readonly waitedMs: number;
  /** Rows that it still has to send, without those that are being sent. */
  readonly left: number;
};

/**
 * Above this number a request does not count as larger, so that nobody waits more than this many times as long as a
 * request of one row. With 50 files at two slots per second each file gets one every 25 s, and a single hire has to
 * wait 25 s / 200 = 125 ms before it is ahead of all of them.
 */
const mostCounted = 200;

/**
 * The larger, the sooner: the waiting time per remaining row. With few rows it grows fast, so small requests come
 * first; it grows without limit, so every request gets its turn.
 */
export function urgency({ waitedMs, left }: Claim): number {
  // A claim that was just made still counts by its size.
  return (Math.max(0, waitedMs) + 1) / Math.min(mostCounted, Math.max(1, left));
}

/** The most urgent of these claims, the first of equal ones; undefined when there is none. */
export function mostUrgent<T extends Claim>(claims: Iterable<T>): T | undefined {
  let best: T | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const claim of claims) {
    const own = urgency(claim);
    if (own <= most) continue;
    best = claim;
    most = own;
  }
  return best;
}
