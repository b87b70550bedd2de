/**
 * A database for one test: fresh, with all tables, on the one Postgres of the whole `npm test` run. A test
 * file that is run by itself (`node --test test/…`) brings up a Postgres of its own.
 */
import { randomUUID } from 'node:crypto';
import { after, type TestContext } from 'node:test';
import pg from 'pg';
import {
  serverVariable,
  startTestServer,
  type TestServer,
  templateName,
} from './database-server.ts';

export type TestDatabase = {
  /** As in the configuration; `url` is there for whatever else needs it. */
  readonly config: { readonly kind: 'url'; readonly url: string };
  readonly url: string;
  /** Runs a statement as an outsider would, beside the code under test. */
  query(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Deletes it, connections or not. Given a test, it is done when the test ends. */
  drop(): Promise<void>;
};

/** The server of this file alone, while there is one. */
let own: Promise<TestServer> | undefined;

after(async () => {
  await (await own)?.stop();
});

async function serverUrl(): Promise<string> {
  const shared = process.env[serverVariable];
  if (shared !== undefined) return shared;
  own ??= startTestServer();
  return (await own).url;
}

/** @param t the test that the database is for; without it, call `drop` */
export async function testDatabase(t?: TestContext): Promise<TestDatabase> {
  const server = await serverUrl();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await once(server, `create database ${name} template ${templateName}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const database: TestDatabase = {
    config: { kind: 'url', url: url.href },
    url: url.href,
    query: (text, values) => once(url.href, text, values),
    drop: async () => void (await once(server, `drop database if exists ${name} with (force)`)),
  };
  t?.after(database.drop);
  return database;
}

async function once(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}
