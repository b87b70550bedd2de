import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import { ProblemError } from '../../src/errors/problem.ts';
import { createLog } from '../../src/operations/log.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { isDatabaseUnavailable } from '../../src/storage/unavailable.ts';
import { testDatabase } from '../database.ts';
import { until } from '../until.ts';
import { wayTo } from './outage.ts';

const log = createLog({ level: 'silent' });
const open = (url: string, patienceMs = 0) =>
  openDatabase({ kind: 'url', url }, { log, patienceMs });

const isProblem = (code: string, text: RegExp) => (error: unknown) => {
  assert.ok(error instanceof ProblemError, String(error));
  assert.equal(error.problem.code, code);
  assert.match(error.message, text);
  return true;
};

describe('opening the database', () => {
  test('an empty one gets its tables, from two bots at once too', async (t) => {
    const { url, query } = await testDatabase(t);
    await query('drop schema public cascade');
    await query('create schema public');
    const bots = await Promise.all([open(url), open(url), open(url)]);
    t.after(() => Promise.all(bots.map((bot) => bot.close())));
    for (const { db } of bots) {
      assert.deepEqual(await db.selectFrom('requests').selectAll().execute(), []);
    }
    const applied = await query('select name from kysely_migration');
    assert.equal(new Set(applied.map(({ name }) => name)).size, applied.length);
  });

  test('one that a newer bot has prepared is refused, and left as it is', async (t) => {
    const { url, query } = await testDatabase(t);
    await query(
      `insert into kysely_migration (name, timestamp) values ('9999-future', '2099-01-01T00:00:00.000Z')`,
    );
    await assert.rejects(open(url), isProblem('database.newer', /9999-future/));
    assert.equal((await query('select 1 from kysely_migration')).length > 1, true);
  });

  test('a running bot goes on when a newer one prepares the database', async (t) => {
    const { url, query } = await testDatabase(t);
    const bot = await open(url);
    t.after(bot.close);
    await query('alter table requests add column from_the_future text');
    assert.deepEqual(await bot.db.selectFrom('requests').select('id').execute(), []);
  });

  test('a wrong password, and a database that is not there, are told at once and without the password', async (t) => {
    const { url } = await testDatabase(t);
    const wrong = new URL(url);
    wrong.password = 'not-the-password';
    await assert.rejects(open(wrong.href, 60_000), (error) => {
      assert.doesNotMatch(String(error), /not-the-password/);
      return isProblem('database.unreachable', /authentication failed/)(error);
    });
    const absent = new URL(url);
    absent.pathname = '/nowhere';
    await assert.rejects(
      open(absent.href, 60_000),
      isProblem('database.unreachable', /"nowhere" does not exist/),
    );
  });

  test('one that does not answer yet is waited for', async (t) => {
    const { url } = await testDatabase(t);
    const way = await wayTo(t, url);
    await way.cut();
    await assert.rejects(open(way.url, 100), isProblem('database.unreachable', /ECONNREFUSED/));
    const opening = open(way.url, 10_000);
    await way.restore();
    const bot = await opening;
    t.after(bot.close);
    assert.equal((await bot.pool.query('select 1')).rowCount, 1);
  });
});

describe('an open database', () => {
  test('gives big integers as numbers and times as dates', async (t) => {
    const { url } = await testDatabase(t);
    const bot = await open(url);
    t.after(bot.close);
    const { rows } = await sql<{ n: number; at: Date }>`
      select count(*) as n, timestamptz '2026-11-21 12:00+01' as at`.execute(bot.db);
    assert.deepEqual(rows, [{ n: 1, at: new Date('2026-11-21T11:00:00Z') }]);
  });

  test('that goes away fails its queries as unavailable, and works again when it is back', async (t) => {
    const { url } = await testDatabase(t);
    const way = await wayTo(t, url);
    const bot = await open(way.url);
    t.after(bot.close);
    const select = () => sql`select 1`.execute(bot.db);
    await select();
    const cutOff = [
      sql`select pg_sleep(30)`.execute(bot.db),
      bot.db.transaction().execute(async (trx) => {
        await sql`select 1`.execute(trx);
        await way.cut();
        await sql`select 1`.execute(trx);
      }),
    ];
    for (const result of await Promise.allSettled(cutOff)) {
      assert.equal(result.status, 'rejected');
      assert.ok(result.status === 'rejected' && isDatabaseUnavailable(result.reason));
    }
    await assert.rejects(select(), isDatabaseUnavailable);
    await way.restore();
    await until('it answers', () => select().catch(() => null));
  });

  test('ends a statement that takes too long, and a transaction that does nothing', async (t) => {
    const { url } = await testDatabase(t);
    const bot = await open(url);
    t.after(bot.close);
    const { rows } = await bot.pool.query(
      `select current_setting('statement_timeout') as statement,
         current_setting('idle_in_transaction_session_timeout') as idle`,
    );
    assert.deepEqual(rows, [{ statement: '10s', idle: '15s' }]);
    const slow = bot.db.transaction().execute(async (trx) => {
      await sql`set local statement_timeout = 50`.execute(trx);
      await sql`select pg_sleep(10)`.execute(trx);
    });
    await assert.rejects(slow, isDatabaseUnavailable);
  });

  test('survives its server ending every connection', async (t) => {
    const { url, query } = await testDatabase(t);
    const bot = await open(url);
    t.after(bot.close);
    await Promise.all([1, 2, 3].map(() => bot.pool.query('select pg_sleep(0.05)')));
    await query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await until('it answers', () => bot.pool.query('select 1').catch(() => null));
  });
});

describe('what counts as unavailable', () => {
  test('not a mistake in a statement, a broken rule, or another error', async (t) => {
    const { url } = await testDatabase(t);
    const bot = await open(url);
    t.after(bot.close);
    const mistakes = [
      'selekt',
      'select * from nowhere',
      'insert into posts (request_id) values (1)',
      'select 1/0',
    ];
    for (const mistake of mistakes) {
      await assert.rejects(bot.pool.query(mistake), (error) => !isDatabaseUnavailable(error));
    }
    for (const other of [
      new Error('no'),
      new TypeError('x is undefined'),
      'text',
      null,
      undefined,
    ]) {
      assert.equal(isDatabaseUnavailable(other), false);
    }
  });

  test('also when it is wrapped, or one of several', () => {
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    assert.equal(isDatabaseUnavailable(new Error('could not store', { cause: refused })), true);
    assert.equal(isDatabaseUnavailable(new AggregateError([refused])), true);
    const full = Object.assign(new Error('sorry'), { severity: 'FATAL', code: '53300' });
    assert.equal(isDatabaseUnavailable(full), true);
    const stopping = Object.assign(new Error('bye'), { severity: 'FATAL', code: '57P01' });
    assert.equal(isDatabaseUnavailable(stopping), true);
    const duplicate = Object.assign(new Error('twice'), { severity: 'ERROR', code: '23505' });
    assert.equal(isDatabaseUnavailable(duplicate), false);
  });
});
