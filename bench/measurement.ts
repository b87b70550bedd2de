/** The result type that all benchmarks return, and the arithmetic that they share. */

export type Measurement = {
  /** The key in the JSON output, under its benchmark: `ack_p50_ratio`. */
  readonly name: string;
  readonly value: number;
  readonly unit: '×' | 'ms' | 's' | 'MB' | '';
  /** Upper limit for the value; when absent, the value is reported without a limit. */
  readonly atMost?: number;
  /** Lower limit for the value. */
  readonly atLeast?: number;
};

export type Bench = {
  readonly name: string;
  /** A one-line description of what is measured. */
  readonly about: string;
  /** @param say prints progress for the person who started the benchmark */
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
