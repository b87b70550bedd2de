/** How much time has passed, also while the machine slept, and whether its clocks agree about it. */
import { uptime } from 'node:os';

/** The clocks of this machine, in milliseconds. */
export type Clocks = {
  /** Goes on evenly while the machine runs, and stops while it is suspended (`performance.now()`). */
  monotonic(): number;
  /**
   * Since the machine was started, suspensions included: Linux's CLOCK_BOOTTIME
   * (https://man7.org/linux/man-pages/man2/clock_gettime.2.html).
   */
  uptime(): number;
  /** What the clock on the wall shows; anybody may set it. */
  wall(): number;
};

export const machineClocks: Clocks = {
  monotonic: () => performance.now(),
  uptime: () => uptime() * 1000,
  wall: () => Date.now(),
};

/** More than clocks that nobody sets drift apart within the seconds that are measured here. */
const toleranceMs = 1_000;

export type Stopwatch = {
  /** Milliseconds since the start, by whichever of the clocks that nobody sets shows more. */
  elapsedMs(): number;
  /**
   * Whether the wall clock says something else. Either somebody has set it, or the machine was restored from a
   * snapshot, of which the other clocks know nothing: somebody else's clock has to say how much time has passed.
   */
  isInDoubt(): boolean;
};

export function startStopwatch(clocks: Clocks = machineClocks): Stopwatch {
  const [monotonic, upSince, wall] = [clocks.monotonic(), clocks.uptime(), clocks.wall()];
  const elapsedMs = () => Math.max(clocks.monotonic() - monotonic, clocks.uptime() - upSince);
  return {
    elapsedMs,
    isInDoubt: () => Math.abs(clocks.wall() - wall - elapsedMs()) > toleranceMs,
  };
}
