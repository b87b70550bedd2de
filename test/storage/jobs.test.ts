import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { createLog } from '../../src/operations/log.ts';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { createJobs, type Job, type Jobs } from '../../src/storage/jobs.ts';
import { isDatabaseUnavailable } from '../../src/storage/unavailable.ts';
import { testDatabase } from '../database.ts';
import { until } from '../until.ts';
import { wayTo } from './outage.ts';

const log = createLog({ level: 'silent' });

type Bot = { readonly database: Database; readonly jobs: Jobs };

async function startBot(t: TestContext, url: string, exclusive = false): Promise<Bot> {
  const opened = await openDatabase({ kind: 'url', url }, { log });
  const database = { ...opened, exclusive };
  const jobs = createJobs({ database, log });
  await jobs.start();
  t.after(async () => {
    await jobs.stop({ graceful: false, timeoutMs: 0 });
    await database.close();
  });
  return { database, jobs };
}

const publish = (requestId: number, startAfter?: Date) => ({
  queue: 'publish' as const,
  data: { requestId },
  ...(startAfter ? { startAfter } : {}),
});

/** A handler that records its jobs, and continues when the test says so. */
function recorder() {
  const seen: number[] = [];
  let running = 0;
  let most = 0;
  let gate: Promise<void> = Promise.resolve();
  let open = () => {};
  return {
    seen,
    most: () => most,
    running: () => running,
    close() {
      ({ promise: gate, resolve: open } = Promise.withResolvers<void>());
    },
    open: () => open(),
    handler: async (job: Job<'publish'>) => {
      seen.push(job.data.requestId);
      most = Math.max(most, ++running);
      await gate;
      running--;
    },
  };
}

describe('jobs', { concurrency: false }, () => {
  test('H7: a job exists if and only if its transaction is committed', async (t) => {
    const { url } = await testDatabase(t);
    const { database, jobs } = await startBot(t, url);
    const work = recorder();
    await jobs.work('publish', work.handler);
    const rolledBack = database.db.transaction().execute(async (trx) => {
      await jobs.enqueue(trx, publish(1));
      throw new Error('changed my mind');
    });
    await assert.rejects(rolledBack, /changed my mind/);
    await database.db.transaction().execute((trx) => jobs.enqueue(trx, publish(2)));
    await until('the committed job ran', () => work.seen.includes(2));
    assert.deepEqual(work.seen, [2]);
  });

  test('a job starts when its commit is announced, and not at the next poll', async (t) => {
    const { url } = await testDatabase(t);
    const { database, jobs } = await startBot(t, url);
    const work = recorder();
    await jobs.work('publish', work.handler);
    const waits: number[] = [];
    for (let requestId = 1; requestId <= 5; requestId++) {
      const committed = Date.now();
      await jobs.enqueue(database.db, publish(requestId));
      await until('the job ran', () => work.seen.includes(requestId));
      waits.push(Date.now() - committed);
    }
    // Polling alone would take one second on average and at most two. One job may be slow on a busy machine.
    const [, , median = Infinity] = waits.sort((a, b) => a - b);
    assert.ok(median < 500, `took ${waits.join(', ')} ms`);
  });

  test('jobs of one request that still wait are merged; those of others are not', async (t) => {
    const { url } = await testDatabase(t);
    const { database, jobs } = await startBot(t, url);
    for (const requestId of [1, 1, 2, 1]) await jobs.enqueue(database.db, publish(requestId));
    const work = recorder();
    await jobs.work('publish', work.handler);
    await jobs.enqueue(database.db, publish(3));
    await until('all ran', () => [1, 2, 3].every((id) => work.seen.includes(id)));
    await until('no job is left', async () => {
      const open = await database.db
        .selectFrom(sql<{ state: string }>`jobs.job`.as('job'))
        .select('state')
        .where('state', 'in', ['created', 'retry', 'active'])
        .execute();
      return open.length === 0;
    });
    assert.deepEqual(work.seen.sort(), [1, 2, 3]);
  });

  test('a job added while one of its request runs is run afterwards, never beside it', async (t) => {
    const { url } = await testDatabase(t);
    const bot = await startBot(t, url);
    const replica = await startBot(t, url);
    const work = recorder();
    work.close();
    await bot.jobs.work('publish', work.handler);
    await replica.jobs.work('publish', work.handler);
    await bot.jobs.enqueue(bot.database.db, publish(1));
    await until('the first run began', () => work.running() === 1);
    await bot.jobs.enqueue(bot.database.db, publish(1));
    await bot.jobs.enqueue(bot.database.db, publish(1));
    await bot.jobs.enqueue(bot.database.db, publish(2));
    await until('another request is not held back', () => work.seen.includes(2));
    assert.deepEqual(work.seen, [1, 2]);
    work.open();
    await until('the second run ended', () => work.seen.length === 3 && work.running() === 0);
    assert.deepEqual(work.seen, [1, 2, 1]);
  });

  test('a job that an open transaction was merged into waits for that transaction', async (t) => {
    const { url } = await testDatabase(t);
    const { database, jobs } = await startBot(t, url);
    await jobs.enqueue(database.db, publish(1));
    const work = recorder();
    await database.db.transaction().execute(async (trx) => {
      await jobs.enqueue(trx, publish(1));
      await jobs.work('publish', work.handler);
      await jobs.enqueue(database.db, publish(2));
      await until('the worker is at work', () => work.seen.includes(2));
      // If the job had run, it would have published the state from before this transaction.
      assert.deepEqual(work.seen, [2]);
    });
    await until('it ran after the commit', () => work.seen.includes(1));
  });

  test('after many simultaneous changes from two bots, a job of every request runs after its last change', async (t) => {
    const { url, query } = await testDatabase(t);
    await query('create table things (id integer primary key, change integer not null)');
    await query('insert into things select id, 0 from generate_series(1, 5) as id');
    const bots = [await startBot(t, url), await startBot(t, url)] as const;
    const changed = new Map<number, number>();
    const shown = new Map<number, number>();
    const running = new Set<number>();
    for (const bot of bots) {
      await bot.jobs.work('publish', async ({ data: { requestId } }) => {
        assert.equal(running.has(requestId), false, 'two at once');
        running.add(requestId);
        const { rows } = await bot.database.pool.query('select change from things where id = $1', [
          requestId,
        ]);
        shown.set(requestId, rows[0]?.change);
        running.delete(requestId);
      });
    }
    await Promise.all(
      bots.map(async ({ database, jobs }, which) => {
        for (let round = 1; round <= 40; round++) {
          const requestId = (round % 5) + 1;
          const change = round * 2 + which;
          await database.db.transaction().execute(async (trx) => {
            await sql`update things set change = ${change} where id = ${requestId}`.execute(trx);
            await jobs.enqueue(trx, publish(requestId));
            changed.set(requestId, change);
          });
        }
      }),
    );
    await until('the last change of each is shown', () =>
      [...changed].every(([requestId, change]) => shown.get(requestId) === change),
    );
  });

  test('more waiting jobs than there are workers are done without a pause', async (t) => {
    const { url } = await testDatabase(t);
    const { database, jobs } = await startBot(t, url);
    for (let requestId = 1; requestId <= 30; requestId++) {
      await jobs.enqueue(database.db, publish(requestId));
    }
    const work = recorder();
    const began = Date.now();
    await jobs.work('publish', work.handler);
    await until('all ran', () => work.seen.length === 30);
    // Two workers that rest two seconds after each job would take half a minute.
    assert.ok(Date.now() - began < 10_000, `took ${Date.now() - began} ms`);
  });

  test('a deferred job runs at its time, and a job for now pulls it forward', async (t) => {
    const { url } = await testDatabase(t);
    const { database, jobs } = await startBot(t, url);
    const work = recorder();
    await jobs.work('publish', work.handler);
    const soon = new Date(Date.now() + 1500);
    await jobs.enqueue(database.db, publish(1, soon));
    await jobs.enqueue(database.db, publish(2, new Date(Date.now() + 3600_000)));
    await jobs.enqueue(database.db, publish(2));
    await until('the one for now ran', () => work.seen.includes(2));
    assert.deepEqual(work.seen, [2]);
    await until('the deferred one ran', () => work.seen.includes(1));
    assert.ok(Date.now() >= soon.getTime());
    assert.deepEqual(work.seen, [2, 1]);
  });

  test('a handler that throws is tried again, and only its own request waits for it', async (t) => {
    const { url, query } = await testDatabase(t);
    const { database, jobs } = await startBot(t, url);
    const tries: number[] = [];
    const others: number[] = [];
    await jobs.work('publish', async (job) => {
      if (job.data.requestId !== 1) {
        others.push(job.data.requestId);
        return;
      }
      tries.push(job.tries);
      if (tries.length < 3) throw new Error('Slack says xoxb-1234-secret');
    });
    await jobs.enqueue(database.db, publish(1));
    await until('the first try', () => tries.length === 1);
    await jobs.enqueue(database.db, publish(2));
    await until('the other request', () => others.length === 1);
    const stored = await query(`select output::text from jobs.job where output is not null`);
    assert.doesNotMatch(JSON.stringify(stored), /xoxb/, 'H4: no error text is stored');
    await until('the third try', () => tries.length === 3, 20_000);
    assert.deepEqual(tries, [0, 1, 2]);
  });

  test('stopping waits for what is under way, and leaves the rest for later', async (t) => {
    const { url } = await testDatabase(t);
    const bot = await startBot(t, url);
    const work = recorder();
    work.close();
    await bot.jobs.work('publish', work.handler);
    // More requests than workers, for any number of workers.
    const requests = Array.from({ length: 20 }, (_, index) => index + 1);
    for (const requestId of requests) await bot.jobs.enqueue(bot.database.db, publish(requestId));
    await until('several workers are busy', () => work.running() >= 2);
    const stopped = bot.jobs.stop({ graceful: true, timeoutMs: 10_000 });
    work.open();
    await stopped;
    assert.equal(work.running(), 0);
    assert.ok(work.seen.length < requests.length, `${work.seen.length} jobs were begun`);
    const next = await startBot(t, url);
    await next.jobs.work('publish', work.handler);
    await until('the next bot did the rest', () => new Set(work.seen).size === requests.length);
  });

  test('a running job is aborted immediately when the bot stops, and is run again by the next bot', async (t) => {
    const { url } = await testDatabase(t);
    const bot = await startBot(t, url);
    const ended: string[] = [];
    let isRunning = false;
    await bot.jobs.work('provision', async (job) => {
      isRunning = true;
      await new Promise<void>((resolve) => job.signal.addEventListener('abort', () => resolve()));
      ended.push(job.id);
    });
    await bot.jobs.enqueue(bot.database.db, { queue: 'provision', data: { requestId: 1 } });
    // The database marks the job as active a moment before its handler begins.
    await until('it runs', () => isRunning);
    await bot.jobs.windDown();
    assert.equal(ended.length, 1);
    // Jobs from later deliveries of Slack are kept for the next bot.
    await bot.jobs.enqueue(bot.database.db, { queue: 'provision', data: { requestId: 2 } });
    await bot.jobs.stop({ graceful: true, timeoutMs: 60_000 });
    assert.equal(ended.length, 1);
    const next = await startBot(t, url);
    const again: string[] = [];
    await next.jobs.work('provision', async (job) => void again.push(job.id));
    await until('both are done', () => again.length === 2);
    assert.ok(again.includes(ended[0] ?? ''));
  });

  test('a job that does not end in time is aborted and returned to the queue', async (t) => {
    const { url } = await testDatabase(t);
    const bot = await startBot(t, url);
    let told = false;
    let isRunning = false;
    await bot.jobs.work('publish', async (job) => {
      isRunning = true;
      await new Promise<void>((resolve) => job.signal.addEventListener('abort', () => resolve()));
      told = true;
    });
    await bot.jobs.enqueue(bot.database.db, publish(1));
    const active = await until('it runs', async () => {
      const { rows } = await bot.database.pool.query(
        `select id from jobs.job where state = 'active'`,
      );
      return isRunning ? rows[0] : undefined;
    });
    await bot.jobs.stop({ graceful: true, timeoutMs: 50 });
    await until('it was told', () => told);
    const next = await startBot(t, url);
    const again: string[] = [];
    await next.jobs.work('publish', async (job) => void again.push(job.id));
    await until('it is tried again', () => again.length === 1);
    assert.equal(again[0], active?.id);
  });

  test('a bot with its own database takes over at once the jobs of a killed bot', async (t) => {
    const { url } = await testDatabase(t);
    const bot = await startBot(t, url);
    await bot.jobs.enqueue(bot.database.db, publish(1));
    await bot.database.pool.query(
      `update jobs.job set state = 'active', started_on = now(), heartbeat_on = now()`,
    );
    const work = recorder();
    const next = await startBot(t, url, true);
    await next.jobs.work('publish', work.handler);
    await until('it ran', () => work.seen.length === 1, 3000);
  });

  test('an outage of the database loses no job and ends no process', async (t) => {
    const { url } = await testDatabase(t);
    const way = await wayTo(t, url);
    const bot = await startBot(t, way.url);
    const work = recorder();
    work.close();
    await bot.jobs.work('publish', work.handler);
    await bot.jobs.enqueue(bot.database.db, publish(1));
    await until('a job is under way', () => work.running() === 1);
    await bot.jobs.enqueue(bot.database.db, publish(2));
    await way.cut();
    await assert.rejects(bot.jobs.enqueue(bot.database.db, publish(3)), isDatabaseUnavailable);
    work.open();
    await until('the one under way ended', () => work.running() === 0);
    await way.restore();
    await until('the bot can store again', () =>
      bot.jobs.enqueue(bot.database.db, publish(4)).then(
        () => true,
        () => false,
      ),
    );
    await until('what was stored ran', () => work.seen.includes(2) && work.seen.includes(4));
    assert.equal(work.seen.includes(3), false);
  });

  test('several bots that start at once on a new database prepare it once', async (t) => {
    const { url, query } = await testDatabase(t);
    await query('drop schema jobs cascade');
    const bots = await Promise.all([1, 2, 3].map(() => startBot(t, url)));
    const work = recorder();
    for (const bot of bots) await bot.jobs.work('publish', work.handler);
    for (const [index, bot] of bots.entries()) {
      await bot.jobs.enqueue(bot.database.db, publish(index + 1));
    }
    await until('all ran', () => work.seen.length === 3);
    assert.deepEqual(work.seen.sort(), [1, 2, 3]);
  });

  test('a bot has few connections', async (t) => {
    const { url } = await testDatabase(t);
    const way = await wayTo(t, url);
    const { database, jobs } = await startBot(t, way.url);
    const work = recorder();
    await jobs.work('publish', work.handler);
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        database.db.transaction().execute((trx) => jobs.enqueue(trx, publish(index + 1))),
      ),
    );
    await until('all ran', () => work.seen.length === 50);
    // 8 for work and 3 for pg-boss; the connections for deliveries are opened when Slack sends one.
    assert.ok(way.connections() <= 11, `${way.connections()} connections`);
  });
});
