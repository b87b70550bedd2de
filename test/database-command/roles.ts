/** Roles of Postgres for one test, and their permissions. */
import { randomBytes } from 'node:crypto';
import type { TestContext } from 'node:test';
import { type TestDatabase, testDatabase } from '../database.ts';

export type Role = { readonly name: string; readonly url: string };

/** A database, and a role that may connect to it and has no other right. */
export async function databaseAndRole(
  t: TestContext,
): Promise<{ readonly database: TestDatabase; readonly role: Role }> {
  const database = await testDatabase();
  const role = await makeRole(t, database);
  t.after(database.drop);
  return { database, role };
}

/** Removed when the test ends. Call this before anything drops the database. */
export async function makeRole(
  t: TestContext,
  database: Pick<TestDatabase, 'url' | 'query'>,
): Promise<Role> {
  const name = `role_${randomBytes(6).toString('hex')}`;
  await database.query(`create role ${name} login password 'secret'`);
  t.after(async () => {
    await database.query(`drop owned by ${name}`);
    await database.query(`drop role ${name}`);
  });
  const url = new URL(database.url);
  url.username = name;
  url.password = 'secret';
  return { name, url: url.href };
}
