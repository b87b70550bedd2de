/** `npm run requests`: lists requests and shows one, for scripts and operators. Changes nothing. */
import { once } from 'node:events';
import { databaseOf } from '../config/environment.ts';
import { createLog } from '../operations/log.ts';
import { attachDatabase } from '../storage/attach-database.ts';
import type { Database } from '../storage/database.ts';
import { requestJson, requestLine, requestText, rowJson } from './answers.ts';
import { type RequestsArguments, readArguments, UsageError, usage } from './arguments.ts';
import { readListed, readShown } from './list-store.ts';

async function main(asked: RequestsArguments): Promise<number> {
  if (asked.kind === 'help') {
    await write(usage);
    return 0;
  }
  const log = createLog({ level: 'warn' }, { write: (line) => process.stderr.write(line) });
  const database = await attachDatabase(databaseOf(process.env), { log });
  try {
    return asked.kind === 'list' ? await list(database, asked) : await show(database, asked);
  } finally {
    await database.close();
  }
}

async function list(
  { db }: Database,
  asked: Extract<RequestsArguments, { kind: 'list' }>,
): Promise<number> {
  for (const listed of await readListed(db, asked)) {
    await write(`${asked.json ? JSON.stringify(requestJson(listed)) : requestLine(listed)}\n`);
  }
  return 0;
}

async function show(
  { db }: Database,
  { requestId, json }: Extract<RequestsArguments, { kind: 'show' }>,
): Promise<number> {
  const found = await readShown(db, requestId);
  if (!found) {
    process.stderr.write(`There is no request CU-${requestId}.\n`);
    return 1;
  }
  const { listed, rows } = found;
  await write(
    json
      ? `${JSON.stringify({ ...requestJson(listed), outcomes: rows.map(rowJson) }, null, 2)}\n`
      : requestText(listed, rows),
  );
  return 0;
}

/** Waits for a slow reader: a list may be long. */
async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

try {
  process.loadEnvFile('.env');
} catch {
  // No .env: the environment says it all.
}
try {
  process.exitCode = await main(readArguments(process.argv.slice(2)));
} catch (error) {
  const isUsage = error instanceof UsageError;
  const words = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${words}\n${isUsage ? `\n${usage}` : ''}`);
  process.exitCode = isUsage ? 2 : 1;
}
