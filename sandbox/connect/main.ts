/**
 * `npm run sandbox:connect -- [--port N] [--rate N] [--burst N] [--latency-ms N] [--search-lag-ms N]
 * [--users-quota N] [--others N]`: the offline Amazon Connect alone.
 */
import { parseArgs } from 'node:util';
import type { ConnectSettings } from '../api/connect.ts';
import { SandboxProblem } from './problem.ts';
import { startConnect } from './server.ts';

const flags = {
  rate: 'ratePerSecond',
  burst: 'burst',
  'latency-ms': 'latencyMs',
  'search-lag-ms': 'searchLagMs',
  'users-quota': 'usersQuota',
  others: 'othersPerSecond',
} as const satisfies Record<string, keyof ConnectSettings>;

const usage = `usage: npm run sandbox:connect -- [--port N] ${Object.keys(flags)
  .map((flag) => `[--${flag} N]`)
  .join(' ')}`;

try {
  const { port, settings } = readArguments(process.argv.slice(2));
  const connect = await startConnect({ port, settings });
  console.log(`sandbox connect ready: ${connect.url}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void connect.stop());
  }
} catch (error) {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  console.error(error instanceof Error ? error.message : error);
  if (taken) console.error('Choose another port with --port, or 0 for any free one.');
  if (error instanceof TypeError || error instanceof SandboxProblem) console.error(usage);
  process.exitCode = 1;
}

function readArguments(args: string[]): { port: number; settings: Partial<ConnectSettings> } {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      port: text,
      rate: text,
      burst: text,
      'latency-ms': text,
      'search-lag-ms': text,
      'users-quota': text,
      others: text,
    },
  });
  const port = values.port ?? process.env.SANDBOX_CONNECT_PORT ?? '4001';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new TypeError(`The port must be a number from 0 to 65535, not '${port}'`);
  }
  const settings: Partial<ConnectSettings> = {};
  for (const [flag, setting] of Object.entries(flags)) {
    const value = values[flag as keyof typeof flags];
    if (value !== undefined) settings[setting] = numberOf(flag, value);
  }
  return { port: Number(port), settings };
}

function numberOf(flag: string, value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) {
    throw new TypeError(`--${flag} must be a number, not '${value}'`);
  }
  return number;
}
