/**
 * A database for one test: empty, with all tables, on the single Postgres of the whole `npm test` run. A test file
 * that runs by itself (`node --test test/…`) starts its own Postgres.
 */
import { randomUUID } from 'node:crypto';
import { after, type TestContext } from 'node:test';
import pg from 'pg';
import { asAtBirth } from './database-birth.ts';
import {
  serverVariable,
  startTestServer,
  type TestServer,
  templateName,
} from './database-server.ts';

export type TestDatabase = {
  /** In the configuration's format; `url` is for other clients. */
  readonly config: { readonly kind: 'url'; readonly url: string };
  readonly url: string;
  /** Runs a statement over connections of its own, independently of the code under test. */
  query(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** The same as a superuser who disables the database's triggers. */
  tamper(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Removes the database, even with open connections. With a test given, this happens when the test ends. */
  drop(): Promise<void>;
};

/** The server of this file alone, while it runs. */
let own: Promise<TestServer> | undefined;

after(stopOwnServer);

/** For a program outside a test run: nothing calls `after` there, and the server would keep the program running. */
export async function stopOwnServer(): Promise<void> {
  await (await own)?.stop();
}

/** Creates, renames and drops databases; one for each server, because a new connection costs as much as 20 queries. */
const administrators = new Map<string, pg.Pool>();

function administrator(server: string): pg.Pool {
  const known = administrators.get(server);
  if (known) return known;
  const pool = connectionsTo(server);
  administrators.set(server, pool);
  return pool;
}

async function serverUrl(): Promise<string> {
  const shared = process.env[serverVariable];
  if (shared !== undefined) return shared;
  own ??= startTestServer();
  return (await own).url;
}

/** @param t the test that the database is for; without it, call `drop` */
export async function testDatabase(t?: TestContext): Promise<TestDatabase> {
  const server = await serverUrl();
  const name = await takeDatabase(server);
  const url = databaseUrl(server, name);
  const pool = connectionsTo(url);
  const database: TestDatabase = {
    config: { kind: 'url', url },
    url,
    query: async (text, values = []) => (await pool.query(text, values)).rows,
    tamper: (text, values) =>
      connected(url, async (client) => {
        await client.query('set session_replication_role = replica');
        return (await client.query(text, values)).rows;
      }),
    async drop() {
      // A query that still waits for a lock ends when its connection is terminated.
      await Promise.all([pool.end(), giveBack(server, name)]);
    },
  };
  t?.after(database.drop);
  return database;
}

/** The name prefix of databases that tests have returned; each has its own suffix. */
const free = 'free_';

/** A returned database of another test, or a new one. */
async function takeDatabase(server: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = administrator(server);
  for (;;) {
    const { rows } = await admin.query<{ datname: string }>(
      `select datname from pg_database where starts_with(datname, '${free}')
       order by random() limit 1`,
    );
    const [found] = rows;
    if (!found) {
      await admin.query(`create database ${name} template ${templateName}`);
      return name;
    }
    // When two tests have found the same database, the second one cannot rename it anymore.
    const taken = await admin.query(`alter database ${found.datname} rename to ${name}`).then(
      () => true,
      () => false,
    );
    if (taken) return name;
  }
}

/** Under another name, so that a bot that is still running in the ended test no longer finds its database. */
async function giveBack(server: string, name: string): Promise<void> {
  const next = name.replace('test_', 'done_');
  const admin = administrator(server);
  await admin.query(`alter database ${name} allow_connections false`);
  await admin.query(
    'select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = $1',
    [name],
  );
  await admin.query(`alter database ${name} rename to ${next}`);
  await admin.query(`alter database ${next} allow_connections true`);
  const clean = await connected(databaseUrl(server, next), asAtBirth);
  await admin.query(
    clean
      ? `alter database ${next} rename to ${next.replace('done_', free)}`
      : `drop database ${next} with (force)`,
  );
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** Connections that do not keep the process running. The server may end them at any time. */
function connectionsTo(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 4, allowExitOnIdle: true });
  pool.on('error', () => {});
  // A connection can also be ended while it is being closed, and then the pool no longer listens to it.
  pool.on('connect', (client) => void client.on('error', () => {}));
  return pool;
}

async function connected<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
