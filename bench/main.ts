/**
 * `npm run bench [-- names …] [-- --json]`: runs benchmarks on this machine. Timed runs belong here and never in `npm
 * test`, because their results depend on the machine and on its other load.
 */
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { stopOwnServer } from '../test/database.ts';
import { approvals } from './approvals.ts';
import { audit } from './audit.ts';
import { files } from './files.ts';
import { home } from './home.ts';
import { hostile } from './hostile.ts';
import type { Bench, Measurement } from './measurement.ts';
import { pacing } from './pacing.ts';
import { policy } from './policy.ts';
import { receipt } from './receipt.ts';
import { refusedChannel } from './refused-channel.ts';
import { repair } from './repair.ts';
import { scrape } from './scrape.ts';
import { slash } from './slash.ts';
import { start } from './start.ts';

const benches: readonly Bench[] = [
  slash,
  start,
  files,
  pacing,
  receipt,
  home,
  refusedChannel,
  scrape,
  audit,
  hostile,
  policy,
  approvals,
  repair,
];

const { values: flags, positionals: wanted } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
});

const unknown = wanted.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length > 0) {
  process.stderr.write(`no bench called ${unknown.join(', ')}; there are:\n`);
  for (const bench of benches) process.stderr.write(`  ${bench.name}: ${bench.about}\n`);
  process.exit(2);
}

const results: Record<string, Record<string, number>> = {};
for (const bench of benches) {
  if (wanted.length > 0 && !wanted.includes(bench.name)) continue;
  process.stderr.write(`${bench.name}: ${bench.about}\n`);
  const measurements = await bench.run((line) => process.stderr.write(`  ${line}\n`));
  results[bench.name] = Object.fromEntries(
    measurements.map(({ name, value }) => [name, Number(value.toFixed(3))]),
  );
  if (!flags.json) printTable(bench, measurements);
}
// A benchmark that created its own database leaves a server running, which would keep this process alive.
await stopOwnServer();
if (flags.json) console.log(JSON.stringify(results));
else console.log(machine());

function printTable(bench: Bench, measurements: readonly Measurement[]): void {
  console.log(`\n${bench.name.padEnd(26)}${'measured'.padStart(12)}${'limit'.padStart(14)}`);
  for (const { name, value, unit, atMost, atLeast } of measurements) {
    const shown = (number: number) => `${Number(number.toFixed(2))} ${unit}`.padStart(12);
    const limits = [
      ...(atMost === undefined ? [] : [`≤${shown(atMost)}`]),
      ...(atLeast === undefined ? [] : [`≥${shown(atLeast)}`]),
    ];
    const kept = value <= (atMost ?? value) && value >= (atLeast ?? value);
    const verdict = limits.length === 0 ? '' : kept ? '  ok' : '  MISSED';
    console.log(`  ${name.padEnd(24)}${shown(value)} ${limits.join(' ')}${verdict}`);
  }
  console.log('');
}

function machine(): string {
  const [first] = cpus();
  const memoryGb = Math.round(totalmem() / 1024 ** 3);
  return `on ${cpus().length} × ${first?.model ?? 'unknown processor'}, ${memoryGb} GB, Node ${process.version}`;
}
