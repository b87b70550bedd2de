/** A clock that moves only when a test moves it. */
export type Clock = { now: () => Date; forward: (ms: number) => void };

export function createClock(start = new Date('2026-11-20T09:00:00Z')): Clock {
  let at = start.getTime();
  return {
    now: () => new Date(at),
    forward(ms) {
      at += ms;
    },
  };
}
