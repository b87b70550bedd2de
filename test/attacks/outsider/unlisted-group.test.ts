/** A rule about a Slack user group while Slack does not return the members of the group. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rulesOf } from '../../policy/policies.ts';
import { startScenario } from '../../scenarios/harness.ts';
import { mary } from '../../scenarios/stage.ts';
import { createsOf } from '../../scenarios/wire.ts';

test('H3: nobody counts as outside a user group for which a rule requires more', async (t) => {
  const rules = rulesOf(`
- name: Leads need two
  requesters: { usergroups: [S0LEADS] }
  approval: { count: 2 }
- name: Everybody else
  requesters: { anyone: true }
  approval: { count: 1 }`);
  const { ari, sandbox, database } = await startScenario(t, { instance: { rules } });
  const unlisted = { on: 'slack', kind: 'method', match: 'usergroups.users.list' } as const;
  await sandbox.fault({ ...unlisted, error: 'plan_upgrade_required' }, 1000);
  const form = await ari.openForm();
  assert.equal((await form.submit(mary)).outcome, 'closed');
  await ari.isSent(/asks more of a user group, and Slack doesn’t tell me who is in it/);
  assert.deepEqual(await database.query('select state from requests'), [{ state: 'rejected' }]);
  assert.equal(await createsOf(sandbox, 'Mary'), 0);
});
