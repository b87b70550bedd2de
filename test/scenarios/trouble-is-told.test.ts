/** Failures are reported where people see them, and the same message is updated when they are over. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { impatient, startScenario } from './harness.ts';
import { requestsChannel } from './person.ts';
import { eventually } from './sandbox-calls.ts';
import { mary } from './stage.ts';
import { createsOf } from './wire.ts';

const unknown = { on: 'slack', kind: 'method', match: 'users.info', error: 'new_and_odd' } as const;

describe('an unexpected error', { concurrency: 2 }, () => {
  test('ends the check of a form with a reference; the button checks it again', async (t) => {
    const operators = ['U0BEA', requestsChannel];
    const scenario = await startScenario(t, {
      timing: { giveUpAfter: { failures: 2, ms: 100 } },
      config: (config) => ({ ...config, operators }),
    });
    const { tara, ari, bea, sandbox, card, log, database } = scenario;
    const form = await tara.openForm();
    await sandbox.fault(unknown, 1000);
    assert.equal((await form.submit(mary)).outcome, 'closed');
    const told = await tara.isSent(/couldn’t check this request/);
    const [, reference = ''] = /reference ([0-9a-f]{8})/.exec(told.text) ?? [];
    assert.ok(log().includes(reference), 'the log has the reference');
    assert.deepEqual(told.buttons, ['Check again', 'Withdraw']);
    // Nobody else is asked to decide; the operators are notified in their chosen place.
    await bea.isSent(new RegExp(`gave up on a job of CU-\\d+.*${reference}`, 's'));
    await card(new RegExp(reference));
    assert.deepEqual(await database.query('select state from requests'), [
      { state: 'check_failed' },
    ]);

    await sandbox.clearFaults();
    await tara.press(told, 'Check again');
    await ari.press(await card(/Needs 1 approval/), 'Approve');
    await card(/✅ 1 created/);
    await tara.isSent(/went on after that/);
    assert.equal(await createsOf(sandbox, 'Mary'), 1);
  });

  test('ends the check of a file in its thread, and it can be cancelled', async (t) => {
    const scenario = await startScenario(t, {
      timing: { giveUpAfter: { failures: 2, ms: 100 } },
    });
    const { tara, sandbox, database } = scenario;
    await sandbox.fault({ ...unknown, match: 'files.info' }, 1000);
    await sandbox.call('POST', '/messages', {
      user: tara.id,
      channel: 'U0BOT',
      text: '',
      files: [
        { name: 'november.csv', contentBase64: Buffer.from('username\nmary').toString('base64') },
      ],
    });
    const [root] = await eventually('the file is there', async () => {
      const sent = await tara.directMessages();
      return sent.length > 0 && sent;
    });
    assert.ok(root);
    const answer = await eventually('the thread says so', async () => {
      const replies = await tara.thread(root, root.raw.channel);
      return replies.find((message) => /couldn’t check this request/.test(message.text));
    });
    assert.deepEqual(answer.buttons, ['Check again', 'Withdraw']);
    await tara.press(answer, 'Withdraw');
    await eventually('it is cancelled', async () => {
      const [request] = await database.query('select state from requests');
      return request?.state === 'cancelled';
    });
  });

  test('an old error of the network, wrapped in a refusal, is not an outage of the database', async (t) => {
    const { tara, sandbox, logSays, log } = await startScenario(t);
    const form = await tara.openForm();
    // Enough faults, because other people are looked up in the meantime.
    await sandbox.fault({ on: 'slack', kind: 'method', match: 'users.info', error: 'reset' }, 40);
    assert.equal((await form.submit(mary)).outcome, 'closed');
    await logSays(/could not be checked yet/);
    assert.doesNotMatch(log(), /database is away|"outage":"database"/);
  });
});

describe('Connect is in trouble', { concurrency: 2 }, () => {
  test('the card says so at once while a user is created, and says when it is over', async (t) => {
    const scenario = await startScenario(t, {
      timing: { saySlowAfterMs: 300, lookupWindowMs: 1_000 },
    });
    const { tara, ari, sandbox, ask, card, threadSays } = scenario;
    const asked = await ask(tara);
    await sandbox.fault({ on: 'connect', kind: 'html-502', operation: 'CreateUser' }, 3);
    await ari.press(asked, 'Approve');
    const held = await card(/isn’t giving a clear answer.*try again/s);
    await threadSays(held, /isn’t giving a clear answer/);
    const done = await card(/✅ 1 created/);
    await threadSays(done, /is giving clear answers again/);
    assert.equal(await createsOf(sandbox, 'Mary'), 4);
    const thread = await ari.thread(done);
    assert.equal(thread.filter((message) => /a clear answer/.test(message.text)).length, 0);
  });

  test('the bot says so while a request is checked, before the call has failed, and says when it is over', async (t) => {
    const scenario = await startScenario(t, {
      timing: { ...impatient, saySlowAfterMs: 300, holdRetryMs: 100 },
    });
    const { tara, sandbox, card, threadSays } = scenario;
    const form = await tara.openForm();
    const reading = 'ListSecurityProfilePermissions';
    // The fault stays active until it was reported, because the form's own reads also use it up.
    await sandbox.fault({ on: 'connect', kind: 'hang', operation: reading }, 1000);
    assert.equal((await form.submit(mary)).outcome, 'closed');
    await card(/longer than usual|isn’t responding/);
    await sandbox.clearFaults();
    const asked = await card(/Needs 1 approval/);
    await threadSays(asked, /It took longer than usual\. The request went on|answering again/);
  });

  test('a read that AWS denies is reported as denied, and not as an outage', async (t) => {
    const scenario = await startScenario(t, { timing: { giveUpAfter: { failures: 2, ms: 100 } } });
    const { tara, sandbox, card } = scenario;
    const form = await tara.openForm();
    const operation = 'ListSecurityProfilePermissions';
    const denied = { on: 'connect', kind: 'error', error: 'AccessDeniedException' } as const;
    await sandbox.fault({ ...denied, operation }, 1000);
    assert.equal((await form.submit(mary)).outcome, 'closed');
    await card(/it denies ListSecurityProfilePermissions/);
    await tara.isSent(/couldn’t check this request/);
  });
});
