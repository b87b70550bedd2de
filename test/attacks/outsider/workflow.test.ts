/** A workflow with values set by its builder is run by a person who may create users without approval. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StepRun } from '../../../sandbox/api/workflows.ts';
import { parseStepRun, stepCallback } from '../../../src/workflow/step-event.ts';
import { startScenario } from '../../scenarios/harness.ts';
import { eventually } from '../../scenarios/sandbox-calls.ts';

const mallory = {
  first_name: 'Mallory',
  last_name: 'Smith',
  username: 'mallory',
  email: 'mallory@harbour.example',
  routing_profile: 'Basic Routing Profile',
  security_profiles: 'Agent',
};

test('H3: a workflow never creates users without approval through the permissions of the person who runs it', async (t) => {
  const { sandbox, sam, ari, card, settled } = await startScenario(t, {
    instance: {
      approval: { needed: 'unless-permitted', allowOwn: false, expiresAfterMs: 3_600_000 },
    },
  });
  const body = { user: ari.id, callbackId: 'request_connect_user', inputs: mallory };
  await sandbox.call('POST', '/workflows', body);
  const asked = await card(
    /A workflow filled this in, and the requester only ran it.*Needs 1 approval/s,
  );
  await sam.press(asked, 'Approve');
  await sam.isTold(/Users – Create/);
  await settled();
  assert.equal(await sandbox.connectUser('mallory'), undefined);
  // The person who may create users alone confirms it after the card has shown the values.
  await ari.press(asked, 'Approve');
  await card(/✅ 1 created · approved by Ari Admin/);
});

test('a run whose requester is not the id of a person has no requester', () => {
  const requesterOf = (requester: unknown) =>
    parseStepRun({
      type: 'function_executed',
      function: { callback_id: stepCallback },
      function_execution_id: 'Fx1',
      inputs: { ...mallory, requester },
    })?.requesterId;
  assert.equal(requesterOf({ id: 'U0ARI' }), 'U0ARI');
  const odd = ['', 'U0\u0000', 'U'.repeat(500_000), 'U0 ARI', 'u0ari', 5, null, ['U0ARI']];
  for (const id of odd) assert.equal(requesterOf({ id }), null, String(id).slice(0, 20));
  for (const other of ['U0ARI', [{ id: 'U0ARI' }], null]) assert.equal(requesterOf(other), null);
});

test('H6: the error of a workflow mentions and links nobody, whatever its builder wrote', async (t) => {
  const { sandbox, tara } = await startScenario(t);
  const inputs = { ...mallory, instance: '<!channel> <https://evil.example|mars>' };
  const body = { user: tara.id, callbackId: 'request_connect_user', inputs };
  await sandbox.call('POST', '/workflows', body);
  const error = await eventually('the step ends', async () => {
    const { runs } = await sandbox.call<{ runs: StepRun[] }>('GET', '/workflows');
    return runs[0]?.error;
  });
  assert.match(error, /I know no instance “‹!channel› ‹https:/);
});
