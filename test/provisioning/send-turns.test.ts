/** Many requests at once: which request sends next, over all requests and all bots, and which steps use no slot. */
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { provisionRequest } from '../../src/provisioning/provision-request.ts';
import { createSendTurns } from '../../src/provisioning/send-turns.ts';
import { paused, restCancelled } from '../../src/requests/model/creating-transitions.ts';
import { step } from '../../src/requests/store/step.ts';
import type { Services } from '../../src/services.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { log } from '../services.ts';
import { until } from '../until.ts';
import { approvedRequest, createdAs, newUser, scripted } from './approved.ts';
import { running, start } from './one-bot.ts';

const tara = { id: 'U0TARA', name: 'Tara Lead' };

/** Approves files of rows and starts each on one of these bots in turn; they run until they are stopped. */
async function startFiles(
  bots: readonly Services[],
  { files, rows }: { readonly files: number; readonly rows: number },
) {
  const stop = new AbortController();
  const runs: Promise<void>[] = [];
  for (let file = 0; file < files; file++) {
    const bot = bots[file % bots.length];
    assert.ok(bot);
    const users = Array.from({ length: rows }, (_, row) => ({
      user: newUser(`file${file}-${row}`),
    }));
    const id = await approvedRequest(bot, users);
    runs.push(provisionRequest(bot, id, stop.signal));
  }
  return async () => {
    stop.abort();
    await Promise.all(runs);
  };
}

async function secondBot(t: TestContext, first: Awaited<ReturnType<typeof start>>) {
  const opened = await openDatabase(first.database.config, { log });
  t.after(() => opened.close());
  return { ...first.services, db: opened.db, sendTurns: createSendTurns(opened.db) };
}

describe('a single hire among many files', () => {
  for (const bots of [1, 2]) {
    test(`is created next or soon after, with ${bots} bot(s), and every file goes on`, async (t) => {
      const script = scripted((input) => createdAs(input.user.username));
      const pace = { ratePerSecond: 40, burst: 1 };
      const first = await start(t, script, { rows: [{ user: newUser('mary') }], config: { pace } });
      const second = bots === 2 ? await secondBot(t, first) : first.services;
      const stopFiles = await startFiles([first.services, second], { files: 12, rows: 40 });
      const filesServed = () =>
        new Set(script.sent.map(({ user }) => user.username.split('-')[0])).size;
      await until('every file had a turn', () => filesServed() >= 12, 30_000);
      const sentBefore = script.sent.length;
      await provisionRequest(second, first.id, running);
      const place = script.sent.findIndex(({ user }) => user.username === 'mary') - sentBefore;
      // Some rows of others are sent while the request's own rows are read, and until it has waited as long as its
      // size requires.
      assert.ok(place >= 0 && place <= 12, `${place} were sent before it`);
      const sentByThen = script.sent.length;
      await until('the files go on', () => script.sent.length > sentByThen + 5);
      await stopFiles();
    });
  }
});

describe('a row that may not be sent anymore', () => {
  const ends = [
    ['its rest was cancelled', restCancelled, 'done'],
    ['it was paused', paused, 'paused'],
  ] as const;
  for (const [how, transition, state] of ends) {
    test(`takes no slot and ends at once: ${how}`, async (t) => {
      const script = scripted((input) => createdAs(input.user.username));
      const rows = Array.from({ length: 60 }, (_, row) => ({ user: newUser(`user${row}`) }));
      const pace = { ratePerSecond: 1, burst: 1 };
      const bot = await start(t, script, { rows, config: { pace } });
      const run = bot.run();
      await until('the first one is sent', () => script.sent.length === 1);
      const from = performance.now();
      await step(bot.services, bot.id, (head) => transition(head, tara, bot.services.now()));
      await run;
      const seconds = (performance.now() - from) / 1000;
      assert.ok(seconds < 2, `the run ended after ${seconds} s`);
      assert.equal((await bot.request())?.state, state);
      assert.ok(script.sent.length <= 2, `${script.sent.length} were sent`);
      const [budget] = await bot.database.query(
        `select extract(epoch from due_at - clock_timestamp())::float8 as seconds from pace`,
      );
      // One second for each row that was sent, and none for the other rows.
      assert.ok(Number(budget?.seconds) <= script.sent.length, JSON.stringify(budget));
      assert.deepEqual(await bot.database.query('select * from send_claims'), []);
    });
  }
});

test('a bot that hangs with the most urgent request does not keep the others from their slots', async (t) => {
  const script = scripted((input) => createdAs(input.user.username));
  const rows = Array.from({ length: 4 }, (_, row) => ({ user: newUser(`user${row}`) }));
  const bot = await start(t, script, { rows, config: { pace: { ratePerSecond: 20, burst: 1 } } });
  const { region } = bot.connect.instanceClient.config;
  await bot.database.query(
    `insert into send_claims (key, bot, waiting_since, rows_left, seen_at)
     values ($1, 'hangs', now() - interval '1 hour', 1, now() + interval '1 hour')`,
    [`CreateUser ${region}`],
  );
  const from = performance.now();
  await bot.run();
  assert.equal((await bot.request())?.state, 'done');
  assert.ok(performance.now() - from < 8_000, 'a quarter of a second for each slot at most');
});
