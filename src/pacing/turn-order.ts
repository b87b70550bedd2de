/** Which of several requests gets the next slot: weighted turns. Pure. */

/** A request that has rows to send and waits for a slot. */
export type Claim = {
  /** Since it got its last slot, or since it began to wait for its first. */
  readonly waitedMs: number;
  /** Rows that it still has to send, those under way left out. */
  readonly left: number;
};

/**
 * Beyond this a larger request does not count as larger: nobody waits more than this many times as long as a request
 * of one row. With 50 files at two slots a second each file gets one every 25 s, and a single hire has to have waited
 * 25 s / 200 = 125 ms to come before all of them.
 */
const mostCounted = 200;

/**
 * The larger, the sooner: the time waited for each row that is left. Few rows make it grow fast, so that small requests
 * come first; waiting makes it grow without end, so that every request has its turn.
 */
export function urgency({ waitedMs, left }: Claim): number {
  // A claim that was made this very moment still counts by its size.
  return (Math.max(0, waitedMs) + 1) / Math.min(mostCounted, Math.max(1, left));
}

/** The most urgent of these claims, the first of several that are equal; undefined when there is none. */
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
