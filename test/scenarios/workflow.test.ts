/** The custom step for Workflow Builder: it makes requests like the form, and ends when the request ends. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startScenario } from './harness.ts';
import { eventually } from './sandbox-calls.ts';
import { acceptedCalls, createsOf } from './wire.ts';
import { maryInputs, runStep, stepEnded } from './workflow-run.ts';

describe('the step of a workflow', { concurrency: 3 }, () => {
  for (const transport of ['socket', 'http'] as const) {
    test(`requests in the name of who ran it, and ends with the user’s id (${transport})`, async (t) => {
      const scenario = await startScenario(t, { transport });
      const { sandbox, tara, ari, card, settled } = scenario;
      await sandbox.fault({ on: 'slack', kind: 'duplicate', match: 'function_executed' }, 1);
      const step = await runStep(sandbox, tara.id, maryInputs);
      const asked = await card(/Tara Lead .*requests Mary Major/);
      assert.match(asked.text, /Reason from the onboarding workflow/);
      // The person who ran the workflow is the requester.
      await tara.press(asked, 'Approve');
      await sandbox.fault(
        { on: 'slack', kind: 'lose-answer', match: 'functions.completeSuccess' },
        1,
      );
      await ari.press(asked, 'Approve');
      const end = await stepEnded(sandbox, step);
      const user = await sandbox.connectUser('mary.major');
      assert.deepEqual(end.outputs, {
        request_number: 'CU-1001',
        state: 'created',
        user_id: user?.id,
      });
      await settled();
      assert.equal(await createsOf(sandbox, 'mary.major'), 1);
      assert.equal((await ari.messages()).length, 1, 'one card');
    });
  }

  test('ends with what is wrong, with a denial, and with who has withdrawn it', async (t) => {
    const { sandbox, tara, ari, card } = await startScenario(t);
    const wrong = await runStep(sandbox, tara.id, {
      ...maryInputs,
      security_profiles: 'Agnt',
      email: '',
    });
    const why = (await stepEnded(sandbox, wrong)).error ?? '';
    assert.match(why, /^CU-1001 was not sent\. .*Security profiles: .*“Agnt”.*Agent/s);
    assert.match(why, /Email: /);
    await tara.isSent(/CU-1001.*was not sent/);

    const denied = await runStep(sandbox, tara.id, maryInputs);
    await ari.deny(await card(/CU-1002.*Needs 1 approval/s), 'use the preset');
    assert.equal(
      (await stepEnded(sandbox, denied)).error,
      'CU-1002: Ari Admin denied: use the preset',
    );

    const withdrawn = await runStep(sandbox, tara.id, maryInputs);
    await tara.press(await card(/CU-1003.*Needs 1 approval/s), 'Withdraw');
    assert.match((await stepEnded(sandbox, withdrawn)).error ?? '', /^CU-1003 was withdrawn/);
  });

  test('ends when nobody decides in time, and when the user was not created', async (t) => {
    const { sandbox, tara, ari, card, database } = await startScenario(t);
    const late = await runStep(sandbox, tara.id, maryInputs);
    await card(/CU-1001.*Needs 1 approval/s);
    await database.query(`update jobs.job set start_after = now() where name = 'expire'`);
    assert.equal(
      (await stepEnded(sandbox, late)).error,
      'CU-1001: nobody decided in time. Nothing was created.',
    );

    const failing = await runStep(sandbox, tara.id, maryInputs);
    const asked = await card(/CU-1002.*Needs 1 approval/s);
    const gone = { action: 'delete-routing-profile', id: 'Basic Routing Profile' } as const;
    await sandbox.website({ instance: 'production', ...gone });
    await ari.press(asked, 'Approve');
    assert.match(
      (await stepEnded(sandbox, failing)).error ?? '',
      /^CU-1002: the user was not created\. A profile or group in this request no longer exists/,
    );
  });

  test('makes no request without a person, in an unknown instance, or for a person who may not request', async (t) => {
    const { sandbox, tara, database } = await startScenario(t, {
      workspace: { ackTimeoutMs: 1_500, retryDelaysMs: [0, 0, 0] },
    });
    // Slack fails at the first report of the end, delivers the run again, and gets a second report.
    const failing = { on: 'slack', kind: 'method', match: 'functions.completeError' } as const;
    await sandbox.fault({ ...failing, error: 'http_500' }, 1);
    const elsewhere = await runStep(sandbox, tara.id, { ...maryInputs, instance: 'mars' });
    assert.match((await stepEnded(sandbox, elsewhere)).error ?? '', /“mars”.*Correct the name/);
    assert.deepEqual(await database.query('select 1 from requests'), []);
    // A guest who runs a workflow cannot make a request.
    await sandbox.call('POST', '/people', { id: 'U0NOA', guest: 'multi-channel' });
    const guest = await runStep(sandbox, 'U0NOA', maryInputs);
    assert.match(
      (await stepEnded(sandbox, guest)).error ?? '',
      /^CU-1001 was not sent\. .*guest/is,
    );
  });

  test('is ended by the next bot when the first one stopped in between', async (t) => {
    const { sandbox, tara, ari, card, stopBot, startBot } = await startScenario(t);
    const step = await runStep(sandbox, tara.id, maryInputs);
    const asked = await card(/requests Mary Major.*Needs 1 approval/s);
    const away = { on: 'slack', kind: 'method', match: 'functions.completeSuccess' } as const;
    await sandbox.fault({ ...away, error: 'service_unavailable' }, 50);
    await ari.press(asked, 'Approve');
    await card(/✅ 1 created/);
    await eventually('the bot tells how it ended, and Slack fails', async () =>
      (await sandbox.wire('web-api')).some(
        ({ name, ok }) => name === 'functions.completeSuccess' && ok === false,
      ),
    );
    await stopBot();
    await sandbox.clearFaults();
    await startBot();
    assert.equal((await stepEnded(sandbox, step)).status, 'completed');
    assert.equal((await acceptedCalls(sandbox, 'functions.completeSuccess')).length, 1);
  });
});
