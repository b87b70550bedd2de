/**
 * Computes when the next call may be sent: a token bucket that adapts. Pure; times are milliseconds of the database's
 * clock.
 *
 * Amazon Connect allows a rate with a burst for all callers together (quotas: 2 per second, 5 at once). While nobody
 * else calls, slots follow that bucket exactly (GCRA), half a token below full. When Connect throttles anyway,
 * another application uses the bucket:
 *
 * - One throttled call only gives the bucket time for two tokens; the rate stays.
 * - Each further one soon afterward lowers the rate by a share (multiplicative decrease). In between, the rate rises
 *   linearly until it is fully restored (additive increase), as in TCP. In measurements, a cubic curve that remembers
 *   earlier rates was one hundredth better where half of the budget is left, and a quarter worse where three quarters
 *   are left.
 */

export type PaceSettings = { readonly ratePerSecond: number; readonly burst: number };

/** The rate that is left of a budget that others use too. */
export type LearnedRate = {
  /** The rate just after the last throttled call, in calls per second. */
  readonly limitPerSecond: number;
  readonly sinceMs: number;
};

export type PaceState = {
  /** When the slot after the last one would be due if there were no burst. */
  readonly dueAtMs: number;
  /** When this state was computed, to detect a clock that was set back. */
  readonly madeAtMs: number;
  /** Increases each time that the rate was lowered; throttling in a slot of an earlier epoch is ignored. */
  readonly epoch: number;
  /** The time of a throttled call that did not change the rate. */
  readonly passedAtMs: number | null;
  readonly learned: LearnedRate | null;
};

export type Slots = {
  readonly count: number;
  /** The time until the last of them is due; the others may be sent at the same time. */
  readonly waitMs: number;
  /** How long it has been due; 0 when it is not due yet. */
  readonly lateMs: number;
  readonly epoch: number;
};

/** Half a token: the variation of a call's travel time that does not find the bucket empty. */
const slackTokens = 0.5;
/** Within this number of slots after a throttled call, another one is not a coincidence. */
const accidentSlots = 20;
/** How long the bucket is left to refill after a throttled call, in tokens. */
const restTokens = 2;
/** The factor by which a throttled call lowers the rate. */
const decrease = 0.7;
/** How much the rate rises per second, as a share of the whole: from half of it, it takes two minutes. */
const increasePerSecond = 0.004;
/** At least a fortieth of the rate is kept, however often calls are throttled. */
const leastShare = 1 / 40;

export function fullBucket(nowMs: number): PaceState {
  return { dueAtMs: nowMs, madeAtMs: nowMs, epoch: 0, passedAtMs: null, learned: null };
}

/** Calls per second at this moment. */
export function rateAt(state: PaceState, settings: PaceSettings, nowMs: number): number {
  const { ratePerSecond } = settings;
  const { learned } = state;
  if (!learned) return ratePerSecond;
  const seconds = Math.max(0, nowMs - learned.sinceMs) / 1000;
  return Math.min(
    ratePerSecond,
    learned.limitPerSecond + increasePerSecond * ratePerSecond * seconds,
  );
}

/** Takes the next slots: the requested number, or fewer when they could not be sent at once. */
export function takeSlots(
  before: PaceState,
  settings: PaceSettings,
  nowMs: number,
  wanted: number,
): { readonly state: PaceState; readonly slots: Slots } {
  const known = forgetRecovered(adjustToClock(before, nowMs), settings, nowMs);
  const intervalMs = 1000 / rateAt(known, settings, nowMs);
  const count = Math.min(wanted, Math.max(1, Math.floor(burstOf(known, settings))));
  const burstMs = burstOf(known, settings) * intervalMs;
  const dueAtMs = Math.max(known.dueAtMs, nowMs) + count * intervalMs;
  const state = { ...known, dueAtMs };
  // Counted from the time before the state was updated: a bucket that has been full for long is late by that time.
  const lateMs = nowMs - (known.dueAtMs + count * intervalMs - burstMs);
  const waitMs = Math.max(0, dueAtMs - nowMs - burstMs);
  return { state, slots: { count, waitMs, lateMs: Math.max(0, lateMs), epoch: state.epoch } };
}

/** A call in a slot of this epoch was throttled. Several throttled calls of one epoch met the same empty bucket. */
export function lowerRate(
  before: PaceState,
  settings: PaceSettings,
  nowMs: number,
  epoch: number,
): PaceState {
  const known = adjustToClock(before, nowMs);
  if (epoch !== known.epoch) return known;
  const { ratePerSecond } = settings;
  const accidentMs = (accidentSlots / ratePerSecond) * 1000;
  const { learned, passedAtMs } = known;
  if (!learned && (passedAtMs === null || nowMs - passedAtMs > accidentMs)) {
    const passed = { ...known, epoch: epoch + 1, passedAtMs: nowMs };
    return rested(passed, settings, nowMs, ratePerSecond);
  }
  const rate = rateAt(known, settings, nowMs);
  const limitPerSecond = Math.max(ratePerSecond * leastShare, rate * decrease);
  const slower = { ...known, epoch: epoch + 1, learned: { limitPerSecond, sinceMs: nowMs } };
  return rested(slower, settings, nowMs, limitPerSecond);
}

/** Gives the bucket time for some tokens before the next call needs one. */
function rested(
  state: PaceState,
  settings: PaceSettings,
  nowMs: number,
  ratePerSecond: number,
): PaceState {
  const tokens = restTokens + burstOf(state, settings) - 1;
  return { ...state, dueAtMs: Math.max(state.dueAtMs, nowMs + (tokens / ratePerSecond) * 1000) };
}

/** Slots that may be sent at once. When others use the bucket, its level is unknown. */
function burstOf(state: PaceState, settings: PaceSettings): number {
  return state.learned ? 1 : Math.max(1, settings.burst - slackTokens);
}

function forgetRecovered(state: PaceState, settings: PaceSettings, nowMs: number): PaceState {
  const recovered = rateAt(state, settings, nowMs) >= settings.ratePerSecond;
  return recovered && state.learned ? { ...state, learned: null } : state;
}

/**
 * The same state on the current clock. Without this, a clock that was set back would make every caller wait until it
 * reaches the old time.
 */
export function adjustToClock(state: PaceState, nowMs: number): PaceState {
  const backMs = state.madeAtMs - nowMs;
  if (backMs <= 0) return { ...state, madeAtMs: nowMs };
  return {
    ...state,
    madeAtMs: nowMs,
    dueAtMs: state.dueAtMs - backMs,
    passedAtMs: state.passedAtMs === null ? null : state.passedAtMs - backMs,
    learned: state.learned && { ...state.learned, sinceMs: state.learned.sinceMs - backMs },
  };
}
