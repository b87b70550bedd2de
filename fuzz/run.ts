/** Generates inputs, tries each at its target, and collects the findings. */
import { performance } from 'node:perf_hooks';
import { chanceOf } from '../chaos/seeded.ts';
import type { Found, Target } from './target.ts';

export type FuzzFinding = Found & {
  readonly target: string;
  /** The number of the input. With the seed, it is enough to repeat the input. */
  readonly input: number;
};

export type FuzzReport = {
  readonly seed: number;
  readonly inputs: number;
  readonly perTarget: Readonly<Record<string, number>>;
  readonly findings: readonly FuzzFinding[];
  /** The targets that are tried within this process. */
  readonly slowestMs: number;
  readonly slowest: { readonly target: string; readonly input: number } | null;
};

export type FuzzOptions = {
  readonly seed: number;
  readonly inputs: number;
  /** Runs only this input, by its number in an earlier run. */
  readonly replay?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (line: string) => void;
  /** Measured, but not listed among the slowest inputs, because it uses the network. */
  readonly outOfProcess?: readonly string[];
};

/** The maximum number of findings that are kept: the first ones are enough to find the cause. */
const mostFindings = 100;
const progressEvery = 50_000;

export async function runFuzz(
  targets: readonly Target[],
  options: FuzzOptions,
): Promise<FuzzReport> {
  const { seed, inputs, replay, signal, onProgress, outOfProcess = [] } = options;
  const findings: FuzzFinding[] = [];
  const perTarget: Record<string, number> = {};
  let slowestMs = 0;
  let slowest: FuzzReport['slowest'] = null;
  let tried = 0;
  // An unhandled rejection must not end the run: it is itself a finding.
  let current = { target: '', input: 0 };
  const onUnhandled = (error: unknown) =>
    void note(findings, { ...current, kind: 'crash', detail: `unhandled: ${textOf(error)}` });
  process.on('unhandledRejection', onUnhandled);
  process.on('uncaughtException', onUnhandled);
  try {
    const first = replay ?? 0;
    const end = replay === undefined ? inputs : replay + 1;
    for (let input = first; input < end && !signal?.aborted; input++) {
      // Each input has its own generator, so that it can be repeated without the inputs before it.
      const chance = chanceOf(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(input + 1, 0x85ebca6b));
      const target = chosen(targets, chance.next());
      current = { target: target.name, input };
      const startedAt = performance.now();
      const found = await attempted(target, () => target.attempt(chance));
      const tookMs = performance.now() - startedAt;
      if (found) note(findings, { ...found, ...current });
      else if (tookMs > target.timeoutMs) {
        const detail = `answered after ${Math.round(tookMs)} ms`;
        note(findings, { kind: 'stuck', detail, ...current });
      }
      if (tookMs > slowestMs && !outOfProcess.includes(target.name)) {
        slowestMs = tookMs;
        slowest = current;
      }
      perTarget[target.name] = (perTarget[target.name] ?? 0) + 1;
      tried += 1;
      if (tried % progressEvery === 0) {
        onProgress?.(
          `${tried} inputs, ${findings.length} findings, slowest ${Math.round(slowestMs)} ms`,
        );
      }
    }
  } finally {
    process.off('unhandledRejection', onUnhandled);
    process.off('uncaughtException', onUnhandled);
  }
  return { seed, inputs: tried, perTarget, findings, slowestMs, slowest };
}

function chosen(targets: readonly Target[], at: number): Target {
  const all = targets.reduce((sum, { weight }) => sum + weight, 0);
  let left = at * all;
  for (const target of targets) {
    left -= target.weight;
    if (left < 0) return target;
  }
  const [first] = targets;
  if (!first) throw new Error('there is no target to try');
  return first;
}

/**
 * Returns the target's result. A thrown error is a `crash`, and no answer within three times its time limit is
 * `stuck`.
 */
async function attempted(
  target: Target,
  attempt: () => Promise<Found | null>,
): Promise<Found | null> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<Found>((resolve) => {
    timer = setTimeout(
      () => resolve({ kind: 'stuck', detail: `no answer within ${3 * target.timeoutMs} ms` }),
      3 * target.timeoutMs,
    );
  });
  try {
    return await Promise.race([attempt(), silence]);
  } catch (error) {
    return { kind: 'crash', detail: textOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function note(findings: FuzzFinding[], finding: FuzzFinding): void {
  if (findings.length < mostFindings) findings.push(finding);
}
