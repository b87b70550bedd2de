/** An approver changes a request: who is notified, which approvals count, and what is created. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rulesOf } from '../policy/policies.ts';
import { openChange } from './change-form.ts';
import { csv, postFile, rowOf } from './handed-files.ts';
import { startScenario } from './harness.ts';
import { requestsChannel } from './person.ts';
import { mary } from './stage.ts';

describe('a request that an approver changes', { concurrency: 2 }, () => {
  test('needs all approvals again, for its new content', async (t) => {
    const rules = rulesOf('- { name: Two, requesters: { anyone: true }, approval: { count: 2 } }');
    const scenario = await startScenario(t, { instance: { rules } });
    const { tara, ari, bea, ask, card, threadSays, sandbox, database } = scenario;
    const asked = await ask(tara, { ...mary, 'Security profiles': ['Supervisor'] });
    await ari.press(asked, 'Approve');
    const half = await card(/1 of 2 approvals/);
    const form = await openChange(scenario, bea, half);
    await form.submit({ 'Security profiles': ['Agent'], Approve: true });
    const changed = await card(/1 of 2 approvals \(Bea Berg\)/);
    assert.match(changed.text, /asks again: Bea Berg changed it/);
    assert.match(changed.text, /Access .*Agent/);
    await threadSays(
      changed,
      /@U0TARA.* Bea Berg changed the request: security profiles: Supervisor → Agent\./,
    );
    await ari.press(changed, 'Approve');
    await card(/1 created/);
    assert.deepEqual((await sandbox.connectUser(mary.Username))?.securityProfiles, ['Agent']);
    const [event] = await database.query(
      `select actor, details from audit_events where kind = 'rows-changed'`,
    );
    assert.equal(event?.actor, 'U0BEA');
    assert.deepEqual(Object(event?.details).approvals, { voided: 1, kept: 0 });
  });

  test('never grants more than before, and is not approved by saving the change', async (t) => {
    const scenario = await startScenario(t, {});
    const { tara, ari, ask, card, sandbox } = scenario;
    const asked = await ask(tara);
    const higher = await openChange(scenario, ari, asked);
    await higher.submit({ 'Security profiles': ['Admin'], Approve: true });
    await ari.isTold(/“Admin” gives more than what is requested \(Agent\)/);
    const form = await openChange(scenario, ari, asked);
    await form.submit({ 'Routing profile': 'Tier 1 Voice' });
    const changed = await card(/Needs 1 approval.*/);
    await card(/Tier 1 Voice/);
    assert.equal(await sandbox.connectUser(mary.Username), undefined);
    await ari.press(changed, 'Approve');
    await card(/1 created/);
    assert.equal((await sandbox.connectUser(mary.Username))?.routingProfile, 'Tier 1 Voice');
  });

  test('is changed in one row of a file, and not by its requester', async (t) => {
    const scenario = await startScenario(t, {});
    const { tara, ari, sandbox, card, threadSays } = scenario;
    const posted = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: '<@U0BOT> please',
      content: csv(rowOf('anna'), rowOf('ben')),
    });
    await tara.press(await threadSays(posted, /2 rows are ready/), 'Request 2 users');
    const asked = await card(/requests 2 users/);
    const form = await openChange(scenario, ari, asked);
    for (const Row of ['99999999999999999999', '9999999999']) {
      const { errors } = await form.submit({ Row, 'Routing profile': 'Tier 1 Voice' });
      assert.match(errors.Row ?? '', /There is no row/);
    }
    await form.submit({ Row: '3', 'Routing profile': 'Tier 1 Voice', Approve: true });
    const done = await card(/2 created/);
    await threadSays(done, /changed row 3: routing profile: Basic Routing Profile → Tier 1 Voice/);
    assert.equal((await sandbox.connectUser('anna'))?.routingProfile, 'Basic Routing Profile');
    assert.equal((await sandbox.connectUser('ben'))?.routingProfile, 'Tier 1 Voice');
  });
});
