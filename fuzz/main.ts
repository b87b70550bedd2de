/**
 * `npm run fuzz [-- --inputs N] [--seed S] [--json] [--replay N]`: bad and unusual input at every target, most of
 * it within this process, some of it at the running bot. docs/fuzz.md lists what is tried and what counts as a
 * finding.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type FuzzReport, runFuzz } from './run.ts';
import type { FindingKind } from './target.ts';
import { runningBot } from './targets/running-bot.ts';
import { inProcessTargets } from './targets.ts';

const usage = 'usage: npm run fuzz [-- --inputs N] [--seed S] [--json] [--replay N]';
const flags = readFlags();
const inputs = numberOf('inputs', flags.inputs) ?? 20_000;
const seed = numberOf('seed', flags.seed) ?? randomInt(2 ** 31);
const replay = numberOf('replay', flags.replay);

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => stopping.abort());
}

say(`seed ${seed}; again with: npm run fuzz -- --inputs ${inputs} --seed ${seed}`);
const targets = [...(await inProcessTargets()), await runningBot()];
try {
  const report = await runFuzz(targets, {
    seed,
    inputs,
    ...(replay === undefined ? {} : { replay }),
    signal: stopping.signal,
    onProgress: say,
    outOfProcess: ['running bot', 'Connect answers', 'Slack answers'],
  });
  for (const { kind, target, input, detail } of report.findings) {
    say(`FOUND ${kind} at ${target}, input ${input}: ${detail}`);
    say(`  again with: npm run fuzz -- --inputs ${inputs} --seed ${seed} --replay ${input}`);
  }
  console.log(flags.json ? JSON.stringify(asJson(report)) : asText(report));
  process.exitCode = report.findings.length === 0 ? 0 : 1;
} finally {
  await Promise.all(targets.map((target) => target.close?.()));
}
process.exit();

function asJson(report: FuzzReport) {
  return {
    seed: report.seed,
    inputs: report.inputs,
    crashes: countOf(report, 'crash'),
    uncatalogued: countOf(report, 'uncatalogued'),
    stuck: countOf(report, 'stuck'),
    lost: countOf(report, 'lost'),
    secrets: countOf(report, 'secret'),
    slowest_ms: Math.round(report.slowestMs),
    // Programs read these keys, so they keep the name `border` for a target.
    slowest: report.slowest && { border: report.slowest.target, input: report.slowest.input },
    borders: report.perTarget,
    findings: report.findings.map(({ kind, target, input, detail }) => ({
      kind,
      border: target,
      input,
      detail,
    })),
  };
}

function asText(report: FuzzReport): string {
  const { findings: _findings, slowest: _slowest, borders, ...numbers } = asJson(report);
  return [...Object.entries(numbers), ...Object.entries(borders)]
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

function countOf({ findings }: FuzzReport, kind: FindingKind): number {
  return findings.filter((finding) => finding.kind === kind).length;
}

function readFlags() {
  try {
    const { values } = parseArgs({
      options: {
        inputs: { type: 'string' },
        seed: { type: 'string' },
        replay: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    return giveUp(error instanceof Error ? error.message : String(error));
  }
}

function numberOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) && value >= 0
    ? value
    : giveUp(`--${name} is a whole number, not “${text}”`);
}

function giveUp(why: string): never {
  console.error(`${why}\n${usage}`);
  process.exit(2);
}

function say(line: string): void {
  console.error(line);
}
