/**
 * `npm run chaos [-- --kills 200] [--seed N] [--rows N] [--transport socket|http] [--json]`: kills, suspends and
 * disconnects three replicas while people work with them, and then checks that the result is correct. docs/chaos.md
 * lists what is injected and what is checked.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type ChaosReport, runChaos } from './run.ts';

const usage =
  'usage: npm run chaos [-- --kills N] [--seed N] [--rows N] [--transport socket|http] [--json]';

const flags = readFlags();
const kills = numberOf('kills', flags.kills);
const seed = numberOf('seed', flags.seed);
/** As many rows as Slack's rate limit for messages in one channel allows to finish while the kills take place. */
const rows = flags.rows === undefined ? Math.max(60, kills * 10) : numberOf('rows', flags.rows);
const { transport } = flags;
if (transport !== undefined && transport !== 'socket' && transport !== 'http') {
  giveUp(`--transport is socket or http, not “${transport}”`);
}

const asked = ['--kills', kills, '--seed', seed, '--rows', rows];
if (transport !== undefined) asked.push('--transport', transport);
const replay = `npm run chaos -- ${asked.join(' ')}`;

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => stopping.abort());
}

const startedAt = Date.now();
say(`seed ${seed}; again with: ${replay}`);
try {
  const report = await runChaos({
    seed,
    kills,
    rows,
    ...(transport === undefined ? {} : { transport }),
    signal: stopping.signal,
    onProgress: say,
  });
  for (const { kind, where, detail } of report.findings) say(`FOUND ${kind} · ${where}: ${detail}`);
  if (report.folder !== null) say(`the replicas’ logs: ${report.folder}; again with: ${replay}`);
  console.log(flags.json ? JSON.stringify(asJson(report)) : asText(report));
  process.exit(report.findings.length === 0 ? 0 : 1);
} catch (error) {
  if (!stopping.signal.aborted) throw error;
  say('stopped');
  process.exit(130);
}

/** The keys of the JSON output, which programs rely on. */
function asJson(report: ChaosReport) {
  const { count, seed, transport, kills, faults, injected, requests, ends, rows, created } = report;
  return {
    seed,
    transport,
    kills,
    faults,
    injected,
    requests,
    ends,
    rows,
    created,
    lost: count.lost,
    doubled: count.doubled,
    stuck: count.stuck,
    untrue_messages: count.untrue,
    posted_twice: count['posted-twice'],
    secrets_in_logs: count.secret,
    unapproved: count.unapproved,
    own_ends: report.ownEnds,
    slowest_stop_s: Number((report.slowestStopMs / 1000).toFixed(1)),
    seconds: report.seconds,
    findings: report.findings,
    logs: report.folder,
    replay,
  };
}

function asText(report: ChaosReport): string {
  const injected = Object.entries(report.injected).sort(([, one], [, other]) => other - one);
  return [
    `${report.kills} kills and ${report.faults} faults in ${report.seconds} s (${report.transport} mode)`,
    ...injected.map(([name, times]) => `  ${String(times).padStart(4)} × ${name}`),
    `${report.requests} requests (${endings(report)}), ${report.rows} approved rows, ${report.created} users`,
    ...Object.entries(report.count).map(
      ([kind, times]) => `  ${String(times).padStart(4)} ${kind}`,
    ),
  ].join('\n');
}

function endings({ ends }: ChaosReport): string {
  return Object.entries(ends)
    .map(([end, times]) => `${times} ${end}`)
    .join(', ');
}

function say(line: string): void {
  process.stderr.write(
    `${String(Math.round((Date.now() - startedAt) / 1000)).padStart(4)} s  ${line}\n`,
  );
}

function readFlags() {
  try {
    return parseArgs({
      options: {
        kills: { type: 'string', default: '20' },
        seed: { type: 'string', default: String(randomInt(1_000_000)) },
        rows: { type: 'string' },
        transport: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return giveUp(error instanceof Error ? error.message : String(error));
  }
}

function numberOf(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) giveUp(`--${name} must be a whole number, not “${text}”`);
  return Number(text);
}

function giveUp(why: string): never {
  process.stderr.write(`${why}\n${usage}\n`);
  process.exit(2);
}
