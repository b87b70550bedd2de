import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, type TestContext, test } from 'node:test';
import { problem } from '../../src/errors/problem.ts';
import {
  claimRun,
  isCurrent,
  markSending,
  type RowResult,
  readOpenRows,
  setRowResult,
} from '../../src/provisioning/provisioning-store.ts';
import { readRowCounts, readRows } from '../../src/requests/store/requests-store.ts';
import { testServices } from '../services.ts';
import { approvedRequest, newUser } from './approved.ts';

async function start(t: TestContext, ...usernames: readonly string[]) {
  const { services, database } = await testServices(t);
  const { db, now } = services;
  const id = await approvedRequest(
    services,
    usernames.map((username) => ({ user: newUser(username) })),
  );
  const run = randomUUID();
  await claimRun(db, id, run);
  const set = (sends: number, result: RowResult) =>
    setRowResult(db, id, { position: 1, sends }, result, now());
  return { db, id, run, set, database };
}

const created = { state: 'created', userId: 'u', userArn: 'arn' } as const;

describe('a row', () => {
  test('H1: is marked by exactly one of several senders, and counted', async (t) => {
    const { db, id, run } = await start(t, 'mary');
    const mark = () => markSending(db, id, run, [1]);
    const marks = await Promise.all([mark(), mark(), mark()]);
    assert.deepEqual(
      marks.flatMap((mark) => [...mark]),
      [[1, 1]],
    );
    const [row] = await readRows(db, id);
    assert.deepEqual([row?.state, row?.sends], ['sending', 1]);
    assert.ok(row?.sent_at);
  });

  test('H1: is not marked by a run that another one has replaced', async (t) => {
    const { db, id, run } = await start(t, 'mary');
    assert.equal(await isCurrent(db, id, run), true);
    await claimRun(db, id, randomUUID());
    assert.equal((await markSending(db, id, run, [1])).size, 0);
    assert.equal(await isCurrent(db, id, run), false);
  });

  test('is not marked when its request is not approved anymore', async (t) => {
    const { db, id, run, database } = await start(t, 'mary');
    await database.query(`update requests set state = 'paused'`);
    assert.equal((await markSending(db, id, run, [1])).size, 0);
    assert.equal(await isCurrent(db, id, run), false);
  });

  test('keeps its first outcome when a second one is reported', async (t) => {
    const { db, id, run, set } = await start(t, 'mary');
    await markSending(db, id, run, [1]);
    await set(1, created);
    await set(1, { state: 'failed', problem: problem('form.reason-missing') });
    await set(1, { state: 'waiting' });
    const [row] = await readRows(db, id);
    assert.deepEqual([row?.state, row?.user_id, row?.problem], ['created', 'u', null]);
    const { created: made, waiting, failed } = await readRowCounts(db, id);
    assert.deepEqual([made, waiting, failed], [1, 0, 0]);
  });

  test('H1: ignores the outcome of a send from a bot that was suspended while the row was sent again', async (t) => {
    const { db, id, run, set } = await start(t, 'mary');
    await markSending(db, id, run, [1]);
    await set(1, { state: 'waiting' });
    await markSending(db, id, run, [1]);
    await set(1, { state: 'failed', problem: problem('form.reason-missing') });
    assert.equal((await readRows(db, id))[0]?.state, 'sending');
    await set(2, created);
    assert.equal((await readRows(db, id))[0]?.state, 'created');
  });

  test('tells with its outcome whether the request was held', async (t) => {
    const { id, db, run, set, database } = await start(t, 'mary');
    await markSending(db, id, run, [1]);
    assert.deepEqual(await set(1, { state: 'unclear' }), { isHeld: false, isStored: true });
    await database.query(`update requests set hold = '{"code":"create.unavailable"}'`);
    assert.deepEqual(await set(1, created), { isHeld: true, isStored: true });
  });
});

test('open rows come in their order, with how long ago they were sent, and without those under way', async (t) => {
  const { db, id, run, set, database } = await start(t, 'anna', 'bo', 'cleo', 'dan');
  await markSending(db, id, run, [1, 3]);
  await set(1, created);
  await database.query(`update rows set sent_at = sent_at - interval '90 s' where position = 3`);
  const open = await readOpenRows(db, id, { limit: 10, without: [2] });
  assert.deepEqual(
    open.map(({ position, state }) => [position, state]),
    [
      [3, 'sending'],
      [4, 'waiting'],
    ],
  );
  const [sent, never] = open.map((row) => row.sent_ms_ago);
  assert.ok(sent && sent >= 90_000 && sent < 150_000, `${sent}`);
  assert.equal(never, null);
  assert.equal((await readOpenRows(db, id, { limit: 1, without: [] })).length, 1);
});
