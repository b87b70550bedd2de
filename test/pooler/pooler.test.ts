/** The bot behind PgBouncer works as without it, or says at the start why it cannot. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import type { DatabaseConfig } from '../../src/config/config.ts';
import { databaseLines } from '../../src/doctor/database-lines.ts';
import { createLog } from '../../src/operations/log.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { isDatabaseUnavailable } from '../../src/storage/unavailable.ts';
import { testDatabase } from '../database.ts';
import { startScenario } from '../scenarios/harness.ts';
import { mary } from '../scenarios/stage.ts';
import { createsOf } from '../scenarios/wire.ts';
import { isInstalled, throughPgBouncer } from './pgbouncer.ts';

const log = createLog({ level: 'silent' });
const required = process.env.POOLER_TEST === 'required';
const skip = isInstalled || required ? false : 'PgBouncer is not installed';

type UrlConfig = Extract<DatabaseConfig, { kind: 'url' }>;

const sessionLine = async (config: UrlConfig) =>
  (await databaseLines(config, config.url)).find(({ name }) => name === 'database.session');

describe('behind PgBouncer', { skip }, () => {
  test('the bot refuses to start with transaction mode only, and changes nothing', async (t) => {
    const database = await testDatabase(t);
    await database.query('drop table kysely_migration');
    const url = await throughPgBouncer(t, database.url, 'transaction');
    await assert.rejects(openDatabase({ kind: 'url', url }, { log }), {
      message: /DATABASE_URL leads through a pooler.*DATABASE_DIRECT_URL/s,
    });
    const [migrated] = await database.query(`select to_regclass('kysely_migration') as name`);
    assert.equal(migrated?.name, null, 'no migration has begun');
    const lines = await databaseLines({ kind: 'url', url }, url);
    const failures = lines.filter(({ status }) => status === 'fail');
    assert.deepEqual(
      failures.map(({ name }) => name),
      ['database.session'],
    );
    assert.match(`${failures[0]?.found} ${failures[0]?.todo}`, /transaction.*DATABASE_DIRECT_URL/);
  });

  test('the setting for an address past the pooler is named when that address leads through the pooler as well', async (t) => {
    const database = await testDatabase(t);
    const url = await throughPgBouncer(t, database.url, 'transaction');
    await assert.rejects(openDatabase({ kind: 'url', url, directUrl: url }, { log }), {
      message: /DATABASE_DIRECT_URL leads through a pooler/,
    });
  });

  test('an address past the pooler that leads to another database is refused', async (t) => {
    const [database, other] = await Promise.all([testDatabase(t), testDatabase(t)]);
    const url = await throughPgBouncer(t, database.url, 'transaction');
    const config = { kind: 'url', url, directUrl: other.url } as const;
    await assert.rejects(openDatabase(config, { log }), {
      message: /^DATABASE_URL and DATABASE_DIRECT_URL lead to different databases/,
    });
    const line = await sessionLine(config);
    assert.equal(line?.status, 'fail');
    assert.match(line.found, /different databases/);
  });

  test('the bot says that statement mode has no transactions', async (t) => {
    const database = await testDatabase(t);
    const url = await throughPgBouncer(t, database.url, 'statement');
    const config = { kind: 'url', url, directUrl: database.url } as const;
    await assert.rejects(openDatabase(config, { log }), { message: /takes no transactions/ });
    const line = await sessionLine(config);
    assert.match(`${line?.status} ${line?.found}`, /fail.*no transactions/);
  });

  test('the limits on statements apply in every transaction in transaction mode', async (t) => {
    const direct = await testDatabase(t);
    const url = await throughPgBouncer(t, direct.url, 'transaction');
    const config = { kind: 'url', url, directUrl: direct.url } as const;
    const database = await openDatabase(config, { log });
    t.after(() => database.close());
    const limits = sql<{ statement: string; idle: string }>`
      select current_setting('statement_timeout') as statement,
        current_setting('idle_in_transaction_session_timeout') as idle`;
    const inWork = { statement: '10s', idle: '15s' };
    assert.deepEqual((await limits.execute(database.db)).rows, [inWork]);
    const inTransaction = await database.db.transaction().execute((trx) => limits.execute(trx));
    assert.deepEqual(inTransaction.rows, [inWork]);
    assert.deepEqual((await limits.execute(database.intake)).rows, [
      { statement: '1s', idle: '5s' },
    ]);

    const tooSlow = (error: unknown) =>
      isDatabaseUnavailable(error) && error.trouble === 'too-slow';
    await assert.rejects(sql`select pg_sleep(5)`.execute(database.intake), tooSlow);
    await assert.rejects(
      database.intake.transaction().execute((trx) => sql`select pg_sleep(5)`.execute(trx)),
      tooSlow,
    );
    assert.deepEqual((await limits.execute(database.intake)).rows, [
      { statement: '1s', idle: '5s' },
    ]);

    // A refused statement leaves no open transaction, and a rolled-back transaction leaves no changes.
    await assert.rejects(sql`select 1 / 0`.execute(database.db), /division by zero/);
    await sql`create table kept (number int)`.execute(database.db);
    await sql`insert into kept values (1)`.execute(database.db);
    await assert.rejects(
      database.db.transaction().execute(async (trx) => {
        await sql`insert into kept values (2)`.execute(trx);
        throw new Error('changed my mind');
      }),
      /changed my mind/,
    );
    assert.deepEqual(await direct.query('select number from kept'), [{ number: 1 }]);
    await direct.query('drop table kept');
    const others = await direct.query(
      `select count(*)::int as open from pg_stat_activity
       where datname = current_database() and state like 'idle in transaction%'`,
    );
    assert.deepEqual(others, [{ open: 0 }]);
    const line = await sessionLine(config);
    assert.equal(line?.status, 'pass', line?.found);
  });

  for (const mode of ['transaction', 'session'] as const) {
    test(`in ${mode} mode, what is requested is stored, approved and created`, async (t) => {
      const {
        sandbox,
        tara,
        ari,
        card,
        startReplica,
        log: said,
      } = await startScenario(t, {
        databaseUrl: (url) => throughPgBouncer(t, url, mode),
        directUrl: mode === 'transaction',
      });
      await startReplica();
      const form = await tara.openForm();
      const sent = await form.submit(mary);
      assert.equal(sent.outcome, 'closed', JSON.stringify(sent));
      const asked = await card(/Needs 1 approval/);
      assert.equal((await ari.press(asked, 'Approve')).outcome, 'ok');
      await card(/✅ 1 created · approved by Ari Admin/);
      assert.equal(await createsOf(sandbox, 'Mary'), 1);
      assert.doesNotMatch(said(), /"level":(50|"error")/);
    });
  }
});
