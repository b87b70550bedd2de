import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { createPace } from '../../src/provisioning/pace.ts';
import { pushBack, reserveSlot } from '../../src/provisioning/store.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { instanceConfig } from '../auth/people.ts';
import { log, testServices } from '../services.ts';

/** So long an interval that the time the test itself takes does not count. */
const intervalMs = 3_600_000;
const slow = { key: 'k', intervalMs, burst: 3 };

/** The wait as a number of intervals, rounded: how far back in the queue a slot is. */
const places = (waits: readonly number[]) => waits.map((ms) => Math.round(ms / intervalMs));

async function start(t: TestContext) {
  const { services, database } = await testServices(t);
  return { db: services.db, database };
}

describe('the account’s pace', () => {
  test('lets a burst through at once, and then one an interval', async (t) => {
    const { db } = await start(t);
    const waits: number[] = [];
    for (let n = 0; n < 6; n++) waits.push(await reserveSlot(db, slow));
    assert.deepEqual(waits.slice(0, 3), [0, 0, 0]);
    assert.deepEqual(places(waits), [0, 0, 0, 1, 2, 3]);
  });

  test('is one for every bot on the same database: no slot is given twice', async (t) => {
    const { db, database } = await start(t);
    const other = await openDatabase(database.config, { log });
    t.after(() => other.close());
    const asked = Array.from({ length: 24 }, (_, n) =>
      reserveSlot(n % 2 === 0 ? db : other.db, slow),
    );
    const waits = places(await Promise.all(asked)).sort((one, another) => one - another);
    assert.deepEqual(waits, [0, 0, 0, ...Array.from({ length: 21 }, (_, n) => n + 1)]);
  });

  test('refills with time, up to the burst and no further', async (t) => {
    const { db, database } = await start(t);
    for (let n = 0; n < 5; n++) await reserveSlot(db, slow);
    await database.query(`update pace set due_at = due_at - interval '2 hours'`);
    assert.deepEqual(places([await reserveSlot(db, slow), await reserveSlot(db, slow)]), [1, 2]);
    await database.query(`update pace set due_at = now() - interval '30 days'`);
    const waits: number[] = [];
    for (let n = 0; n < 4; n++) waits.push(await reserveSlot(db, slow));
    assert.deepEqual(places(waits), [0, 0, 0, 1]);
  });

  test('gives way when Connect throttles all the same: the burst is gone', async (t) => {
    const { db } = await start(t);
    await reserveSlot(db, slow);
    await pushBack(db, slow);
    assert.deepEqual(places([await reserveSlot(db, slow), await reserveSlot(db, slow)]), [1, 2]);
  });

  test('is not shortened by giving way', async (t) => {
    const { db } = await start(t);
    for (let n = 0; n < 8; n++) await reserveSlot(db, slow);
    await pushBack(db, slow);
    assert.deepEqual(places([await reserveSlot(db, slow)]), [6]);
  });

  test('is shared by the instances of a Region, and by no others', async (t) => {
    const { db } = await start(t);
    const pace = { ratePerSecond: 1000 / intervalMs, burst: 1 };
    const here = createPace(db, { ...instanceConfig, pace });
    const beside = createPace(db, { ...instanceConfig, alias: 'staging', pace });
    const elsewhere = createPace(db, { ...instanceConfig, region: 'us-east-1', pace });
    assert.equal(await here.reserve(), 0);
    assert.equal(Math.round((await beside.reserve()) / intervalMs), 1);
    assert.equal(await elsewhere.reserve(), 0);
  });
});
