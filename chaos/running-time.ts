/** Measures how long a process has run, without the time in which SIGSTOP had suspended it. */

export type RunningTime = {
  /** The process was suspended (SIGSTOP) at this time. Has no effect when it is suspended already. */
  stopped(at: number): void;
  /** The process continues (SIGCONT) from this time. */
  continued(at: number): void;
  /** Milliseconds between two times in which the process was not suspended. */
  between(from: number, to: number): number;
};

/** Times are milliseconds of one monotonic clock, such as `performance.now()`. */
export function createRunningTime(): RunningTime {
  const hangs: { from: number; to: number }[] = [];
  const open = () => hangs.find(({ to }) => to === Number.POSITIVE_INFINITY);
  return {
    stopped(at) {
      if (!open()) hangs.push({ from: at, to: Number.POSITIVE_INFINITY });
    },
    continued(at) {
      const hang = open();
      if (hang) hang.to = at;
    },
    between(from, to) {
      const hung = hangs.map((hang) =>
        Math.max(0, Math.min(to, hang.to) - Math.max(from, hang.from)),
      );
      return Math.max(
        0,
        hung.reduce((left, milliseconds) => left - milliseconds, to - from),
      );
    },
  };
}
