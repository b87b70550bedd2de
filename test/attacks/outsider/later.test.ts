/** Approved now, created later: the approver must still hold the granted permissions at the time of creation. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rulesOf } from '../../policy/policies.ts';
import { type Scenario, startScenario } from '../../scenarios/harness.ts';
import { mary } from '../../scenarios/stage.ts';

const inThreeDays = () => new Date(Date.now() + 3 * 24 * 3_600_000).toISOString();

async function askForLater({ tara, card }: Scenario) {
  const form = await tara.openForm();
  await form.press('More settings');
  const later = { ...mary, 'Security profiles': ['Supervisor'], 'Not before': inThreeDays() };
  assert.deepEqual((await form.submit(later)).errors, {});
  return card(/Needs 2 approvals/);
}

/** Sets the clock to the time for which the request waits. */
async function due({ database }: Scenario): Promise<void> {
  await database.query(`update requests set not_before = now() - interval '1 second'`);
  await database.query(`update jobs.job set start_after = now() where name = 'provision'`);
}

describe('between an approval and the time it was given for', () => {
  test('H3: nobody is created once the approvers no longer hold the permissions that they held together', async (t) => {
    const rules = rulesOf(`
- name: Four hands
  requesters: { anyone: true }
  approval: { count: 2, ceiling: together }`);
    const scenario = await startScenario(t, { instance: { rules } });
    const { ari, bea, sandbox, card } = scenario;
    const asked = await askForLater(scenario);
    await bea.press(asked, 'Approve');
    await card(/1 of 2/);
    await ari.press(asked, 'Approve');
    await card(/To be created/);
    // Only Ari held the supervisor permissions; now Ari holds the same as Bea.
    const [beas] = (await sandbox.connectUser('bea'))?.securityProfiles ?? [];
    await sandbox.website({
      instance: 'production',
      action: 'set-user-profiles',
      user: { username: 'ari.admin', securityProfileIds: [String(beas)] },
    });
    await due(scenario);
    await card(/it asks again: those who approved do not hold all of it together anymore/);
    assert.equal(await sandbox.connectUser('Mary'), undefined);
  });
});
