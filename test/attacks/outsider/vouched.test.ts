/** H3: one person with two accounts, one of which confirmed the identity link of the other. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rulesOf } from '../../policy/policies.ts';
import { type Scenario, startScenario } from '../../scenarios/harness.ts';
import { mary } from '../../scenarios/stage.ts';

/** Bea has left Slack, but not Connect; Noa claims to be Bea, and Ari confirms it. */
async function makeNoaBea({ sandbox, noa, ari, card }: Scenario): Promise<void> {
  await sandbox.call('POST', '/people', { id: 'U0BEA', email: 'b.berg@harbour.example' });
  await noa.command('link bea');
  await ari.press(await card(/says: I am the Connect user/), 'Confirm');
  await card(/Ari Admin confirmed that Noa Lead is bea/);
}

describe('an admin who confirmed who a second account is', { concurrency: 2 }, () => {
  test('H3: cannot have their own request approved by that account', async (t) => {
    const scenario = await startScenario(t);
    const { noa, ari, tara, ask, card, database } = scenario;
    await makeNoaBea(scenario);
    await noa.press(await ask(ari), 'Approve');
    await noa.isTold(/The requester confirmed which Connect user you are/);
    const [request] = await database.query('select state from requests');
    assert.deepEqual(request, { state: 'awaiting_approval' });
    // Requests of other people are not affected.
    await noa.press(await ask(tara, { ...mary, Username: 'mary2' }), 'Approve');
    await card(/mary2.*✅ 1 created · approved by Noa Lead/s);
  });

  test('H3: counts with that account as one approver, whichever of them approves first', async (t) => {
    const rules = rulesOf('[{ name: Two, requesters: { anyone: true }, approval: { count: 2 } }]');
    const scenario = await startScenario(t, { instance: { rules } });
    const { noa, ari, tara, ask, card, sandbox } = scenario;
    await makeNoaBea(scenario);
    const first = await ask(tara);
    await ari.press(first, 'Approve');
    await card(/1 of 2/);
    await noa.press(first, 'Approve');
    await noa.isTold(/Ari Admin approved as the same person/);
    const second = await ask(tara, { ...mary, Username: 'mary2' });
    await noa.press(second, 'Approve');
    await card(/mary2.*1 of 2/s);
    await ari.press(second, 'Approve');
    await ari.isTold(/Noa Lead approved as the same person/);
    assert.equal(await sandbox.connectUser('Mary'), undefined);
    assert.equal(await sandbox.connectUser('mary2'), undefined);
  });
});
