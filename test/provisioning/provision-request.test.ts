import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CreateInput } from '../../src/connect/gateway.ts';
import { ConnectReadError } from '../../src/connect/gateway.ts';
import { provisionRequest } from '../../src/provisioning/provision-request.ts';
import { finishRun } from '../../src/provisioning/run.ts';
import { paused, retried } from '../../src/requests/model/creating-transitions.ts';
import { countRetryable, readRequest } from '../../src/requests/store/requests-store.ts';
import { step } from '../../src/requests/store/step.ts';
import { userNamed } from '../auth/people.ts';
import { testServices } from '../services.ts';
import { until } from '../until.ts';
import { approvedRequest, createdAs, newUser, scripted } from './approved.ts';
import { refused, running, start, unclear } from './one-bot.ts';

describe('one send', () => {
  test('creates a user with an id when Connect accepts it, and completes the request', async (t) => {
    const script = scripted(createdAs('mary'));
    const bot = await start(t, script);
    await bot.run();
    const row = await bot.row();
    assert.deepEqual(
      [row?.state, row?.user_id, row?.user_arn, row?.sends],
      ['created', 'id-mary', 'arn-mary', 1],
    );
    const request = await bot.request();
    assert.equal(request?.state, 'done');
    assert.ok(request?.ended_at);
    assert.equal(bot.jobs.at(-1)?.queue, 'publish');
    assert.equal((await bot.connect.instanceClient.directory.get()).hasUsername('mary'), true);
  });

  test('carries the tag of its row and the values of the user only', async (t) => {
    const script = scripted(createdAs('mary'));
    const bot = await start(t, script);
    await bot.run();
    const uid = (await bot.request())?.uid ?? '';
    assert.deepEqual(script.sent[0]?.tags, { 'connect-add-user:row': `CU-${bot.id}/1/${uid}` });
    assert.deepEqual(script.sent[0]?.user, newUser('mary'));
  });

  const failures = [
    ['duplicate', 'create.duplicate'],
    ['invalid', 'create.invalid'],
    ['not-found', 'create.not-found'],
  ] as const;
  for (const [reason, code] of failures) {
    test(`that Connect refused as ${reason} fails its row alone`, async (t) => {
      const script = scripted((input) =>
        input.user.username === 'mary' ? refused(reason) : createdAs('zoe'),
      );
      const rows = [{ user: newUser('mary') }, { user: newUser('zoe') }];
      const bot = await start(t, script, { rows });
      await bot.run();
      const [first, second] = await bot.rows();
      assert.deepEqual([first?.state, first?.problem?.code], ['failed', code]);
      assert.equal(second?.state, 'created');
      assert.equal((await bot.request())?.state, 'done');
      assert.equal(script.sent.length, 2);
    });
  }

  const stops = [
    ['quota', 'create.quota'],
    ['denied', 'create.denied'],
  ] as const;
  for (const [reason, code] of stops) {
    test(`that Connect refused for the whole instance (${reason}) pauses the request`, async (t) => {
      const script = scripted(refused(reason), createdAs('mary'));
      const bot = await start(t, script);
      await bot.run();
      const stopped = await bot.request();
      assert.deepEqual([stopped?.state, stopped?.hold?.code], ['paused', code]);
      assert.equal((await bot.row())?.state, 'waiting');
      assert.deepEqual(
        bot.jobs.filter((job) => job.queue !== 'publish'),
        [],
        'nothing is tried by itself',
      );
      // A job that runs anyway finds no work.
      await bot.run();
      assert.equal(script.sent.length, 1);
      await bot.resume();
      await bot.run();
      const done = await bot.request();
      assert.deepEqual([done?.state, done?.hold], ['done', null]);
      assert.equal((await bot.row())?.sends, 2);
    });
  }

  test('pauses the request once when it is refused for the whole instance, however many rows are refused', async (t) => {
    const names = Array.from({ length: 40 }, (_, index) => `user${index}`);
    const script = scripted(refused('quota'));
    const bot = await start(t, script, { rows: names.map((name) => ({ user: newUser(name) })) });
    await bot.run();
    assert.ok((await bot.rows()).every((row) => row.state === 'waiting'));
    const events = await bot.database.query(`select kind from audit_events where kind = 'stopped'`);
    assert.equal(events.length, 1);
  });

  test('leaves a pause by a person unchanged when it is refused for the whole instance', async (t) => {
    const gate = Promise.withResolvers<void>();
    const script = scripted(refused('quota'));
    const slow = {
      sent: script.sent,
      createUser: async (input: CreateInput) => {
        const outcome = await script.createUser(input);
        await gate.promise;
        return outcome;
      },
    };
    const bot = await start(t, slow);
    const run = bot.run();
    await until('it is sent', () => script.sent.length === 1);
    const tara = { id: 'U0TARA', name: 'Tara Lead' };
    await step(bot.services, bot.id, (head) => paused(head, tara, bot.services.now()));
    gate.resolve();
    await run;
    const request = await bot.request();
    assert.deepEqual([request?.state, request?.hold], ['paused', null]);
    assert.equal((await bot.row())?.state, 'waiting');
  });

  test('waits, and is not looked up, when it never left this machine, because no user was created', async (t) => {
    const script = scripted({ kind: 'not-sent', reason: 'away', detail: 'ENOTFOUND' });
    const bot = await start(t, script);
    await bot.run();
    assert.equal((await bot.row())?.state, 'waiting');
    assert.equal((await bot.request())?.hold?.code, 'create.unavailable');
    assert.equal(bot.connect.calls().findUser, undefined);
  });

  test('is repeated after throttling, and every caller slows down', async (t) => {
    const script = scripted({ kind: 'throttled' }, { kind: 'throttled' }, createdAs('mary'));
    const bot = await start(t, script, { config: { pace: { ratePerSecond: 200, burst: 1 } } });
    await bot.run();
    assert.deepEqual([(await bot.row())?.state, (await bot.row())?.sends], ['created', 3]);
    assert.equal(bot.connect.calls().findUser, undefined);
  });

  test('is repeated also when the last row is throttled while the open rows are read', async (t) => {
    const isRead = Promise.withResolvers<void>();
    let zoeIsThrottled = true;
    const script = scripted(async ({ user }) => {
      if (user.username === 'mary') return createdAs('mary');
      await isRead.promise;
      const outcome = zoeIsThrottled ? ({ kind: 'throttled' } as const) : createdAs('zoe');
      zoeIsThrottled = false;
      return outcome;
    });
    const rows = [{ user: newUser('mary') }, { user: newUser('zoe') }];
    const bot = await start(t, script, { rows });
    const rowOfZoe = async () => (await bot.rows())[1]?.state;
    const reads = new WeakSet<object>();
    // The rows are read without the one that is under way, and it returns before the answer is there.
    const db = bot.services.db.withPlugin({
      transformQuery({ node, queryId }) {
        if (JSON.stringify(node).includes('"not in"')) reads.add(queryId);
        return node;
      },
      async transformResult({ result, queryId }) {
        if (reads.has(queryId) && zoeIsThrottled) {
          isRead.resolve();
          await until('the row returns', async () => (await rowOfZoe()) === 'waiting');
          // Its send ends after the rate was lowered; a sooner answer would not show the fault.
          await until('the rate is lowered', async () => {
            const lowered = 'select 1 from pace where passed_ms is not null';
            return (await bot.database.query(lowered)).length > 0;
          });
          for (let turn = 0; turn < 50; turn += 1) await nextTurn();
        }
        return result;
      },
    });
    await provisionRequest({ ...bot.services, db }, bot.id, running);
    assert.deepEqual([await rowOfZoe(), (await bot.request())?.state], ['created', 'done']);
  });

  test('is left to another run of the job, should a row have no outcome at the end', async (t) => {
    const bot = await start(t, scripted(createdAs('mary')));
    await assert.rejects(finishRun(bot.services, bot.id), /1 rows of request/);
    assert.equal((await bot.request())?.state, 'approved');
    await bot.run();
    assert.equal((await bot.request())?.state, 'done');
  });
});

describe('a failed row that is tried again', () => {
  const tara = { id: 'U0TARA', name: 'Tara Lead' };
  const retry = (started: Awaited<ReturnType<typeof start>>) =>
    step(started.services, started.id, async (head, tx) =>
      retried(
        { ...head, expiresAt: new Date(Date.now() + 60_000) },
        tara,
        await countRetryable(tx, started.id),
        started.services.now(),
      ),
    );

  test('is sent once more and becomes a user, and created rows are left alone', async (t) => {
    let taken = true;
    const script = scripted((input) => {
      const { username } = input.user;
      return username === 'mary' && taken ? refused('duplicate') : createdAs(username);
    });
    const bot = await start(t, script, {
      rows: [{ user: newUser('mary') }, { user: newUser('zoe') }],
    });
    await bot.run();
    taken = false;
    assert.equal((await retry(bot)).ok, true);
    const again = (await bot.rows())[0];
    assert.deepEqual([again?.state, again?.problem, again?.ended_at], ['waiting', null, null]);
    await bot.run();
    assert.deepEqual(
      (await bot.rows()).map((row) => [row.state, row.sends]),
      [
        ['created', 2],
        ['created', 1],
      ],
    );
    assert.equal((await bot.request())?.state, 'done');
  });

  test('fails again when the username is still taken, because a different person’s user is never taken for ours', async (t) => {
    const script = scripted(refused('duplicate'));
    const bot = await start(t, script);
    bot.instance.users.push(userNamed('mary', { tags: {} }));
    await bot.run();
    assert.equal((await retry(bot)).ok, true);
    await bot.run();
    const row = await bot.row();
    assert.deepEqual([row?.state, row?.problem?.code], ['failed', 'create.duplicate']);
    assert.equal(script.sent.length, 2);
  });

  test('is not a row that has to be changed first, nor a row whose typed password was deleted (H4)', async (t) => {
    const script = scripted((input) =>
      refused(input.user.username === 'mary' ? 'duplicate' : 'invalid'),
    );
    const bot = await start(t, script, {
      rows: [{ user: newUser('mary'), typed: 'Correct-1' }, { user: newUser('zoe') }],
    });
    await bot.run();
    const result = await retry(bot);
    assert.equal(result.ok ? '' : result.problem.code, 'retry.nothing');
    assert.ok((await bot.rows()).every((row) => row.state === 'failed'));
  });

  test('is still bound to what was approved (H2)', async (t) => {
    const script = scripted(refused('duplicate'));
    const bot = await start(t, script);
    await bot.run();
    await retry(bot);
    await bot.database.tamper(
      `update rows set new_user = jsonb_set(new_user, '{securityProfiles,0,id}', '"sp-admin"')`,
    );
    await bot.run();
    assert.deepEqual(
      [(await bot.row())?.problem?.code, script.sent.length],
      ['create.no-longer-valid', 1],
    );
  });
});

describe('H1: an unclear answer', () => {
  test('is looked up, and the user is recognized by its tag, so that nothing is sent twice', async (t) => {
    const bot = await start(t, scripted(unclear));
    await bot.createOurs('mary');
    await bot.run();
    const row = await bot.row();
    assert.deepEqual([row?.state, row?.user_id, row?.sends], ['created', 'id-mary', 1]);
    assert.equal((await bot.request())?.state, 'done');
  });

  test('is looked up again and again before anything else is sent', async (t) => {
    const script = scripted(unclear, createdAs('mary'));
    const bot = await start(t, script, { timing: { lookupWindowMs: 1_500, lookupEveryMs: 1 } });
    const run = bot.run();
    await until('several look-ups', () => (bot.connect.calls().findUser ?? 0) > 3);
    assert.equal(script.sent.length, 1);
    assert.equal((await bot.row())?.state, 'unclear');
    await run;
    assert.equal(script.sent.length, 2);
    assert.deepEqual([(await bot.row())?.state, (await bot.row())?.sends], ['created', 2]);
  });

  test('is resolved even if the search finds the user late', async (t) => {
    const script = scripted(unclear);
    const bot = await start(t, script, { timing: { lookupWindowMs: 60_000, lookupEveryMs: 1 } });
    const run = bot.run();
    await until('a look-up in vain', () => (bot.connect.calls().findUser ?? 0) > 1);
    await bot.createOurs('mary');
    await run;
    assert.deepEqual([(await bot.row())?.state, script.sent.length], ['created', 1]);
  });

  test('does not count as created when the user carries a different tag or none', async (t) => {
    const bot = await start(t, scripted(unclear));
    bot.instance.users.push(userNamed('mary', { tags: { 'connect-add-user:row': 'CU-1/1/x' } }));
    await bot.run();
    assert.deepEqual(
      [(await bot.row())?.state, (await bot.row())?.problem?.code],
      ['failed', 'create.duplicate'],
    );
  });

  test('is left to a person when the bot may not tag its users and a similar user exists', async (t) => {
    const bot = await start(t, scripted(unclear), { config: { tagUsers: false } });
    bot.instance.users.push(userNamed('mary', { firstName: 'Mary', lastName: 'Major' }));
    await bot.run();
    assert.equal((await bot.row())?.problem?.code, 'create.unclear-for-good');
  });

  test('stays unclear, and nothing is sent, while Connect cannot be asked', async (t) => {
    const script = scripted(unclear);
    const bot = await start(t, script);
    bot.connect.failWith(
      new ConnectReadError('unavailable', 'SearchUsers', { cause: null, detail: '503' }),
    );
    await bot.run();
    assert.equal((await bot.row())?.state, 'unclear');
    assert.equal((await bot.request())?.hold?.code, 'create.unavailable');
    await bot.run();
    assert.equal(script.sent.length, 1);
    bot.connect.failWith(null);
    await bot.createOurs('mary');
    await bot.run();
    assert.deepEqual([(await bot.row())?.state, script.sent.length], ['created', 1]);
  });

  test('a look-up that Connect refuses for another reason fails the run, and is no outage', async (t) => {
    const script = scripted(unclear);
    const bot = await start(t, script);
    bot.connect.failWith(
      new ConnectReadError('invalid', 'SearchUsers', { cause: null, detail: 'what?' }),
    );
    await assert.rejects(bot.run(), /what\?/);
    assert.equal((await bot.row())?.state, 'unclear');
    assert.equal((await bot.request())?.hold, null);
    assert.equal(script.sent.length, 1);
  });

  test('pauses the request when AWS denies the look-up, and is looked up after Resume', async (t) => {
    const script = scripted(unclear);
    const bot = await start(t, script);
    bot.connect.failWith(
      new ConnectReadError('denied', 'SearchUsers', { cause: null, detail: 'not authorized' }),
    );
    await bot.run();
    const stopped = await bot.request();
    assert.deepEqual([stopped?.state, stopped?.hold?.code], ['paused', 'create.look-up-denied']);
    assert.equal((await bot.row())?.state, 'unclear');
    bot.connect.failWith(null);
    await bot.createOurs('mary');
    await bot.resume();
    await bot.run();
    assert.deepEqual([(await bot.row())?.state, script.sent.length], ['created', 1]);
  });

  test('takes a duplicate after a lost answer for our own user, not for an error', async (t) => {
    const bot = await start(t, scripted(unclear, refused('duplicate')), {
      timing: { lookupWindowMs: 800, lookupEveryMs: 1 },
    });
    const send = bot.run();
    await until('the first send', async () => (await bot.row())?.state === 'unclear');
    await until('the second send', async () => ((await bot.row())?.sends ?? 0) === 2);
    await bot.createOurs('mary');
    await send;
    assert.deepEqual(
      [(await bot.row())?.state, (await bot.row())?.user_id],
      ['created', 'id-mary'],
    );
  });

  test('leaves a duplicate that no search shows to a person, and does not send it forever', async (t) => {
    const script = scripted(unclear, refused('duplicate'));
    const bot = await start(t, script);
    await bot.run();
    assert.equal((await bot.row())?.problem?.code, 'create.unclear-for-good');
    assert.deepEqual([script.sent.length, (await bot.request())?.state], [2, 'done']);
  });

  test('is assumed after a run was killed, because the row was marked before it was sent', async (t) => {
    const script = scripted(createdAs('mary'));
    const bot = await start(t, script);
    await bot.database.query(`update rows set state = 'sending', sends = 1, sent_at = now()`);
    await bot.createOurs('mary');
    await bot.run();
    assert.deepEqual([(await bot.row())?.state, script.sent.length], ['created', 0]);
  });
});

describe('H2: what was approved', () => {
  test('must equal what is stored, or nothing is sent for any row', async (t) => {
    const script = scripted(createdAs('mary'));
    const rows = [{ user: newUser('mary') }, { user: newUser('zoe') }];
    const bot = await start(t, script, { rows, approvedHash: 'b'.repeat(64) });
    await bot.run();
    const states = (await bot.rows()).map((row) => [row.state, row.problem?.code]);
    assert.deepEqual(states, [
      ['failed', 'create.no-longer-valid'],
      ['failed', 'create.no-longer-valid'],
    ]);
    assert.equal(script.sent.length, 0);
    assert.equal((await bot.request())?.state, 'done');
  });

  test('does not include what was changed in the database since', async (t) => {
    const script = scripted(createdAs('mary'));
    const bot = await start(t, script);
    await bot.database.tamper(
      `update rows set new_user = jsonb_set(new_user, '{securityProfiles,0,id}', '"sp-admin"')`,
    );
    await bot.run();
    assert.equal(script.sent.length, 0);
    assert.equal((await bot.row())?.problem?.code, 'create.no-longer-valid');
  });

  test('is required: nothing is sent in any state but approved', async (t) => {
    const script = scripted(createdAs('mary'));
    const bot = await start(t, script);
    for (const state of [
      'received',
      'awaiting_approval',
      'rejected',
      'denied',
      'cancelled',
      'expired',
    ]) {
      await bot.database.query('update requests set state = $1', [state]);
      await bot.run();
    }
    await provisionRequest(bot.services, 999_999, running);
    assert.equal(script.sent.length, 0);
  });
});

describe('many rows', () => {
  const names = Array.from({ length: 40 }, (_, index) => `user${index}`);
  const many = names.map((name) => ({ user: newUser(name) }));

  test('are each sent once', async (t) => {
    const script = scripted((input) => createdAs(input.user.username));
    const bot = await start(t, script, { rows: many });
    await bot.run();
    assert.deepEqual(script.sent.map((input) => input.user.username).sort(), [...names].sort());
    assert.ok((await bot.rows()).every((row) => row.state === 'created' && row.sends === 1));
    assert.equal((await bot.request())?.state, 'done');
  });

  test('go on together after a hold, and the hold is over once', async (t) => {
    const gate = Promise.withResolvers<void>();
    const script = scripted((input) => createdAs(input.user.username));
    const together = {
      sent: script.sent,
      createUser: async (input: CreateInput) => {
        const outcome = await script.createUser(input);
        if (script.sent.length >= 5) gate.resolve();
        await gate.promise;
        return outcome;
      },
    };
    const bot = await start(t, together, { rows: many });
    await bot.database.query(`update requests set hold = '{"code":"create.quota","params":{}}'`);
    await bot.run();
    const request = await bot.request();
    assert.deepEqual([request?.state, request?.hold], ['done', null]);
    assert.ok((await bot.rows()).every((row) => row.state === 'created' && row.sends === 1));
    const events = await bot.database.query(`select kind from audit_events where kind = 'resumed'`);
    assert.equal(events.length, 1);
  });

  test('stop between two sends when the bot stops, and the next run does the rest', async (t) => {
    const stopping = new AbortController();
    const script = scripted((input) => {
      if (input.user.username === 'user4') stopping.abort();
      return createdAs(input.user.username);
    });
    const bot = await start(t, script, { rows: many });
    await bot.run(stopping.signal);
    const sent = script.sent.length;
    assert.ok(sent < many.length, `${sent} were sent`);
    assert.ok((await bot.rows()).every((row) => ['created', 'waiting'].includes(row.state)));
    assert.equal((await bot.request())?.state, 'approved');
    await bot.run();
    assert.equal(script.sent.length, many.length);
    assert.equal((await bot.request())?.state, 'done');
  });
});

describe('H4: a password', () => {
  test('is in the call only when it was generated', async (t) => {
    const script = scripted(createdAs('mary'));
    const bot = await start(t, script);
    await bot.run();
    const password = script.sent[0]?.password ?? '';
    assert.match(password, /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)\S{8,64}$/);
    const stored = await bot.database.query(`
      select to_jsonb(r) as it from requests r union all
      select to_jsonb(r) from rows r union all
      select to_jsonb(a) from audit_events a`);
    assert.equal(JSON.stringify(stored).includes(password), false);
    assert.equal(JSON.stringify(bot.jobs).includes(password), false);
  });

  test('is sent as it was typed, and deleted with the outcome', async (t) => {
    const script = scripted(createdAs('mary'));
    const bot = await start(t, script, {
      rows: [{ user: newUser('mary'), typed: 'Correct-1 horse' }],
    });
    assert.ok((await bot.row())?.password_cipher);
    await bot.run();
    assert.equal(script.sent[0]?.password, 'Correct-1 horse');
    assert.equal((await bot.row())?.password_cipher, null);
  });

  test('is kept while its row may still be sent', async (t) => {
    const bot = await start(t, scripted(refused('quota')), {
      rows: [{ user: newUser('mary'), typed: 'Correct-1' }],
    });
    await bot.run();
    assert.ok((await bot.row())?.password_cipher);
  });

  test('fails its row, without a call, when it cannot be read anymore', async (t) => {
    const script = scripted(createdAs('mary'));
    const bot = await start(t, script, { rows: [{ user: newUser('mary'), typed: 'Correct-1' }] });
    await bot.database.query(`update rows set password_cipher = '\\x00ff'`);
    await bot.run();
    assert.equal((await bot.row())?.problem?.code, 'create.password-lost');
    assert.equal(script.sent.length, 0);
  });

  test('is not sent where the identity provider keeps the people', async (t) => {
    const script = scripted(createdAs('mary'));
    const bot = await start(t, script, { rows: [{ user: newUser('mary'), password: 'none' }] });
    await bot.run();
    assert.ok(script.sent[0] && !('password' in script.sent[0]));
  });
});

test('a request of an instance that is no longer configured waits and says why', async (t) => {
  const bot = await testServices(t, {});
  const id = await approvedRequest(bot.services, [{ user: newUser('mary') }]);
  await provisionRequest(bot.services, id, running);
  const request = await readRequest(bot.services.db, id);
  assert.deepEqual([request?.state, request?.hold?.code], ['approved', 'form.unknown-instance']);
});
