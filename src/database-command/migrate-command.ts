/** `npm run migrate`: brings the tables up to date without starting the bot, or prints what it would do. */
import { parseArgs } from 'node:util';
import { databaseOf } from '../config/environment/read-environment.ts';
import { formatConfigProblems } from '../config/read/read-config.ts';
import { createLog } from '../operations/log.ts';
import { write } from '../start/database-command.ts';
import { loadEnvironment } from '../start/secret-references.ts';
import { attachDatabase, embeddedUrl } from '../storage/attach-database.ts';
import { refusedRights } from '../storage/database.ts';
import { createJobs } from '../storage/jobs.ts';
import { planJobTables, planMigrations } from './plan-store.ts';

const usage = `usage: npm run migrate [-- --dry-run]

Brings the database of DATABASE_URL or DATA_DIR up to date: the bot's tables, and those of its job engine. npm start does
the same; this is for a role that owns the tables while another one runs the bot (docs/database.md), and for looking first.

  --dry-run   print the SQL that would run. The migrations are run in a transaction that is taken back.
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      'dry-run': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    await write(usage);
    return 0;
  }
  const { env, problems } = await loadEnvironment();
  if (problems.length > 0) throw new Error(formatConfigProblems(problems));
  const config = databaseOf(env);
  if (values['dry-run']) {
    const url =
      config.kind === 'url' ? (config.directUrl ?? config.url) : await embeddedUrl(config);
    if (url !== null) return plan(url);
    process.stderr.write('The embedded database is not running; try again while the bot runs.\n');
    return 1;
  }
  const log = createLog({ level: 'warn' }, { write: (line) => process.stderr.write(line) });
  const database = await attachDatabase(config, { log });
  try {
    const jobs = createJobs({ database, log });
    await jobs.start();
    await jobs.stop({ graceful: true, timeoutMs: 5_000 });
  } finally {
    await database.close();
  }
  await write('The tables are up to date.\n');
  return 0;
}

async function plan(url: string): Promise<number> {
  const migrations = await planMigrations(url);
  for (const { name, statements } of migrations) {
    await write(
      `-- ${name}\n${statements.map((statement) => `${statement.trim()};\n`).join('')}\n`,
    );
  }
  const jobTables = await planJobTables(url);
  if (jobTables !== undefined) await write(`-- tables of the job engine, pg-boss\n${jobTables}\n`);
  if (migrations.length === 0 && jobTables === undefined) await write('-- nothing to do\n');
  return 0;
}

try {
  process.exit(await main());
} catch (error) {
  const told = refusedRights(error) ?? error;
  process.stderr.write(`${told instanceof Error ? told.message : told}\n`);
  const isUsage = error instanceof TypeError && 'code' in error;
  process.exit(isUsage ? 2 : 1);
}
