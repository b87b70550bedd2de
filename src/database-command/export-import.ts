/** `npm run database -- export | import`: one database's contents to another, such as from the embedded one to a server. */
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { z } from 'zod';
import { readChain } from '../audit/audit-store.ts';
import { verifyChain } from '../audit/verify.ts';
import type { Log } from '../operations/log.ts';
import type { Database } from '../storage/database.ts';
import { createJobs } from '../storage/jobs.ts';
import { latestMigration } from '../storage/migrate.ts';
import { withClient } from '../storage/with-client.ts';
import {
  beginReading,
  beginWriting,
  countBots,
  readCounters,
  readFilled,
  readJobVersion,
  readRows,
  readTables,
  rewriteMessages,
  switchTriggers,
  writeCounter,
  writeRows,
} from './export-import-store.ts';

const tableLine = z.object({ name: z.string(), columns: z.array(z.string()) });
const header = z.object({
  format: z.literal('connect-add-user database 1'),
  migration: z.string(),
  jobVersion: z.number(),
  tables: z.array(tableLine),
  counters: z.array(z.object({ name: z.string(), last: z.string(), called: z.boolean() })),
});
const rowsLine = z.object({ table: z.string(), rows: z.array(z.string()) });
const lastLine = z.object({ end: z.number() });

/** An action that the person has to take first; the message describes it. */
export class TransferError extends Error {}

export type TransferCounts = { readonly rows: number; readonly tables: number };

/**
 * Writes everything to a new file that only its owner may read: a header, rows by table, and their number at the end.
 *
 * @throws TransferError when a bot still runs on the database, or the audit trail is incomplete
 */
export async function exportTo(
  file: string,
  database: Database,
  log: Log,
): Promise<TransferCounts> {
  await refuseBots(database);
  await prepareJobs(database, log);
  await refuseBrokenTrail(database);
  return copying(database.directUrl, async (client) => {
    await beginReading(client);
    const tables = await readTables(client);
    let rows = 0;
    const lines = async function* () {
      const counters = await readCounters(client);
      const jobVersion = await readJobVersion(client);
      const format = 'connect-add-user database 1';
      yield line({ format, migration: latestMigration, jobVersion, tables, counters });
      for (const table of tables) {
        for await (const some of readRows(client, table)) {
          rows += some.length;
          yield line({ table: table.name, rows: some });
        }
      }
      yield line({ end: rows });
    };
    await pipeline(Readable.from(lines()), createWriteStream(file, { flags: 'wx', mode: 0o600 }));
    return { rows, tables: tables.length };
  });
}

/**
 * Imports a file into an empty database, completely or not at all.
 *
 * @throws TransferError when the file has another version or is truncated, the database is not empty, or a bot runs on
 *   it
 */
export async function importFrom(
  file: string,
  database: Database,
  log: Log,
): Promise<TransferCounts> {
  const source = createReadStream(file, 'utf8');
  await new Promise((resolve, reject) => source.once('open', resolve).once('error', reject));
  await refuseBots(database);
  await prepareJobs(database, log);
  const carried = await copying(database.directUrl, async (client) => {
    await beginWriting(client);
    const done = await takeIn(source, client);
    await client.query('commit');
    return done;
  });
  await refuseBrokenTrail(database);
  return carried;
}

/**
 * After an older copy was restored in any way: makes the bot write the cards of all open requests again, in the state
 * of this database.
 *
 * @throws TransferError when a bot runs on the database
 */
export async function afterRestore(
  database: Database,
  log: Log,
): Promise<{ readonly id: number; readonly state: string }[]> {
  await refuseBots(database);
  const open = await copying(database.directUrl, rewriteMessages);
  const jobs = createJobs({ database, log });
  await jobs.start();
  await database.db.transaction().execute(async (trx) => {
    for (const { id } of open) {
      await jobs.enqueue(trx, { queue: 'publish', data: { requestId: id } });
    }
  });
  await jobs.stop({ graceful: true, timeoutMs: 5_000 });
  return open;
}

async function takeIn(source: Readable, client: pg.Client): Promise<TransferCounts> {
  const tables = await readTables(client);
  // Attached immediately, because lines that are emitted before a reader is attached are lost.
  const lines = createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY });
  let rows = 0;
  let head: z.infer<typeof header> | undefined;
  let ended = false;
  for await (const text of lines) {
    const written: unknown = parsed(text);
    if (!head) {
      head = await readHeader(written, tables, client);
      continue;
    }
    const end = lastLine.safeParse(written);
    if (end.success) {
      if (end.data.end !== rows) throw cutOff();
      ended = true;
      continue;
    }
    const some = rowsLine.safeParse(written);
    const table = tables.find(({ name }) => name === some.data?.table);
    if (!some.success || !table || ended) throw cutOff();
    await writeRows(client, table, some.data.rows);
    rows += some.data.rows.length;
  }
  if (!head || !ended) throw cutOff();
  for (const counter of head.counters) await writeCounter(client, counter);
  await switchTriggers(client, tables, 'enable');
  return { rows, tables: tables.length };
}

async function readHeader(
  written: unknown,
  tables: Awaited<ReturnType<typeof readTables>>,
  client: pg.Client,
): Promise<z.infer<typeof header>> {
  const read = header.safeParse(written);
  if (!read.success) throw new TransferError('This is no file of npm run database -- export.');
  const { data } = read;
  const isSame =
    data.migration === latestMigration &&
    data.jobVersion === (await readJobVersion(client)) &&
    JSON.stringify(data.tables) === JSON.stringify(tables);
  if (!isSame) {
    throw new TransferError(
      `The file is of another version of the bot (${data.migration}; this one: ${latestMigration}). Export and import with the same version, then upgrade.`,
    );
  }
  const filled = await readFilled(client, tables);
  if (filled.length > 0) {
    throw new TransferError(
      `The database is not empty (${filled.join(', ')}). Import into a new one, before a bot starts on it.`,
    );
  }
  await switchTriggers(client, tables, 'disable');
  return data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function cutOff(): TransferError {
  return new TransferError(
    'The file is cut off or was changed; nothing was imported. Export again.',
  );
}

function line(content: object): string {
  return `${JSON.stringify(content)}\n`;
}

/** On a separate connection without time limits, because copying can take long. */
function copying<T>(url: string, use: Parameters<typeof withClient<T>>[1]): Promise<T> {
  return withClient(url, use, { application_name: 'connect-add-user copy' });
}

/** Creates the job engine's tables and the bot's queues, as a bot's first start does. */
async function prepareJobs(database: Database, log: Log): Promise<void> {
  const jobs = createJobs({ database, log });
  await jobs.start();
  await jobs.stop({ graceful: true, timeoutMs: 5_000 });
}

async function refuseBots({ directUrl }: Database): Promise<void> {
  const bots = await copying(directUrl, countBots);
  if (bots > 0) {
    throw new TransferError(
      'A bot runs on this database. Stop it first: what it stores meanwhile would be lost.',
    );
  }
}

async function refuseBrokenTrail({ pool }: Database): Promise<void> {
  const { problems } = await verifyChain(readChain(pool));
  if (problems.length > 0) {
    throw new TransferError(
      `The audit trail is not whole: ${problems[0]}. See npm run audit -- verify.`,
    );
  }
}
