/** Random numbers that can be reproduced: the same seed gives the same sequence on every machine. */

export type Chance = {
  /** From 0 up to, but not including, 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  /** True in this share of cases (0 to 1). */
  happens(share: number): boolean;
  /** A random item. Throws for an empty list. */
  pick<T>(from: readonly T[]): T;
  /** All items in a random order. */
  shuffled<T>(from: readonly T[]): T[];
  /** A separate generator, so that numbers drawn from it do not change this sequence. */
  fork(): Chance;
};

/** Mulberry32 (Tommy Ettinger, public domain). Its 32 bits of state are enough for choosing faults. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    whole,
    happens: (share) => next() < share,
    pick(from) {
      const [picked] = from.slice(whole(0, from.length - 1));
      if (picked === undefined) throw new Error('nothing to pick from');
      return picked;
    },
    shuffled(from) {
      return from
        .map((value) => ({ value, order: next() }))
        .sort((left, right) => left.order - right.order)
        .map(({ value }) => value);
    },
    fork: () => chanceOf(whole(0, 2 ** 32 - 1)),
  };
}
