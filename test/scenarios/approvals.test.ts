/** Several approvals: who counts, what voids them, and how they are taken back. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rulesOf } from '../policy/policies.ts';
import { startScenario } from './harness.ts';
import { mary } from './stage.ts';
import { createsOf } from './wire.ts';

const twoApprovals = rulesOf(`
- name: Two people agree
  requesters: { anyone: true }
  approval: { count: 2 }`);

const stages = rulesOf(`
- name: Lead, then security
  requesters: { anyone: true }
  reason: { minLength: 5 }
  approval:
    stages:
      - { name: Lead, from: { people: [U0BEA] } }
      - { name: Security, from: { people: [U0ARI] } }`);

describe('approvals', { concurrency: 2 }, () => {
  test('two people have to agree; one counts once, and may take it back before the last one', async (t) => {
    const scenario = await startScenario(t, { instance: { rules: twoApprovals } });
    const { tara, ari, bea, sandbox, ask, card, threadSays, database } = scenario;
    const asked = await ask(tara);
    await card(/Needs 2 approvals from people with Users – Create.*\n?.*/);
    await ari.press(asked, 'Approve');
    const half = await card(/1 of 2 approvals \(Ari Admin\) · open until/);
    assert.ok(half.buttons.includes('Withdraw my approval'));
    await ari.press(half, 'Approve');
    await ari.isTold(/You have approved this already/);
    await bea.press(half, 'Withdraw my approval');
    await bea.isTold(/You have no approval of this request/);
    await ari.press(half, 'Withdraw my approval');
    const none = await card(/Needs 2 approvals/);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
    await ari.press(none, 'Approve');
    await card(/1 of 2 approvals/);
    await bea.press(none, 'Approve');
    const done = await card(/1 created · approved by Ari Admin and Bea Berg/);
    await threadSays(
      done,
      /Ari Admin approved \(holds Users – Create through .*\nBea Berg approved/,
    );
    assert.equal(await createsOf(sandbox, 'Mary'), 1);
    const kinds = await database.query(
      `select kind, actor from audit_events where actor <> 'bot' order by id`,
    );
    assert.deepEqual(
      kinds.map(({ kind, actor }) => `${kind} ${actor}`),
      [
        'submitted U0TARA',
        'agreed U0ARI',
        'approval-withdrawn U0ARI',
        'agreed U0ARI',
        'approved U0BEA',
      ],
    );
  });

  test('stages come one after the other, each from its own people', async (t) => {
    const scenario = await startScenario(t, { instance: { rules: stages } });
    const { tara, ari, bea, ask, card } = scenario;
    const asked = await ask(tara);
    await card(/Lead: needs 1 approval from @U0BEA\nSecurity: needs 1 approval from @U0ARI/);
    await ari.press(asked, 'Approve');
    await ari.isTold(/You are not among the people who approve “Lead” now/);
    await bea.press(asked, 'Approve');
    await card(/Lead: ✅ 1 of 1 approval \(Bea Berg\)/);
    await ari.press(asked, 'Approve');
    await card(/1 created · approved by Bea Berg and Ari Admin/);
  });

  test('H2: a profile that gained permissions since voids the approvals, and it asks again', async (t) => {
    const scenario = await startScenario(t, { instance: { rules: twoApprovals } });
    const { tara, ari, bea, sandbox, ask, card, threadSays } = scenario;
    const asked = await ask(tara);
    await ari.press(asked, 'Approve');
    await card(/1 of 2 approvals/);
    const { securityProfiles } = await sandbox.connect();
    const agent = securityProfiles.find((profile) => profile.name === 'Agent');
    await sandbox.website({
      instance: 'production',
      action: 'set-permissions',
      id: 'Agent',
      permissions: [...(agent?.permissions ?? []), 'Users.Edit'],
    });
    await bea.press(asked, 'Approve');
    await bea.isTold(/has changed since it was shown: “Agent” gained Users.Edit/);
    const again = await card(/It changed, so it asks again: “Agent” gained Users.Edit\.\nNeeds 2/);
    await threadSays(again, /Earlier approvals do not count any more/);
    await card(/may edit users/);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
    await ari.press(again, 'Approve');
    await card(/1 of 2 approvals/);
    await bea.press(again, 'Approve');
    await card(/1 created/);
  });

  test('a request that no rule allows is answered with the rule that comes closest', async (t) => {
    const rules = rulesOf(`
- name: Leads hire tier 1
  requesters: { anyone: true }
  allow: { routingProfiles: ["Tier 1*"] }`);
    const { tara, sandbox } = await startScenario(t, { instance: { rules } });
    const form = await tara.openForm();
    await form.submit(mary);
    await tara.isSent(
      /comes closest is “Leads hire tier 1”: the routing profile “Basic Routing Profile” is not allowed/,
    );
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
  });
});
