import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import { ProblemError } from '../../src/errors/problem.ts';
import { createLog } from '../../src/operations/log.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { databaseTroubleOf, isDatabaseUnavailable } from '../../src/storage/unavailable.ts';
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
  test('an empty database gets its tables, even from two bots at once', async (t) => {
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

  test('a database that a newer version prepared is refused and left unchanged', async (t) => {
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

  test('a database that does not answer yet is waited for', async (t) => {
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

  test('fails its queries as unavailable while it is away, and works again afterwards', async (t) => {
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

  test('closes its pool also when nothing but the pool was used', async (t) => {
    const { config } = await testDatabase(t);
    const database = await openDatabase(config, { log });
    await database.pool.query('select 1');
    await database.close();
    assert.ok(database.pool.ended);
    assert.equal(database.pool.totalCount, 0);
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
  test('a mistake in a statement, a broken rule or another error is no outage', async (t) => {
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
      const failing = sql.raw(mistake).execute(bot.db);
      await assert.rejects(failing, (error) => !isDatabaseUnavailable(error));
    }
  });

  test('a network error of something else is no outage of the database, whatever it wraps', () => {
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    for (const error of [
      refused,
      new Error('a call to Slack was refused', { cause: refused }),
      new TypeError('fetch failed', { cause: refused }),
      new AggregateError([refused]),
      new TypeError('x is undefined'),
      'text',
      null,
      undefined,
    ]) {
      assert.equal(isDatabaseUnavailable(error), false, String(error));
    }
  });

  test('errors of pg are told apart as unavailable, too slow, or a mistake', () => {
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    const state = (code: string) =>
      databaseTroubleOf(Object.assign(new Error('said'), { severity: 'ERROR', code }));
    assert.equal(databaseTroubleOf(refused), 'away');
    assert.equal(databaseTroubleOf(new AggregateError([refused])), 'away');
    assert.equal(
      databaseTroubleOf(new Error('Connection terminated unexpectedly', { cause: refused })),
      'away',
    );
    assert.deepEqual(['53300', '57P01', '08006', '53100'].map(state), Array(4).fill('away'));
    assert.deepEqual(['57014', '25P03'].map(state), ['too-slow', 'too-slow']);
    assert.deepEqual(['23505', '22P05', '42P01'].map(state), [null, null, null]);
  });
});
