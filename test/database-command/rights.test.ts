/** A role that runs the bot and owns nothing: its grants are sufficient, and no larger than necessary. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import pg from 'pg';
import { databaseLines } from '../../src/doctor/database-lines.ts';
import { createLog } from '../../src/operations/log.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { bareEnvironment } from '../bare-environment.ts';
import { type TestDatabase, testDatabase } from '../database.ts';
import { startScenario } from '../scenarios/harness.ts';
import { mary } from '../scenarios/stage.ts';
import { createsOf } from '../scenarios/wire.ts';
import { databaseAndRole, makeRole, type Role } from './roles.ts';

const run = promisify(execFile);
const log = createLog({ level: 'silent' });

const npmRun = (script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  run(process.execPath, [`src/database-command/${script}.ts`, ...args], {
    env: { ...bareEnvironment(), ...env },
  });

async function as(
  { url }: Pick<Role, 'url'>,
  statement: string,
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

/** The output of `npm run database -- grants`, executed by the owner of the tables. */
async function grant(database: Pick<TestDatabase, 'url' | 'query'>, role: Role): Promise<void> {
  const owner = new URL(database.url).username;
  const { stdout } = await npmRun('main', ['grants', '--to', role.name, '--owner', owner]);
  await database.query(stdout);
}

describe('npm run database -- grants', () => {
  test('a role with these rights runs the bot, and can change neither tables nor the audit trail', async (t) => {
    const roles: Role[] = [];
    const { sandbox, tara, ari, card, database } = await startScenario(t, {
      databaseUrl: async (url) => {
        const owner = { url, query: (text: string) => as({ url }, text) };
        const role = await makeRole(t, owner);
        await grant(owner, role);
        roles.push(role, await makeRole(t, owner));
        return role.url;
      },
    });
    const [role, another] = roles;
    assert.ok(role && another);
    const form = await tara.openForm();
    await form.submit(mary);
    assert.equal((await ari.press(await card(/Needs 1 approval/), 'Approve')).outcome, 'ok');
    await card(/✅ 1 created/);
    assert.equal(await createsOf(sandbox, 'Mary'), 1);

    for (const refused of [
      `update audit_events set kind = 'another'`,
      'delete from audit_events',
      'truncate audit_events cascade',
      `insert into audit_chain values (99, 1, '', '')`,
      'alter table audit_events disable trigger all',
      'drop table requests',
      'create table of_its_own ()',
      `insert into kysely_migration values ('9999-later', 'now')`,
    ]) {
      await assert.rejects(as(role, refused), { code: '42501' }, refused);
    }
    const [{ events } = {}] = await database.query(
      'select count(*)::int as events from audit_events',
    );
    assert.ok(Number(events) > 3);

    // Tables of others in the same schema are not the bot's concern.
    await database.query(`create table of_another (); revoke all on of_another from ${role.name};
      alter table of_another owner to ${another.name}`);
    const lines = await databaseLines({ kind: 'url', url: role.url }, role.url);
    assert.deepEqual(
      lines.filter(({ status }) => status !== 'pass'),
      [],
    );
    assert.match(
      lines.find(({ name }) => name === 'database.rights')?.found ?? '',
      /may not change tables/,
    );
  });

  test('a table of a later migration is the role’s to use as well', async (t) => {
    const { database, role } = await databaseAndRole(t);
    await grant(database, role);
    await database.query('create table later (id bigserial primary key, word text)');
    await as(role, `insert into later (word) values ('new'); delete from later`);
    await database.query('drop table later');
  });

  test('a bot whose role lacks a right says which one and what to run', async (t) => {
    const { database, role } = await databaseAndRole(t);
    const says =
      /not allow.*(permission denied|no schema has been selected).*npm run migrate.*npm run database -- grants/s;
    await assert.rejects(openDatabase({ kind: 'url', url: role.url }, { log }), {
      name: 'ProblemError',
      message: says,
    });
    await database.query('drop schema public cascade');
    await database.query('create schema public');
    // A role without access to any schema.
    await assert.rejects(openDatabase({ kind: 'url', url: role.url }, { log }), {
      name: 'ProblemError',
      message: says,
    });
    await database.query('grant usage on schema public to public');
    await assert.rejects(openDatabase({ kind: 'url', url: role.url }, { log }), {
      message: /permission denied for schema public/,
    });
    const started = run(process.execPath, ['src/database-command/migrate-command.ts'], {
      env: { ...bareEnvironment(), DATABASE_URL: role.url },
    });
    await assert.rejects(started, (error: Error & { stderr?: string; code?: number }) => {
      assert.equal(error.code, 1);
      assert.match(error.stderr ?? '', says);
      return true;
    });
  });

  test('a role that may not change tables does not start on tables that are behind', async (t) => {
    const { database, role } = await databaseAndRole(t);
    await grant(database, role);
    await database.query('delete from kysely_migration where name >= $1', ['0018']);
    await assert.rejects(openDatabase({ kind: 'url', url: role.url }, { log }), {
      message: /not allow.*npm run migrate/s,
    });
  });
});

describe('npm run migrate', () => {
  test('prepares an empty database, for the bot and its jobs, and then has nothing to do', async (t) => {
    const database = await testDatabase(t);
    await database.query('drop schema public cascade');
    await database.query('drop schema jobs cascade');
    await database.query('create schema public');
    const env = { DATABASE_URL: database.url };
    const planned = (await npmRun('migrate-command', ['--dry-run'], env)).stdout;
    assert.match(planned, /^-- 0001-requests\ncreate table/m);
    assert.match(planned, /create table "?audit_events/);
    assert.match(planned, /CREATE SCHEMA IF NOT EXISTS jobs/);
    const tables = `select count(*)::int as count from pg_tables where schemaname in ('public', 'jobs')`;
    assert.deepEqual(await database.query(tables), [{ count: 0 }], 'a dry run changes nothing');

    const { stdout } = await npmRun('migrate-command', [], env);
    assert.equal(stdout, 'The tables are up to date.\n');
    const [queues] = await database.query(
      `select count(*)::int as count from jobs.queue where name = 'provision'`,
    );
    assert.deepEqual(queues, { count: 1 });
    assert.equal(
      (await npmRun('migrate-command', ['--dry-run'], env)).stdout,
      '-- nothing to do\n',
    );
  });

  test('--dry-run prints what an older database lacks, of both kinds of tables', async (t) => {
    const database = await testDatabase(t);
    await database.query('drop schema public cascade');
    await database.query('create schema public');
    await database.query('update jobs.version set version = version - 1');
    const env = { DATABASE_URL: database.url };
    const planned = (await npmRun('migrate-command', ['--dry-run'], env)).stdout;
    assert.match(planned, /-- 0001-requests/);
    assert.match(planned, /-- tables of the job engine, pg-boss/);
    assert.doesNotMatch(planned, /CREATE SCHEMA IF NOT EXISTS jobs/);
  });

  test('an unknown option is refused', async () => {
    await assert.rejects(npmRun('migrate-command', ['--dryrun']), { code: 2 });
    await assert.rejects(npmRun('main', ['grant']), { code: 2 });
  });
});

describe('the version of Postgres', () => {
  test('a version that is too old is reported at the start and by doctor', async (t) => {
    const database = await testDatabase(t);
    // A function with the same name that is found first returns a different version.
    await database.query(`create function public.current_setting(asked text) returns text language sql as $$
      select case asked when 'server_version_num' then '130014' when 'server_version' then '13.14'
      else pg_catalog.current_setting(asked) end $$`);
    const url = new URL(database.url);
    url.searchParams.set('options', '-c search_path=public,pg_catalog');
    await assert.rejects(openDatabase({ kind: 'url', url: url.href }, { log }), {
      message: /is Postgres 13\.14; the bot needs 14 or newer/,
    });
    const lines = await databaseLines({ kind: 'url', url: url.href }, url.href);
    const line = lines.find(({ name }) => name === 'database.version');
    assert.equal(`${line?.status} ${line?.found}`, 'fail Postgres 13.14 is too old');
    await database.query('drop function public.current_setting(text)');
  });
});
