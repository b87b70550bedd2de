/**
 * Places where Slack has just answered 429, so that jobs for other places do not wait behind those for this one.
 * Slack accepts about one message per second in a channel (https://docs.slack.dev/apis/web-api/rate-limits).
 */

/** The interval between the times to which jobs for one place are postponed. */
const apartMs = 1_000;
/** One job may wait this long for its place; any other is postponed, so that its worker is free. */
const longestWaitMs = 1_500;

export type RateGates = {
  /** Slack required this long a pause at this place. */
  limited(place: string, waitMs: number): void;
  /**
   * Whether a message may be sent to this place: immediately (0), after a short wait by the caller, or not now: then
   * the caller retries at the returned time.
   */
  enter(place: string): { readonly waitMs: number; leave(): void } | { readonly until: Date };
};

export function createRateGates(now: () => Date): RateGates {
  const opensAt = new Map<string, number>();
  const lastPutOff = new Map<string, number>();
  const waiting = new Set<string>();

  return {
    limited(place, waitMs) {
      const at = now().getTime() + waitMs;
      opensAt.set(place, Math.max(at, opensAt.get(place) ?? 0));
    },
    enter(place) {
      const at = now().getTime();
      const opens = opensAt.get(place) ?? 0;
      if (opens <= at) {
        opensAt.delete(place);
        return { waitMs: 0, leave: () => {} };
      }
      if (opens - at <= longestWaitMs && !waiting.has(place)) {
        waiting.add(place);
        return { waitMs: opens - at, leave: () => void waiting.delete(place) };
      }
      const putOff = Math.max(opens, (lastPutOff.get(place) ?? 0) + apartMs);
      lastPutOff.set(place, putOff);
      return { until: new Date(putOff) };
    },
  };
}
