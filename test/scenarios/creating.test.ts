/** Whatever Connect answers to CreateUser, the request ends correctly, and the thread shows what happened. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ConnectFault } from '../../sandbox/api/wire.ts';
import { wayTo } from '../storage/outage.ts';
import { impatient, type Scenario, startScenario } from './harness.ts';
import type { Person } from './person.ts';
import { eventually } from './sandbox-calls.ts';
import type { Seen } from './seen.ts';
import { mary } from './stage.ts';
import { createsOf } from './wire.ts';

const createUser = { on: 'connect', operation: 'CreateUser' } as const;

async function approve(
  { tara, ari, ask }: Scenario,
  meanwhile: () => Promise<unknown>,
): Promise<Seen> {
  const asked = await ask(tara);
  await meanwhile();
  await ari.press(asked, 'Approve');
  return asked;
}

describe('refusals about this user', { concurrency: 3 }, () => {
  const refusals: [what: string, fault: ConnectFault, said: RegExp][] = [
    [
      'values that Connect does not take',
      { ...createUser, kind: 'error', error: 'InvalidParameterException', message: 'Bad phone' },
      /Amazon Connect refused these values: Bad phone.*Correct them/s,
    ],
    [
      'a request that Connect does not take',
      { ...createUser, kind: 'error', error: 'InvalidRequestException', message: 'No way' },
      /Amazon Connect refused these values: No way/,
    ],
  ];
  for (const [what, fault, said] of refusals) {
    test(`${what}: said in the thread and to the requester, sent once`, async (t) => {
      const scenario = await startScenario(t);
      const { sandbox, tara, card, threadSays } = scenario;
      const asked = await approve(scenario, () => sandbox.fault(fault));
      await card(/❌ 1 failed · approved by Ari Admin/);
      await threadSays(asked, said);
      const direct = await tara.isSent(said);
      assert.deepEqual(direct.buttons, ['Edit and resend']);
      assert.equal(await createsOf(sandbox, 'Mary'), 1);
      assert.equal(await sandbox.connectUser('Mary'), undefined);
    });
  }

  test('a username that somebody took meanwhile is a duplicate, and that user is left alone', async (t) => {
    const scenario = await startScenario(t);
    const { sandbox, card, threadSays } = scenario;
    const asked = await approve(scenario, () =>
      sandbox.website({
        instance: 'production',
        action: 'add-user',
        user: { username: 'Mary', securityProfileIds: ['Trainee'] },
      }),
    );
    await card(/❌ 1 failed/);
    await threadSays(asked, /“Mary” already exists in production/);
    assert.deepEqual((await sandbox.connectUser('Mary'))?.securityProfiles, ['Trainee']);
    assert.equal(await createsOf(sandbox, 'Mary'), 1);
  });

  test('a routing profile deleted between the check and the creation is named', async (t) => {
    const scenario = await startScenario(t);
    const { sandbox, card, threadSays } = scenario;
    const asked = await approve(scenario, () =>
      sandbox.website({
        instance: 'production',
        action: 'delete-routing-profile',
        id: 'Basic Routing Profile',
      }),
    );
    await card(/❌ 1 failed/);
    await threadSays(asked, /A profile or group in this request no longer exists in production/);
    assert.equal(await createsOf(sandbox, 'Mary'), 1);
  });
});

describe('refusals that pass', { concurrency: 3 }, () => {
  test('another application that uses the account’s rate slows creating down and changes nothing else', async (t) => {
    const scenario = await startScenario(t);
    const { sandbox, card } = scenario;
    const asked = await approve(scenario, () =>
      sandbox.configureConnect({
        perOperation: { CreateUser: { ratePerSecond: 2, burst: 1 } },
        othersPerSecond: 1.5,
      }),
    );
    const done = await card(/✅ 1 created/);
    assert.equal(done.ts, asked.ts);
    assert.ok(await sandbox.connectUser('Mary'));
  });

  test('throttling under both of its names delays creating and changes nothing else', async (t) => {
    const scenario = await startScenario(t);
    const { sandbox, card } = scenario;
    const fault = { ...createUser, kind: 'error' } as const;
    await approve(scenario, async () => {
      await sandbox.fault({ ...fault, error: 'ThrottlingException' });
      await sandbox.fault({ ...fault, error: 'TooManyRequestsException' });
    });
    await card(/✅ 1 created/);
    assert.equal(await createsOf(sandbox, 'Mary'), 3);
  });
});

describe('trying again what failed', { concurrency: 3 }, () => {
  const occupied = (sandbox: Scenario['sandbox']) =>
    sandbox.website({
      instance: 'production',
      action: 'add-user',
      user: { username: 'Mary', securityProfileIds: ['Trainee'] },
    });
  const free = (sandbox: Scenario['sandbox']) =>
    sandbox.website({ instance: 'production', action: 'delete-user', id: 'Mary' });

  test('a retry creates a user whose username is free again, with one click, no new approval, and one correct receipt', async (t) => {
    const scenario = await startScenario(t);
    const { sandbox, ari, tara, sam, card, threadSays, database } = scenario;
    const asked = await approve(scenario, () => occupied(sandbox));
    const failed = await card(/❌ 1 failed/);
    assert.deepEqual(failed.buttons, ['Retry 1 failed', 'Evidence']);
    await threadSays(asked, /press Retry 1 failed on the card/);
    await sam.press(failed, 'Retry 1 failed');
    await sam.isTold(/Users – Create|which user/);
    assert.equal(await createsOf(sandbox, 'Mary'), 1);

    await free(sandbox);
    await tara.press(failed, 'Retry 1 failed');
    const done = await card(/✅ 1 created · approved by Ari Admin/);
    assert.deepEqual([done.ts, done.buttons], [asked.ts, ['Evidence']]);
    await threadSays(asked, /Mary Major \(Mary\) is ready in production/);
    await threadSays(asked, /Tara Lead retried 1 failed user/);
    const thread = (await ari.thread(asked)).map((message) => message.text).join('\n');
    assert.doesNotMatch(thread, /was not created|exists already|being retried/);
    await tara.isSent(/is ready in production/);
    assert.equal(
      (await tara.directMessages()).filter((message) => /was not created/.test(message.text))
        .length,
      0,
    );
    assert.deepEqual((await sandbox.connectUser('Mary'))?.securityProfiles, ['Agent']);
    assert.equal(await createsOf(sandbox, 'Mary'), 2);
    const events = await database.query(`select actor from audit_events where kind = 'approved'`);
    assert.equal(events.length, 1);

    // The button of the old card has no effect when it is pressed again.
    await ari.press(failed, 'Retry 1 failed').catch(() => {});
    assert.equal(await createsOf(sandbox, 'Mary'), 2);
  });

  test('a retry fails again while the username is still taken, and the existing user is left alone', async (t) => {
    const scenario = await startScenario(t);
    const { sandbox, ari, card, threadSays, database } = scenario;
    const asked = await approve(scenario, () => occupied(sandbox));
    await ari.press(await card(/❌ 1 failed/), 'Retry 1 failed');
    await eventually('it has ended twice', async () => {
      const ended = await database.query(`select 1 from audit_events where kind = 'done'`);
      return ended.length === 2;
    });
    await card(/❌ 1 failed/);
    await threadSays(asked, /“Mary” already exists in production/);
    assert.deepEqual((await sandbox.connectUser('Mary'))?.securityProfiles, ['Trainee']);
  });

  test('is not offered for rows that have to be changed, nor when the approval is too old', async (t) => {
    const scenario = await startScenario(t);
    const { sandbox, tara, card, database } = scenario;
    await approve(scenario, () => occupied(sandbox));
    const failed = await card(/❌ 1 failed/);
    await free(sandbox);
    await database.query(`update requests set expires_at = now() - interval '1 second'`);
    await tara.press(failed, 'Retry 1 failed');
    await tara.isTold(/approval of this request has expired/);
    // The job that was scheduled for that time removes the button.
    await database.query(`update jobs.job set start_after = now() where name = 'expire'`);
    await eventually('the button is gone', async () => {
      const now = await card(/❌ 1 failed/);
      return !now.buttons.includes('Retry 1 failed');
    });
    assert.equal(await sandbox.connectUser('Mary'), undefined);
  });
});

describe('refusals that only a person can correct', { concurrency: 3 }, () => {
  /** How often the bot stopped, and how often its thread reported that. */
  async function stops({ ari, database }: Scenario, asked: Seen, words: RegExp) {
    const events = await database.query(`select 1 from audit_events where kind = 'stopped'`);
    const notes = (await ari.thread(asked)).filter((message) => words.test(message.text));
    return [events.length, notes.length];
  }

  test('a full quota pauses the request and says what to do, and Resume continues after the quota was raised', async (t) => {
    const scenario = await startScenario(t);
    const { sandbox, tara, card, threadSays } = scenario;
    const asked = await approve(scenario, () => sandbox.configureConnect({ usersQuota: 1 }));
    const full = /production is full: its user quota is used up.*Then press Resume on the card/;
    await threadSays(asked, full);
    const stopped = await card(/⏸ production is full/);
    assert.deepEqual(stopped.buttons, ['Resume', 'Cancel the rest']);
    assert.equal(await createsOf(sandbox, 'Mary'), 1, 'nothing is tried while it is paused');

    await sandbox.configureConnect({ usersQuota: 500 });
    await tara.press(stopped, 'Resume');
    await card(/✅ 1 created/);
    assert.equal(await createsOf(sandbox, 'Mary'), 2);
    await threadSays(asked, /There is room again/);
    assert.deepEqual(await stops(scenario, asked, /room again|is full/), [1, 1]);
  });

  test('a request that is resumed too early is paused again and repeats no message', async (t) => {
    const scenario = await startScenario(t);
    const { sandbox, tara, ari, card, database } = scenario;
    const asked = await approve(scenario, () => sandbox.configureConnect({ usersQuota: 1 }));
    const full = /⏸ production is full/;
    const metTimes = (times: number) =>
      eventually(`the bot has met it ${times} times`, async () => {
        const events = await database.query(`select 1 from audit_events where kind = 'stopped'`);
        return events.length === times;
      });
    const stopped = await card(full);
    // The database is updated before the card, whose button appears a moment later.
    const resume = (who: Person) =>
      eventually('Resume can be pressed', () =>
        who.press(stopped, 'Resume').then(Boolean, () => false),
      );
    await resume(ari);
    await metTimes(2);
    await resume(tara);
    await metTimes(3);
    await sandbox.configureConnect({ usersQuota: 500 });
    await resume(ari);
    await card(/✅ 1 created/);
    assert.deepEqual(await stops(scenario, asked, /room again|is full/), [3, 1]);
  });

  test('when AWS denies CreateUser, the thread names the permission, and Resume continues', async (t) => {
    const scenario = await startScenario(t);
    const { sandbox, ari, bea, sam, card, threadSays } = scenario;
    const fault = { ...createUser, kind: 'error', error: 'AccessDeniedException' } as const;
    const asked = await approve(scenario, () => sandbox.fault(fault));
    await threadSays(
      asked,
      /AWS doesn’t allow me to create users in production.*connect:CreateUser/s,
    );
    const stopped = await card(/⏸ AWS doesn’t allow me to create users/);
    // A person who could not have approved the request cannot resume it either.
    await sam.press(stopped, 'Resume');
    await sam.isTold(/Users – Create|which user/);
    assert.equal(await createsOf(sandbox, 'Mary'), 1);
    await bea.press(stopped, 'Resume');
    await card(/✅ 1 created/);
    assert.equal(await createsOf(sandbox, 'Mary'), 2);
    assert.ok((await ari.thread(asked)).length > 0);
  });

  test('a denied look-up pauses the request, and nothing is sent again before it succeeds', async (t) => {
    const scenario = await startScenario(t);
    const { sandbox, tara, card, threadSays } = scenario;
    const asked = await approve(scenario, async () => {
      await sandbox.fault({ ...createUser, kind: 'lose-answer' });
      const denied = { kind: 'error', error: 'AccessDeniedException' } as const;
      await sandbox.fault({ on: 'connect', operation: 'SearchUsers', ...denied }, 100);
    });
    await threadSays(asked, /whether a user was created in production: it denies SearchUsers/);
    const stopped = await card(/⏸ AWS doesn’t allow me to check/);
    assert.equal(await createsOf(sandbox, 'Mary'), 1);
    await sandbox.clearFaults();
    await tara.press(stopped, 'Resume');
    await card(/✅ 1 created/);
    assert.equal(await createsOf(sandbox, 'Mary'), 1);
  });

  test('Resume finds out whether the user was created, even if the request was cancelled while the look-up was denied', async (t) => {
    const scenario = await startScenario(t);
    const { sandbox, tara, card, database } = scenario;
    await approve(scenario, async () => {
      await sandbox.fault({ ...createUser, kind: 'lose-answer' });
      const denied = { kind: 'error', error: 'AccessDeniedException' } as const;
      await sandbox.fault({ on: 'connect', operation: 'SearchUsers', ...denied }, 100);
    });
    await tara.press(await card(/⏸ AWS doesn’t allow me to check/), 'Cancel the rest');
    const stopped = await eventually('it is paused again, with a way to go on', async () => {
      const [request] = await database.query('select state, rest_cancelled_at from requests');
      const seen = await card(/⏸ AWS doesn’t allow me to check/);
      const isPaused = request?.state === 'paused' && request.rest_cancelled_at !== null;
      return isPaused && seen.buttons.join() === 'Resume' ? seen : undefined;
    });
    await database.query(`update requests set expires_at = now() - interval '1 minute'`);
    await sandbox.clearFaults();
    await tara.press(stopped, 'Resume');
    await card(/✅ 1 created/);
    assert.equal(await createsOf(sandbox, 'Mary'), 1);
  });

  test('nobody is created when the paused request is cancelled, and the receipt says so', async (t) => {
    const scenario = await startScenario(t);
    const { sandbox, tara, card, threadSays } = scenario;
    const asked = await approve(scenario, () => sandbox.configureConnect({ usersQuota: 1 }));
    await tara.press(await card(/⏸ production is full/), 'Cancel the rest');
    const end = await card(/❌ 1 cancelled/);
    assert.deepEqual(end.buttons, ['Evidence']);
    await threadSays(asked, /Mary Major \(Mary\) was cancelled\. Not created/);
    assert.equal(await sandbox.connectUser('Mary'), undefined);
  });
});

describe('H1: answers that leave it unclear', { concurrency: 3 }, () => {
  const unclear: [what: string, fault: ConnectFault][] = [
    ['a 500', { ...createUser, kind: 'error', error: 'InternalServiceException' }],
    ['a page of HTML', { ...createUser, kind: 'html-502' }],
    ['a connection that breaks', { ...createUser, kind: 'reset' }],
    ['no answer at all', { ...createUser, kind: 'hang' }],
  ];
  for (const [what, fault] of unclear) {
    test(`${what}, and no user: looked up, then sent once more`, async (t) => {
      const scenario = await startScenario(t, {
        timing: {
          connect: impatient.connect,
        },
      });
      const { sandbox, card } = scenario;
      await approve(scenario, () => sandbox.fault(fault));
      await card(/✅ 1 created/);
      assert.equal(await createsOf(sandbox, 'Mary'), 2);
      const names = (await sandbox.wire('connect')).map((call) => call.name);
      const between = names.slice(names.indexOf('CreateUser') + 1, names.lastIndexOf('CreateUser'));
      assert.ok(between.includes('SearchUsers'), 'nothing is sent again before it was looked up');
    });
  }

  test('a user whose answer was lost is found and never sent again', async (t) => {
    const scenario = await startScenario(t, {
      connect: { searchLagMs: 300 },
      timing: { lookupWindowMs: 5_000 },
    });
    const { sandbox, card, threadSays } = scenario;
    const asked = await approve(scenario, () =>
      sandbox.fault({ ...createUser, kind: 'lose-answer' }),
    );
    await card(/✅ 1 created/);
    const user = await sandbox.connectUser('Mary');
    assert.ok(user);
    const receipt = await threadSays(asked, /is ready in production/);
    assert.ok(receipt.text.includes(user.id) && receipt.text.includes(user.arn));
    assert.equal(await createsOf(sandbox, 'Mary'), 1);
  });

  test('a user that the search shows too late is found after Connect refuses the second send', async (t) => {
    const scenario = await startScenario(t, {
      connect: { searchLagMs: 500 },
      timing: { lookupWindowMs: 300 },
    });
    const { sandbox, card, threadSays } = scenario;
    const asked = await approve(scenario, () =>
      sandbox.fault({ ...createUser, kind: 'lose-answer' }),
    );
    await card(/✅ 1 created/);
    const { users } = await sandbox.connect();
    assert.equal(users.filter((user) => user.username === 'Mary').length, 1);
    await threadSays(asked, /is ready in production/);
  });

  test('a user that the search never shows is found in the lists and recognized', async (t) => {
    const scenario = await startScenario(t, {
      connect: { searchLagMs: 3_600_000 },
      timing: { lookupWindowMs: 200 },
    });
    const { sandbox, card } = scenario;
    await approve(scenario, () => sandbox.fault({ ...createUser, kind: 'lose-answer' }));
    await card(/✅ 1 created/);
    // The row is sent again after the search's waiting time; the duplicate error proves that the user exists.
    assert.equal(await createsOf(sandbox, 'Mary'), 2);
  });

  test('after a lost answer, nothing is sent while Connect cannot be searched', async (t) => {
    const scenario = await startScenario(t);
    const { sandbox, card, threadSays } = scenario;
    const asked = await approve(scenario, async () => {
      await sandbox.fault({ ...createUser, kind: 'lose-answer' });
      await sandbox.fault({ on: 'connect', operation: 'SearchUsers', kind: 'reset' }, 20);
    });
    await threadSays(asked, /Amazon Connect isn’t responding\. Nothing is lost/);
    assert.equal(await createsOf(sandbox, 'Mary'), 1);
    await sandbox.clearFaults();
    await card(/✅ 1 created/);
    assert.equal(await createsOf(sandbox, 'Mary'), 1);
  });

  test('without tags, a similar user found after a lost answer is left to a person', async (t) => {
    const scenario = await startScenario(t, { instance: { tagUsers: false } });
    const { sandbox, card, threadSays } = scenario;
    const asked = await approve(scenario, () =>
      sandbox.fault({ ...createUser, kind: 'lose-answer' }),
    );
    await card(/❌ 1 failed/);
    await threadSays(asked, /gave no clear answer.*“Mary”.*Check that user in Connect/s);
    assert.equal(await createsOf(sandbox, 'Mary'), 1);
  });
});

describe('Connect is away', { concurrency: 3 }, () => {
  test('the check says so, no approval is requested, and it continues by itself', async (t) => {
    const { tara, sandbox, card, ari } = await startScenario(t);
    const form = await tara.openForm();
    await form.set('Routing profile', 'Basic Routing Profile');
    await form.set('Security profiles', ['Agent']);
    await sandbox.fault({ on: 'connect', operation: '*', kind: 'reset' }, 500);
    const { 'Routing profile': _routing, 'Security profiles': _security, ...typed } = mary;
    assert.equal((await form.submit(typed)).outcome, 'closed');
    const held = await card(/⏸ Amazon Connect isn’t responding\. Nothing is lost/);
    assert.deepEqual(held.buttons, []);
    await sandbox.clearFaults();
    const asked = await card(/Needs 1 approval/);
    assert.equal(asked.ts, held.ts, 'the same card');
    await ari.press(asked, 'Approve');
    await card(/✅ 1 created/);
  });

  test('creating says so, loses nothing, and continues by itself', async (t) => {
    const way: { cut?: () => Promise<void>; restore?: () => Promise<void> } = {};
    const scenario = await startScenario(t, {
      connectUrl: async (url) => {
        const { url: through, cut, restore } = await wayTo(t, url);
        Object.assign(way, { cut, restore });
        return through;
      },
    });
    const { tara, ari, sandbox, ask, card, threadSays } = scenario;
    const asked = await ask(tara);
    // The click is checked with Connect; only the next step finds that the profile was deleted.
    await sandbox.fault({ ...createUser, kind: 'error', error: 'ThrottlingException' }, 1000);
    await ari.press(asked, 'Approve');
    await card(/⏳/);
    await way.cut?.();
    await sandbox.clearFaults();
    await threadSays(asked, /Amazon Connect isn’t responding\. Nothing is lost/);
    await way.restore?.();
    await card(/✅ 1 created/);
    assert.ok(await sandbox.connectUser('Mary'));
  });
});
