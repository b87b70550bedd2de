/** The common part of the command line tools that read the bot's database. */
import { once } from 'node:events';
import { databaseOf } from '../config/environment/read-environment.ts';
import { formatConfigProblems } from '../config/read/read-config.ts';
import { createLog } from '../operations/log.ts';
import { attachDatabase } from '../storage/attach-database.ts';
import type { Database } from '../storage/database.ts';
import { loadEnvironment } from './secret-references.ts';

/**
 * Runs `work` on the database of `DATABASE_URL` or `DATA_DIR`, from the environment and `.env` as for `npm start`,
 * and closes it. Warnings are written to the error stream, so that standard output contains only the answer.
 *
 * @throws Error when a settings file cannot be read, and `ProblemError` as `openDatabase` does
 */
export async function withDatabase<Result>(
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const { env, problems } = await loadEnvironment();
  if (problems.length > 0) throw new Error(formatConfigProblems(problems));
  const log = createLog({ level: 'warn' }, { write: (line) => process.stderr.write(line) });
  const database = await attachDatabase(databaseOf(env), { log });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** Writes to standard output and waits for a slow reader, because an answer can be larger than memory. */
export async function write(text: string): Promise<void> {
  if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain');
}
