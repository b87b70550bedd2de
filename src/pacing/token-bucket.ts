/**
 * When the next call may go out: a token bucket that learns. Pure; times are milliseconds of one clock, the
 * database's.
 *
 * Amazon Connect allows a rate with a burst, whoever calls (quotas: 2 a second, 5 at once). While nobody else
 * calls, slots follow that bucket exactly (GCRA), half a token below full. When Connect throttles all the
 * same, somebody else uses the bucket:
 *
 * - one throttled call is let pass: the bucket is given time for two tokens, and the rate stays;
 * - from a second one soon after on, each lowers the rate by a share (multiplicative decrease), and the rate rises evenly
 *   in between until the whole of it is back (additive increase), as TCP does. A cubic curve with a memory of what went
 *   through comes one hundredth closer where half of the budget is left, and loses a quarter where three quarters are.
 */

export type PaceSettings = { readonly ratePerSecond: number; readonly burst: number };

/** What is left for us of a budget that others use too. */
export type Learned = {
  /** The rate just after the last throttled call, in calls a second. */
  readonly limitPerSecond: number;
  readonly sinceMs: number;
};

export type PaceState = {
  /** When the slot after the last one would be due if there were no burst. */
  readonly dueAtMs: number;
  /** When this state was made, to know a clock that goes back. */
  readonly madeAtMs: number;
  /** Goes up with each time that we gave way; a slot of an earlier epoch tells nothing new. */
  readonly epoch: number;
  /** A throttled call that did not change the rate. */
  readonly passedAtMs: number | null;
  readonly learned: Learned | null;
};

export type Slots = {
  readonly count: number;
  /** Until the last of them is due; the others may go out with it. */
  readonly waitMs: number;
  /** For how long it has been due; 0 when it is not due yet. */
  readonly lateMs: number;
  readonly epoch: number;
};

/** Half a token: what a call may be late or early on its way without finding the bucket empty. */
const slackTokens = 0.5;
/** Slots after a throttled call within which another one is no accident. */
const accidentSlots = 20;
/** How long the bucket is left alone after a throttled call, in tokens. */
const restTokens = 2;
/** What a throttled call leaves of the rate. */
const decrease = 0.7;
/** How much the rate rises in a second, in shares of the whole: from half of it, it takes two minutes. */
const increasePerSecond = 0.004;
/** At least a fortieth of the rate is kept, however often calls are throttled. */
const leastShare = 1 / 40;

export function untouched(nowMs: number): PaceState {
  return { dueAtMs: nowMs, madeAtMs: nowMs, epoch: 0, passedAtMs: null, learned: null };
}

/** Calls a second at this moment. */
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

/** Takes the next slots: as many as requested, or fewer where so many could not go out at once. */
export function takeSlots(
  before: PaceState,
  settings: PaceSettings,
  nowMs: number,
  wanted: number,
): { readonly state: PaceState; readonly slots: Slots } {
  const known = forgetRecovered(onThisClock(before, nowMs), settings, nowMs);
  const intervalMs = 1000 / rateAt(known, settings, nowMs);
  const count = Math.min(wanted, Math.max(1, Math.floor(burstOf(known, settings))));
  const burstMs = burstOf(known, settings) * intervalMs;
  const dueAtMs = Math.max(known.dueAtMs, nowMs) + count * intervalMs;
  const state = { ...known, dueAtMs };
  // Counted from the time before the state was brought up to now: a bucket that has been full for long is late by long.
  const lateMs = nowMs - (known.dueAtMs + count * intervalMs - burstMs);
  const waitMs = Math.max(0, dueAtMs - nowMs - burstMs);
  return { state, slots: { count, waitMs, lateMs: Math.max(0, lateMs), epoch: state.epoch } };
}

/** A call in a slot of this epoch was throttled. Several of one epoch met the same empty bucket. */
export function giveWay(
  before: PaceState,
  settings: PaceSettings,
  nowMs: number,
  epoch: number,
): PaceState {
  const known = onThisClock(before, nowMs);
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

/** The bucket gets time for some tokens before the next call needs one. */
function rested(
  state: PaceState,
  settings: PaceSettings,
  nowMs: number,
  ratePerSecond: number,
): PaceState {
  const tokens = restTokens + burstOf(state, settings) - 1;
  return { ...state, dueAtMs: Math.max(state.dueAtMs, nowMs + (tokens / ratePerSecond) * 1000) };
}

/** Slots that may go out at once. With others about, nobody knows what the bucket holds. */
function burstOf(state: PaceState, settings: PaceSettings): number {
  return state.learned ? 1 : Math.max(1, settings.burst - slackTokens);
}

function forgetRecovered(state: PaceState, settings: PaceSettings, nowMs: number): PaceState {
  const recovered = rateAt(state, settings, nowMs) >= settings.ratePerSecond;
  return recovered && state.learned ? { ...state, learned: null } : state;
}

/** The same state on the clock as it is now. One that was set back would otherwise keep everybody waiting until it is where it was. */
export function onThisClock(state: PaceState, nowMs: number): PaceState {
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
