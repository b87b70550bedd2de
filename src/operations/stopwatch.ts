/** How much time has passed, including suspensions of the machine, and whether its clocks agree about it. */
import { uptime } from 'node:os';

/** The clocks of this machine, in milliseconds. */
export type Clocks = {
  /** Advances evenly while the machine runs, and stops while it is suspended (`performance.now()`). */
  monotonic(): number;
  /**
   * The time since the machine was started, including suspensions: Linux's CLOCK_BOOTTIME
   * (https://man7.org/linux/man-pages/man2/clock_gettime.2.html).
   */
  uptime(): number;
  /** The wall clock, which can be set. */
  wall(): number;
};

export const machineClocks: Clocks = {
  monotonic: () => performance.now(),
  uptime: () => uptime() * 1000,
  wall: () => Date.now(),
};

/** More than unset clocks differ within the seconds that are measured here. */
const toleranceMs = 1_000;

export type Stopwatch = {
  /** Milliseconds since the start, from the one of the two unsettable clocks that shows more. */
  elapsedMs(): number;
  /**
   * Whether the wall clock disagrees. Either it was set, or the machine was restored from a snapshot, which the other
   * clocks do not show: then only another machine's clock can determine how much time has passed.
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
