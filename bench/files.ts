/**
 * Measures how fast a large file is read and checked compared with csv-parse alone on the same bytes, how long other
 * work on the main thread has to wait meanwhile, and the cost of many different names. The first run, before the code
 * is compiled, is reported separately.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parse } from 'csv-parse/sync';
import { explain } from '../src/errors/problem.ts';
import type { UserContext } from '../src/users/context.ts';
import { readAndCheck } from '../src/users/files/read-and-check.ts';
import { type LargeInstance, readLargeInstance } from './files-connect.ts';
import { fileOfUsers } from './files-input.ts';
import { type Bench, nowMs, percentile } from './measurement.ts';

const rows = 10_000;
const runs = 9;
const ratioRuns = 15;

/**
 * Collects the garbage of the previous run so that it does not count in the next one. `npm run bench` exposes `gc`.
 */
const sweep = () => globalThis.gc?.();

export const files: Bench = {
  name: 'files',
  about: `${rows} rows × 16 columns read and checked against a large instance, next to csv-parse alone`,
  async run(say) {
    const large = await readLargeInstance();
    say(`directory read with ${large.calls} calls`);
    const bytes = fileOfUsers(rows, (row) => `Routing Profile ${row % 500}`);
    const context = contextOf(large);
    const first = await measureFirst(bytes, context);
    say(`first run: ${first.seconds.toFixed(2)} s`);

    const ours: number[] = [];
    const alone: number[] = [];
    for (let run = 1; run <= runs; run += 1) {
      sweep();
      const before = nowMs();
      parse(bytes);
      alone.push(nowMs() - before);
      sweep();
      ours.push(await timeOf(bytes, context));
    }
    const oursMs = percentile(ours, 0.5);
    const aloneMs = percentile(alone, 0.5);
    // The two sides alternate, so that other load on the machine slows both sides of a ratio.
    const shares = ours.map((milliseconds, run) => (alone[run] ?? 0) / milliseconds);
    say(`csv-parse alone ${aloneMs.toFixed(0)} ms, read and checked ${oursMs.toFixed(0)} ms`);
    return [
      { name: 'seconds', value: oursMs / 1000, unit: 's', atMost: 0.5 },
      { name: 'first_seconds', value: first.seconds, unit: 's' },
      { name: 'share_of_csv_parse', value: percentile(shares, 0.5), unit: '×', atLeast: 0.3 },
      { name: 'loop_delay_p99_ms', value: first.loopDelayP99Ms, unit: 'ms', atMost: 50 },
      { name: 'memory_growth_mb', value: first.memoryGrowthMb, unit: 'MB', atMost: 150 },
      { name: 'connect_calls', value: large.calls, unit: '', atMost: 40 },
      { name: 'distinct_ratio', value: await distinctRatio(), unit: '×', atMost: 1.2 },
    ];
  },
};

function contextOf({ snapshot }: LargeInstance): UserContext {
  return {
    alias: 'production',
    identityMode: snapshot.facts.identityMode,
    samlEmail: 'refuse',
    defaultCountry: 'US',
    directory: snapshot,
    tagsOfTheBot: 1,
    canTypePassword: true,
  };
}

/** Returns milliseconds. Throws when a row has a finding, because a file that is rejected early would look fast. */
async function timeOf(bytes: Uint8Array, context: UserContext): Promise<number> {
  const before = nowMs();
  const { counts, findings } = await readAndCheck({ name: 'users.csv', bytes }, context);
  const milliseconds = nowMs() - before;
  const [finding] = findings;
  if (finding) throw new Error(`row ${finding.row}: ${explain(finding.problem)}`);
  if (counts.good === 0) throw new Error('no row was checked');
  return milliseconds;
}

/** The run with the longest event-loop delay and the largest memory growth. */
async function measureFirst(bytes: Uint8Array, context: UserContext) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const memoryBefore = process.memoryUsage().rss;
  let memoryPeak = memoryBefore;
  const watch = setInterval(() => {
    memoryPeak = Math.max(memoryPeak, process.memoryUsage.rss());
  }, 5);
  delay.enable();
  const milliseconds = await timeOf(bytes, context);
  delay.disable();
  clearInterval(watch);
  return {
    seconds: milliseconds / 1000,
    loopDelayP99Ms: delay.percentile(99) / 1e6,
    memoryGrowthMb: (Math.max(memoryPeak, process.memoryUsage.rss()) - memoryBefore) / 1024 ** 2,
  };
}

/**
 * Time for 1,000 rows with 1,000 different routing profile names, divided by the time for 1,000 rows with one name.
 * The two alternate.
 */
async function distinctRatio(): Promise<number> {
  const context = contextOf(await readLargeInstance(1_000));
  const small = fileOfUsers(1_000, () => 'Routing Profile 1');
  const many = fileOfUsers(1_000, (row) => `Routing Profile ${row}`);
  const times: { one: number[]; many: number[] } = { one: [], many: [] };
  for (let run = 1; run <= ratioRuns; run += 1) {
    sweep();
    times.one.push(await timeOf(small, context));
    sweep();
    times.many.push(await timeOf(many, context));
  }
  return percentile(
    times.many.map((milliseconds, run) => milliseconds / (times.one[run] ?? 0)),
    0.5,
  );
}
