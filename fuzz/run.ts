/** Draws inputs, tries each at its border, and collects what was found. */
import { performance } from 'node:perf_hooks';
import { chanceOf } from '../chaos/seeded.ts';
import type { Border, Found } from './border.ts';

export type FuzzFinding = Found & {
  readonly border: string;
  /** Number of the input: with the seed, all that a replay needs. */
  readonly input: number;
};

export type FuzzReport = {
  readonly seed: number;
  readonly inputs: number;
  readonly perBorder: Readonly<Record<string, number>>;
  readonly findings: readonly FuzzFinding[];
  /** Of the borders that are tried in process. */
  readonly slowestMs: number;
  readonly slowest: { readonly border: string; readonly input: number } | null;
};

export type FuzzOptions = {
  readonly seed: number;
  readonly inputs: number;
  /** Only this input, as an earlier run numbered it. */
  readonly replay?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (line: string) => void;
  /** Measured, but not among the slowest: it crosses the network. */
  readonly outOfProcess?: readonly string[];
};

/** More findings than this are not kept: the first ones say what is wrong. */
const mostFindings = 100;
const progressEvery = 50_000;

export async function runFuzz(
  borders: readonly Border[],
  options: FuzzOptions,
): Promise<FuzzReport> {
  const { seed, inputs, replay, signal, onProgress, outOfProcess = [] } = options;
  const findings: FuzzFinding[] = [];
  const perBorder: Record<string, number> = {};
  let slowestMs = 0;
  let slowest: FuzzReport['slowest'] = null;
  let tried = 0;
  // What nobody awaits must not end the run: it is the finding.
  let current = { border: '', input: 0 };
  const onUnhandled = (error: unknown) =>
    void note(findings, { ...current, kind: 'crash', detail: `unhandled: ${textOf(error)}` });
  process.on('unhandledRejection', onUnhandled);
  process.on('uncaughtException', onUnhandled);
  try {
    const first = replay ?? 0;
    const end = replay === undefined ? inputs : replay + 1;
    for (let input = first; input < end && !signal?.aborted; input++) {
      // Each input has a generator of its own, so that it can be repeated without those before it.
      const chance = chanceOf(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(input + 1, 0x85ebca6b));
      const border = chosen(borders, chance.next());
      current = { border: border.name, input };
      const startedAt = performance.now();
      const found = await attempted(border, () => border.attempt(chance));
      const tookMs = performance.now() - startedAt;
      if (found) note(findings, { ...found, ...current });
      else if (tookMs > border.timeoutMs) {
        const detail = `answered after ${Math.round(tookMs)} ms`;
        note(findings, { kind: 'stuck', detail, ...current });
      }
      if (tookMs > slowestMs && !outOfProcess.includes(border.name)) {
        slowestMs = tookMs;
        slowest = current;
      }
      perBorder[border.name] = (perBorder[border.name] ?? 0) + 1;
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
  return { seed, inputs: tried, perBorder, findings, slowestMs, slowest };
}

function chosen(borders: readonly Border[], at: number): Border {
  const all = borders.reduce((sum, { weight }) => sum + weight, 0);
  let left = at * all;
  for (const border of borders) {
    left -= border.weight;
    if (left < 0) return border;
  }
  const [first] = borders;
  if (!first) throw new Error('there is no border to try');
  return first;
}

/** The border's own answer; a throw is a crash, and silence for three times its time is `stuck`. */
async function attempted(
  border: Border,
  attempt: () => Promise<Found | null>,
): Promise<Found | null> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<Found>((resolve) => {
    timer = setTimeout(
      () => resolve({ kind: 'stuck', detail: `no answer within ${3 * border.timeoutMs} ms` }),
      3 * border.timeoutMs,
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
