/**
 * H9 (everything ends): requests that wait for a person end when their time is over, those with typed passwords
 * first.
 */
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { problem } from '../../src/errors/problem.ts';
import { provisionRequest } from '../../src/provisioning/provision-request.ts';
import { deliveriesKeptMs, endOverdue } from '../../src/requests/end-overdue.ts';
import { held, paused, unpaused } from '../../src/requests/model/creating-transitions.ts';
import { offered } from '../../src/requests/model/decision-transitions.ts';
import { readRequest, readRows } from '../../src/requests/store/requests-store.ts';
import { step } from '../../src/requests/store/step.ts';
import { submitRequest } from '../../src/requests/submit/submit-request.ts';
import { instanceClientOf, instanceConfig, smallInstance } from '../auth/people.ts';
import {
  type ApprovedRow,
  approvedRequest,
  createdAs,
  newUser,
  scripted,
} from '../provisioning/approved.ts';
import { testServices } from '../services.ts';

const hour = 3_600_000;
const tara = { id: 'U0TARA', name: 'Tara Lead' };

async function start(t: TestContext) {
  const script = scripted((input) => createdAs(input.user.username));
  const pace = { ratePerSecond: 1000, burst: 1000 };
  const { instanceClient } = instanceClientOf(smallInstance(), { config: { pace }, ...script });
  const bot = await testServices(t, { instanceClients: [instanceClient] });
  const { services } = bot;
  /** A request that was approved just now, and can be resumed for a day. */
  const approve = async (rows: readonly ApprovedRow[]) => {
    const id = await approvedRequest(services, rows);
    const until = new Date(services.now().getTime() + 24 * hour);
    await bot.database.query('update requests set expires_at = $1 where id = $2', [until, id]);
    return id;
  };
  const submit = async (password?: string) => {
    const { requestId } = await submitRequest(services, {
      deliveryId: `view_submission ${Math.random()}`,
      requester: tara,
      instance: instanceConfig,
      drafts: [{ username: 'mary', ...(password === undefined ? {} : { password }) }],
      reason: null,
    });
    return requestId;
  };
  return {
    ...bot,
    script,
    approve,
    submit,
    request: (id: number) => readRequest(services.db, id),
    rows: (id: number) => readRows(services.db, id),
    ended: () => endOverdue(services),
    provision: (id: number) => provisionRequest(services, id, new AbortController().signal),
    offer: (id: number) =>
      step(services, id, (head) =>
        offered(head, { contentHash: 'a', good: 1, wrong: 0 }, services.now()),
      ),
  };
}

describe('H4: a typed password', () => {
  test('is kept for the policy’s time and not longer, whatever its request waits for', async (t) => {
    const { submit, offer, ended, pass, database, rows, request } = await start(t);
    const received = await submit('Correct-1');
    const file = await submit('Correct-2');
    await offer(file);
    pass(23 * hour);
    await ended();
    const sealed = () => database.query('select 1 from rows where password_cipher is not null');
    assert.equal((await sealed()).length, 2);
    pass(hour + 1_000);
    await ended();
    assert.deepEqual(await sealed(), []);
    for (const id of [received, file]) {
      assert.equal((await request(id))?.state, 'expired');
      const [row] = await rows(id);
      assert.deepEqual([row?.state, row?.problem], ['failed', problem('create.password-ended')]);
    }
  });

  test('ends its row when it expires, and the other rows are created as they were approved', async (t) => {
    const { approve, ended, pass, provision, request, rows, services, script } = await start(t);
    const id = await approve([
      { user: newUser('anna'), typed: 'Correct-1' },
      { user: newUser('bo') },
    ]);
    await step(services, id, (head) => paused(head, tara, services.now()));
    pass(23 * hour);
    await step(services, id, (head) => unpaused(head, tara, services.now()));
    pass(2 * hour);
    await ended();
    await provision(id);
    assert.equal((await request(id))?.state, 'done');
    assert.deepEqual(
      (await rows(id)).map((row) => [row.state, row.password_cipher]),
      [
        ['failed', null],
        ['created', null],
      ],
    );
    assert.deepEqual(
      script.sent.map(({ user }) => user.username),
      ['bo'],
    );
  });
});

describe('H9: a request', () => {
  test('expires when its rows are not requested or it cannot be checked, as it does when nobody approves it', async (t) => {
    const { submit, offer, ended, pass, request } = await start(t);
    const received = await submit();
    const file = await submit();
    await offer(file);
    pass(23 * hour);
    await ended();
    assert.equal((await request(file))?.state, 'offered');
    pass(2 * hour);
    await ended();
    assert.deepEqual(
      [(await request(received))?.hold?.code, (await request(file))?.hold?.code],
      ['check.expired', 'offer.expired'],
    );
    assert.equal((await request(file))?.state, 'expired');
    assert.ok((await request(received))?.ended_at);
  });

  test('cannot be resumed from a pause after its approval has expired, and ends by itself', async (t) => {
    const { approve, ended, pass, provision, request, rows, services, script } = await start(t);
    const id = await approve([{ user: newUser('anna') }]);
    await step(services, id, (head) => paused(head, tara, services.now()));
    pass(24 * hour + 1_000);
    const resumed = await step(services, id, (head) => unpaused(head, tara, services.now()));
    assert.deepEqual(resumed, { ok: false, problem: problem('resume.too-late') });
    await ended();
    await provision(id);
    assert.equal((await request(id))?.state, 'done');
    assert.deepEqual((await rows(id))[0]?.problem, problem('create.approval-ended'));
    assert.equal(script.sent.length, 0);
  });

  test('is created to its end after the time of its approval, unless something holds it up', async (t) => {
    const { approve, ended, pass, request, services } = await start(t);
    const [running, waiting] = [
      await approve([{ user: newUser('anna') }]),
      await approve([{ user: newUser('bo') }]),
    ];
    const why = problem('create.unavailable');
    await step(services, waiting, (head) => held(head, why, services.now(), services.now()));
    pass(24 * hour + 1_000);
    await ended();
    assert.equal((await request(running))?.rest_cancelled_at, null);
    assert.ok((await request(waiting))?.rest_cancelled_at);
  });
});

test('deliveries are forgotten after a month, long after anybody looks for files that were missed', async (t) => {
  const { submit, ended, pass, database } = await start(t);
  await submit();
  pass(deliveriesKeptMs - hour);
  await ended();
  assert.equal((await database.query('select 1 from deliveries')).length, 1);
  pass(2 * hour);
  await ended();
  assert.deepEqual(await database.query('select 1 from deliveries'), []);
});
