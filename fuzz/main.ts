/**
 * `npm run fuzz [-- --inputs N] [--seed S] [--json] [--replay N]`: bad and odd input at every border, most of it
 * in process, some of it at the running bot. docs/fuzz.md says what is tried and what counts as a finding.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { FindingKind } from './border.ts';
import { runningBot } from './borders/running-bot.ts';
import { inProcessBorders } from './borders.ts';
import { type FuzzReport, runFuzz } from './run.ts';

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
const borders = [...(await inProcessBorders()), await runningBot()];
try {
  const report = await runFuzz(borders, {
    seed,
    inputs,
    ...(replay === undefined ? {} : { replay }),
    signal: stopping.signal,
    onProgress: say,
    outOfProcess: ['running bot', 'Connect answers', 'Slack answers'],
  });
  for (const { kind, border, input, detail } of report.findings) {
    say(`FOUND ${kind} at ${border}, input ${input}: ${detail}`);
    say(`  again with: npm run fuzz -- --inputs ${inputs} --seed ${seed} --replay ${input}`);
  }
  console.log(flags.json ? JSON.stringify(asJson(report)) : asText(report));
  process.exitCode = report.findings.length === 0 ? 0 : 1;
} finally {
  await Promise.all(borders.map((border) => border.close?.()));
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
    slowest: report.slowest,
    borders: report.perBorder,
    findings: report.findings,
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
