/** `npm run requests`: lists requests and shows one, for scripts and operators. Changes nothing. */
import { withDatabase, write } from '../start/database-command.ts';
import type { Database } from '../storage/database.ts';
import { type RequestsArguments, readArguments, UsageError, usage } from './arguments.ts';
import { readListed, readShown } from './list-store.ts';
import { requestJson, requestLine, requestText, rowJson } from './print-requests.ts';

async function main(asked: RequestsArguments): Promise<number> {
  if (asked.kind === 'help') {
    await write(usage);
    return 0;
  }
  return withDatabase((database) =>
    asked.kind === 'list' ? list(database, asked) : show(database, asked),
  );
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

try {
  process.exitCode = await main(readArguments(process.argv.slice(2)));
} catch (error) {
  const isUsage = error instanceof UsageError;
  const words = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${words}\n${isUsage ? `\n${usage}` : ''}`);
  process.exitCode = isUsage ? 2 : 1;
}
