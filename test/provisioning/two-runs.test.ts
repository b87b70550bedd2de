/**
 * Concurrent runs: of several requests, and (H1, created at most once) of one request whose bot was suspended or
 * presumed dead.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { provisionRequest } from '../../src/provisioning/provision-request.ts';
import { restCancelled } from '../../src/requests/model/creating-transitions.ts';
import { step } from '../../src/requests/store/step.ts';
import { until } from '../until.ts';
import { approvedRequest, createdAs, newUser, scripted } from './approved.ts';
import { start } from './one-bot.ts';

describe('H1: a run', () => {
  test('sends no more rows after a second run has taken over its request', async (t) => {
    const gate = Promise.withResolvers<void>();
    const script = scripted((input) => createdAs(input.user.username));
    const slow = {
      sent: script.sent,
      createUser: async (...given: Parameters<typeof script.createUser>) => {
        const outcome = await script.createUser(...given);
        if (given[0].user.username === 'anna') await gate.promise;
        return outcome;
      },
    };
    // One send at a time, so that the second row still waits while the first is in progress.
    const pace = { ratePerSecond: 4, burst: 1 };
    const rows = ['anna', 'bo'].map((name) => ({ user: newUser(name) }));
    const bot = await start(t, slow, { rows, config: { pace } });
    const first = bot.run();
    await until('anna is under way', () => script.sent.length === 1);
    await bot.database.query(`update requests set run = gen_random_uuid()`);
    gate.resolve();
    await first;
    const states = (await bot.rows()).map((row) => [row.state, row.sends]);
    assert.deepEqual(states, [
      ['created', 1],
      ['waiting', 0],
    ]);
    assert.equal((await bot.request())?.state, 'approved');
    await bot.run();
    assert.equal((await bot.request())?.state, 'done');
    assert.deepEqual(
      script.sent.map((input) => input.user.username),
      ['anna', 'bo'],
    );
  });

  test('returns a row to the queue when it marked the row too long ago', async (t) => {
    const script = scripted(createdAs('mary'));
    const bot = await start(t, script, { timing: { markCountsForMs: -1 } });
    const stopping = new AbortController();
    const run = bot.run(stopping.signal);
    await until('it was marked again', async () => ((await bot.row())?.sends ?? 0) >= 2);
    stopping.abort();
    await run;
    assert.deepEqual([script.sent.length, (await bot.row())?.state], [0, 'waiting']);
  });

  test('does not send a row again when the rest of its request was cancelled during the call', async (t) => {
    const script = scripted({ kind: 'throttled' });
    const cancelling = {
      sent: script.sent,
      createUser: async (...given: Parameters<typeof script.createUser>) => {
        await step(bot.services, bot.id, (head) =>
          restCancelled(head, { id: 'U0TARA', name: 'Tara Lead' }, bot.services.now()),
        );
        return script.createUser(...given);
      },
    };
    // The second row's turn comes long after the first was sent and the rest was cancelled.
    const pace = { ratePerSecond: 1, burst: 1 };
    const rows = ['anna', 'bo'].map((name) => ({ user: newUser(name) }));
    const bot = await start(t, cancelling, { rows, config: { pace } });
    await bot.run();
    assert.deepEqual(
      (await bot.rows()).map((row) => row.state),
      ['cancelled', 'cancelled'],
    );
    assert.deepEqual([script.sent.length, (await bot.request())?.state], [1, 'done']);
  });
});

test('creates a request for one user, made while many rows are being created, within two turns', async (t) => {
  const script = scripted((input) => createdAs(input.user.username));
  const rows = Array.from({ length: 30 }, (_, n) => ({ user: newUser(`many${n}`) }));
  const bot = await start(t, script, { rows, config: { pace: { ratePerSecond: 20, burst: 2 } } });
  const many = bot.run();
  await until('many are under way', () => script.sent.length >= 8);
  const id = await approvedRequest(bot.services, [{ user: newUser('urgent') }]);
  const sentBefore = script.sent.length;
  await provisionRequest(bot.services, id, new AbortController().signal);
  const place = script.sent.findIndex((input) => input.user.username === 'urgent');
  // Rows that were sent while the request's own rows were read do not count; there is at most one.
  assert.ok(place <= sentBefore + 2, `${place - sentBefore} were sent before it`);
  await many;
  assert.equal(script.sent.length, 31);
});

describe('a clock that is set', () => {
  const jumps = [
    ['back by a day', -86_400_000],
    ['forward by a day', 86_400_000],
  ] as const;
  for (const [how, ms] of jumps) {
    test(`${how} while rows are created changes nothing in what is sent, and when`, async (t) => {
      const script = scripted((input) => {
        if (input.user.username === 'user3') bot.pass(ms);
        return createdAs(input.user.username);
      });
      const rows = Array.from({ length: 8 }, (_, n) => ({ user: newUser(`user${n}`) }));
      const bot = await start(t, script, {
        rows,
        config: { pace: { ratePerSecond: 20, burst: 1 } },
      });
      const from = performance.now();
      await bot.run();
      assert.ok(performance.now() - from >= 7 * 50 * 0.9, 'at the account’s pace');
      assert.ok((await bot.rows()).every((row) => row.state === 'created' && row.sends === 1));
      assert.equal((await bot.request())?.state, 'done');
    });

    test(`${how} makes nobody send a row again whose answer is still being looked for`, async (t) => {
      const script = scripted({ kind: 'unclear', detail: 'no answer' });
      const bot = await start(t, script, { timing: { lookupWindowMs: 60_000, lookupEveryMs: 1 } });
      const run = bot.run();
      await until('looked up in vain', () => (bot.connect.calls().findUser ?? 0) > 1);
      bot.pass(ms);
      await until('and again', () => (bot.connect.calls().findUser ?? 0) > 4);
      assert.deepEqual([script.sent.length, (await bot.row())?.state], [1, 'unclear']);
      await bot.createOurs('mary');
      await run;
      assert.deepEqual([script.sent.length, (await bot.row())?.state], [1, 'created']);
    });
  }
});
