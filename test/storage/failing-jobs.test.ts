/** Jobs that fail for a permanent reason end; jobs that wait for an outage do not. */
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { createLog } from '../../src/operations/log.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { countGivenUp, noteProcessEnds } from '../../src/storage/failing-jobs.ts';
import type { GivenUp, Outage } from '../../src/storage/job-tries.ts';
import { createJobs, PostponedError } from '../../src/storage/jobs.ts';
import { queues } from '../../src/storage/queues.ts';
import { testDatabase } from '../database.ts';
import { until } from '../until.ts';

async function start(
  t: TestContext,
  options: { outageOf?: (error: unknown) => Outage | null; ms?: number } = {},
) {
  const lines: string[] = [];
  const log = createLog({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const { url, query } = await testDatabase(t);
  const database = await openDatabase({ kind: 'url', url }, { log });
  const jobs = createJobs({
    database,
    log,
    giveUpAfter: { failures: 2, ms: options.ms ?? 0 },
    ...(options.outageOf && { outageOf: options.outageOf }),
  });
  await jobs.start();
  t.after(async () => {
    await jobs.stop({ graceful: false, timeoutMs: 0 });
    await database.close();
  });
  const givenUp: GivenUp[] = [];
  return {
    jobs,
    db: database.db,
    query,
    log: () => lines.join(''),
    givenUp,
    giveUp: (_data: object, why: GivenUp) => Promise.resolve(givenUp.push(why)),
    add: (requestId: number) => jobs.enqueue(database.db, { queue: 'check', data: { requestId } }),
  };
}

describe('a job that fails for an unknown reason', () => {
  test('is given up after a bounded number of tries, with a reference that the log has', async (t) => {
    const { jobs, add, query, givenUp, giveUp, log, db } = await start(t);
    let tries = 0;
    await jobs.work(
      'check',
      async () => {
        tries += 1;
        throw new Error('relation "nowhere" does not exist');
      },
      giveUp,
    );
    await add(1);
    await until('it is given up', () => givenUp.length === 1, 20_000);
    assert.equal(tries, 2);
    const [why] = givenUp;
    assert.equal(why?.kind, 'failed');
    assert.ok(why.reference.length >= 8 && log().includes(why.reference));
    await until('the job has ended', async () => {
      const left = await query(`select state from jobs.job where state <> 'completed'`);
      return left.length === 0;
    });
    assert.deepEqual([...(await countGivenUp(db))], [['check', 1]]);
    const [kept] = await query('select queue, error, failures from failing_jobs');
    assert.deepEqual(kept, { queue: 'check', error: 'Error', failures: 2 });
  });

  test('is tried for some minutes at least, however often it fails within them', async (t) => {
    const { jobs, add, givenUp, giveUp, query } = await start(t, { ms: 60_000 });
    let tries = 0;
    const failing = async () => {
      tries += 1;
      throw new Error('again');
    };
    await jobs.work('check', failing, giveUp);
    await add(1);
    await until('it failed three times', () => tries === 3, 20_000);
    assert.deepEqual(givenUp, []);
    await query(`update failing_jobs set first_at = first_at - interval '1 minute'`);
    await until('its time is over', () => givenUp.length === 1, 20_000);
  });

  test('is forgotten when it finally succeeds', async (t) => {
    const { jobs, add, query, giveUp, givenUp } = await start(t);
    let tries = 0;
    const failsOnce = async () => {
      tries += 1;
      if (tries === 1) throw new Error('once');
    };
    await jobs.work('check', failsOnce, giveUp);
    await add(1);
    await until('it is done', async () => {
      const left = await query('select 1 from failing_jobs');
      return tries === 2 && left.length === 0;
    });
    assert.deepEqual(givenUp, []);
  });

  test('is not given up while its giving up cannot be stored', async (t) => {
    const { jobs, add, givenUp } = await start(t);
    let asked = 0;
    await jobs.work(
      'check',
      () => Promise.reject(new Error('no')),
      async (_data, why) => {
        asked += 1;
        if (asked === 1) throw new Error('the database went away just now');
        givenUp.push(why);
      },
    );
    await add(1);
    await until('it is given up', () => givenUp.length === 1, 20_000);
    assert.equal(asked, 2);
  });

  test('is given up at once when its data cannot be read, and other jobs go on', async (t) => {
    const { jobs, add, query, db } = await start(t);
    await add(1);
    await query(`update jobs.job set data = '{"fromTheFuture": true}' where name = 'check'`);
    const done: number[] = [];
    await jobs.work('check', async ({ data }) => void done.push(data.requestId));
    await add(2);
    await until('the other one is done', () => done.includes(2));
    await until('it is given up', async () => (await countGivenUp(db)).get('check') === 1);
  });
});

describe('a job that waits for an outage', () => {
  test('is tried for as long as it takes', async (t) => {
    const { jobs, add, givenUp, giveUp, query } = await start(t, { outageOf: () => 'slack' });
    let tries = 0;
    const away = async () => {
      tries += 1;
      if (tries < 4) throw new Error('Slack is away');
    };
    await jobs.work('check', away, giveUp);
    await add(1);
    await until('it is done', () => tries === 4, 30_000);
    assert.deepEqual(givenUp, []);
    assert.deepEqual(await query('select 1 from failing_jobs'), []);
  });

  test('can set the time of its next try, and frees its worker until then', async (t) => {
    const { jobs, add, giveUp, query } = await start(t);
    const at = new Date(Date.now() + 1_500);
    const runs: { requestId: number; at: number }[] = [];
    await jobs.work(
      'check',
      async ({ data: { requestId } }) => {
        runs.push({ requestId, at: Date.now() });
        const first = runs.filter((run) => run.requestId === requestId).length === 1;
        if (first && requestId < 5) throw new PostponedError(at, 'Slack asks us to wait');
      },
      giveUp,
    );
    // More requests than workers: if these jobs waited in their workers, the last one would have to wait for them.
    for (const requestId of [1, 2, 3, 4, 5]) await add(requestId);
    await until('the last one is done', () => runs.some((run) => run.requestId === 5));
    assert.ok(Date.now() < at.getTime() + 500);
    await until('all ran again', () => runs.length === 9);
    assert.ok(runs.slice(5).every((run) => run.at >= at.getTime()));
    assert.deepEqual(await query('select 1 from failing_jobs'), []);
  });
});

describe('a job that ended its process', () => {
  test('is set aside and reported after the second time, and never run a third time', async (t) => {
    const { jobs, add, db, query, givenUp, giveUp } = await start(t);
    await add(1);
    const [job] = await query(`select id from jobs.job where name = 'check'`);
    const id = String(job?.id);
    await noteProcessEnds(db, [id]);
    await noteProcessEnds(db, [id, '00000000-0000-4000-8000-000000000000']);
    await query(`update jobs.job set retry_count = 2, state = 'retry' where name = 'check'`);
    let ran = false;
    await jobs.work(
      'check',
      async () => {
        ran = true;
      },
      giveUp,
    );
    await until('it is set aside', () => givenUp.length === 1);
    assert.equal(givenUp[0]?.kind, 'process-ended');
    assert.equal(ran, false);
  });

  test('no queue retries without an end', () => {
    for (const [name, queue] of Object.entries(queues)) {
      assert.ok(queue.retryPauseMaxSeconds <= 60, name);
    }
  });
});
