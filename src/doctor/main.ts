/** `npm run doctor`: prints what works, what does not, and what to do about it. */
import { parseArgs } from 'node:util';
import type { DatabaseConfig } from '../config/config.ts';
import { readConfig } from '../config/read/read-config.ts';
import { createLog } from '../operations/log.ts';
import { useEnvironmentProxy } from '../operations/proxy.ts';
import { allProblems } from '../start/env-file.ts';
import { exampleProblems } from '../start/example-values.ts';
import { loadEnvironment } from '../start/secret-references.ts';
import { embeddedUrl } from '../storage/attach-database.ts';
import type { Line, Status } from './check/line.ts';
import { examine } from './doctor.ts';
import { settleDeadJob } from './settle-job.ts';

const usage = `usage: npm run doctor [-- [--json] [--blocks] | --retry JOB | --give-up JOB]

Looks at settings, database, Slack and every Amazon Connect instance, changes nothing, and says of each whether it is
well. The exit code is 0 when no line is a failure, 1 when one is, 2 for a wrong option.

  --json          one JSON object on standard output: {"ok": …, "lines": [{"name", "status", "found", "todo"}]}
  --blocks        also has Slack validate every kind of message and view that the bot sends (blocks.validate), unsent
  --retry JOB     has a job that was given up tried again
  --give-up JOB   forgets a job that was given up
`;

type Flags = {
  readonly json: boolean;
  readonly blocks: boolean;
  readonly help: boolean;
  readonly retry?: string;
  readonly 'give-up'?: string;
};

async function main(): Promise<number> {
  const flags = readFlags();
  if (!flags) return 2;
  if (flags.help) {
    process.stdout.write(usage);
    return 0;
  }
  useEnvironmentProxy(process.env);
  const filled = await loadEnvironment();
  const read = readConfig(filled.env);
  const found = [...(read.ok ? [] : read.problems), ...exampleProblems(filled.env)];
  const problems = allProblems(filled, found);
  if (!read.ok || problems.length > 0) {
    const lines = problems.map(
      ({ setting, wrong, source }): Line => ({
        name: `settings.${setting}`,
        status: 'fail',
        found: wrong,
        todo: source ?? 'Correct it.',
      }),
    );
    return print(lines, flags.json);
  }
  const { config } = read;
  const url =
    config.database.kind === 'url' ? config.database.url : await embeddedUrl(config.database);
  const jobId = flags.retry ?? flags['give-up'];
  if (jobId !== undefined) return settle(config.database, jobId, flags.retry ? 'retry' : 'give-up');
  const log = createLog({ level: 'silent' });
  return print(await examine(config, { log, databaseUrl: url, blocks: flags.blocks }), flags.json);
}

function readFlags(): Flags | null {
  try {
    const { values } = parseArgs({
      options: {
        json: { type: 'boolean', default: false },
        blocks: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        retry: { type: 'string' },
        'give-up': { type: 'string' },
      },
    });
    return values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    return null;
  }
}

async function settle(
  config: DatabaseConfig,
  jobId: string,
  how: 'retry' | 'give-up',
): Promise<number> {
  const log = createLog({ level: 'warn' }, { write: (line) => process.stderr.write(line) });
  const isSettled = await settleDeadJob(config, jobId, how, log);
  const done = how === 'retry' ? 'is tried again' : 'is forgotten';
  if (isSettled) process.stdout.write(`Job ${jobId} ${done}.\n`);
  else process.stderr.write(`No job ${jobId} was given up.\n`);
  return isSettled ? 0 : 1;
}

const signs: Record<Status, string> = { pass: 'ok  ', warn: 'warn', fail: 'FAIL', skip: 'skip' };

function print(lines: readonly Line[], json: boolean): number {
  const isWell = lines.every(({ status }) => status !== 'fail');
  if (json) {
    process.stdout.write(`${JSON.stringify({ ok: isWell, lines })}\n`);
  } else {
    const widest = Math.max(...lines.map(({ name }) => name.length));
    for (const { name, status, found, todo } of lines) {
      process.stdout.write(`${signs[status]}  ${name.padEnd(widest)}  ${found}\n`);
      if (todo !== undefined) process.stdout.write(`      ${' '.repeat(widest)}→ ${todo}\n`);
    }
    const failures = lines.filter(({ status }) => status === 'fail').length;
    process.stdout.write(isWell ? '\nAll is well.\n' : `\n${failures} to correct.\n`);
  }
  return isWell ? 0 : 1;
}

// Kept-alive connections must not prevent the command from ending.
process.exit(await main());
