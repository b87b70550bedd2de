/**
 * Proficiencies and traffic distribution groups are set once after a user was created, and never cause a second
 * creation.
 */
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { ConnectReadError } from '../../src/connect/gateway.ts';
import { retried } from '../../src/requests/model/creating-transitions.ts';
import { countRetryable } from '../../src/requests/store/requests-store.ts';
import { step } from '../../src/requests/store/step.ts';
import type { Proficiency } from '../../src/users/new-user.ts';
import { createdAs, newUser, scripted } from './approved.ts';
import { start } from './one-bot.ts';

const german: Proficiency = { attribute: 'Language', value: 'German', level: 4 };
const failure = (kind: ConnectReadError['kind']) =>
  new ConnectReadError(kind, 'AssociateUserProficiencies', {
    cause: undefined,
    detail: 'what Connect said',
  });

/** A request for one German speaker; `answers` are Connect's responses to each attempt, with null for success. */
async function begin(t: TestContext, ...answers: (ConnectReadError | null)[]) {
  const script = scripted(createdAs('mary'));
  const user = newUser('mary', {
    proficiencies: [german],
    trafficDistributionGroups: ['tdg-1'],
  });
  const bot = await start(t, script, { rows: [{ user }, { user: newUser('plain') }] });
  const done: unknown[] = [];
  Object.assign(bot.connect.instanceClient.gateway, {
    addProficiencies: async (userId: string, proficiencies: readonly Proficiency[]) => {
      const answer = answers.shift();
      if (answer) throw answer;
      done.push([userId, proficiencies]);
    },
    joinTrafficDistributionGroup: async (...given: string[]) => void done.push(given),
  });
  return { ...bot, script, done };
}

describe('what follows a creation', () => {
  test('is done for the created user, and not for users without a follow-up', async (t) => {
    const bot = await begin(t);
    await bot.run();
    assert.deepEqual(bot.done, [
      ['id-mary', [german]],
      ['id-mary', 'tdg-1'],
    ]);
    const rows = await bot.rows();
    assert.deepEqual(
      rows.map((row) => [row.state, row.follow_up]),
      [
        ['created', 'done'],
        ['created', null],
      ],
    );
    assert.equal((await bot.request())?.state, 'done');
  });

  test('is reported at its row when it is refused, and can be tried again without creating anybody', async (t) => {
    const bot = await begin(t, failure('invalid'));
    await bot.run();
    const row = await bot.row();
    assert.deepEqual([row?.state, row?.follow_up], ['created', 'failed']);
    assert.equal(row?.follow_up_problem?.code, 'create.follow-up-failed');
    assert.equal((await bot.request())?.state, 'done');
    assert.equal(await countRetryable(bot.services.db, bot.id), 1);

    const tomorrow = new Date(bot.services.now().getTime() + 86_400_000);
    const by = { id: 'U0TARA', name: 'Tara Lead' };
    await step(bot.services, bot.id, (head) =>
      retried({ ...head, expiresAt: tomorrow }, by, 1, bot.services.now()),
    );
    await bot.run();
    assert.equal((await bot.row())?.follow_up, 'done');
    assert.equal((await bot.row())?.follow_up_problem, null);
    assert.equal((await bot.request())?.state, 'done');
    assert.equal(bot.script.sent.length, 2, 'one send for each row, and none for trying again');
  });

  test('waits while Connect does not answer, and is continued by the next bot', async (t) => {
    const bot = await begin(t, failure('unavailable'));
    await bot.run();
    assert.equal((await bot.row())?.follow_up, 'pending');
    const held = await bot.request();
    assert.deepEqual([held?.state, held?.hold?.code], ['approved', 'create.unavailable']);
    await bot.run();
    assert.equal((await bot.row())?.follow_up, 'done');
    assert.equal((await bot.request())?.state, 'done');
    assert.equal(bot.script.sent.length, 2);
  });
});
