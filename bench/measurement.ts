/** What every bench gives back, and the little arithmetic that they share. */

export type Measurement = {
  /** Appears in the JSON under its bench: `ack_p50_ratio`. */
  readonly name: string;
  readonly value: number;
  readonly unit: '×' | 'ms' | 's' | 'MB' | '';
  /** The value that it should not exceed; absent: reported without a limit. */
  readonly atMost?: number;
  /** The value that it should reach. */
  readonly atLeast?: number;
};

export type Bench = {
  readonly name: string;
  /** What is measured, in a line. */
  readonly about: string;
  /** @param say tells how far it is, to somebody who waits */
  run(say: (line: string) => void): Promise<Measurement[]>;
};

/** The smallest value that at least `share` (0 to 1) of all values do not exceed. Throws on an empty list. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('no values to take a percentile of');
  return value;
}

/** Milliseconds on a clock that all processes and threads of this machine share. */
export function nowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
