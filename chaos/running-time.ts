/** How long a process has really run: the time during which it was stopped by SIGSTOP does not count. */

export type RunningTime = {
  /** It was stopped (SIGSTOP) at this moment. A process that is stopped already stays so. */
  stopped(at: number): void;
  /** It continues (SIGCONT) from this moment. */
  continued(at: number): void;
  /** Milliseconds between two moments in which it was not stopped. */
  between(from: number, to: number): number;
};

/** Moments are milliseconds of one clock that does not go back, such as `performance.now()`. */
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
