/** The Postgres behind test/database.ts: the bot's own embedded one, in a temporary folder. */
import { rm } from 'node:fs/promises';
import pg from 'pg';
import { createLog } from '../src/operations/log.ts';
import { openDatabase } from '../src/storage/database.ts';
import { startEmbedded } from '../src/storage/embedded/run-embedded.ts';
import { createJobs } from '../src/storage/jobs.ts';
import { noteBirth } from './database-birth.ts';
import { databaseFolder } from './folder.ts';

/** The environment variable that tells test files where the run's Postgres is. */
export const serverVariable = 'TEST_DATABASE_SERVER';

/** The template that each test's database is a copy of: migrated once, with the job engine's tables. */
export const templateName = 'template_connect_add_user';

export type TestServer = { readonly url: string; stop(): Promise<void> };

export async function startTestServer(): Promise<TestServer> {
  const folder = await databaseFolder('test');
  const log = createLog({ level: 'error' });
  const embedded = await startEmbedded({ dataDir: folder, log, maxConnections: 200 });
  const stop = async () => {
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await makeTemplate(embedded.url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: embedded.url, stop };
}

async function makeTemplate(server: string): Promise<void> {
  const log = createLog({ level: 'error' });
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  // Nothing of it outlives the run, so nothing has to be written to disk.
  for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit', 'autovacuum']) {
    await admin.query(`alter system set ${setting} = off`);
  }
  await admin.query('select pg_reload_conf()');
  // Only this run connects, and checking the password would cost each connection some milliseconds.
  await admin.query('set scram_iterations = 1');
  const { username, password } = new URL(server);
  const [role, secret] = [admin.escapeIdentifier(username), admin.escapeLiteral(password)];
  await admin.query(`alter role ${role} password ${secret}`);
  await admin.query(`create database ${templateName}`);
  await admin.end();
  const url = new URL(server);
  url.pathname = `/${templateName}`;
  const database = await openDatabase({ kind: 'url', url: url.href }, { log });
  const jobs = createJobs({ database, log });
  await jobs.start();
  await jobs.stop({ graceful: true, timeoutMs: 5000 });
  await database.close();
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await noteBirth(client);
  await client.end();
}
