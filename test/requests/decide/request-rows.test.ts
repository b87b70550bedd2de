/**
 * The rows of a checked file are requested by the person who sent the file, with the reason that the policy requires.
 */
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { executeDecision } from '../../../src/requests/decide/decide-request.ts';
import { readMissingReason } from '../../../src/requests/decide/request-rows.ts';
import { readRequest } from '../../../src/requests/store/requests-store.ts';
import { createOffers } from '../../../src/requests/submit/permitted-instances.ts';
import { instanceClientOf, personOf, smallInstance } from '../../auth/people.ts';
import { rulesOf } from '../../policy/policies.ts';
import { newUser } from '../../provisioning/approved.ts';
import { testServices } from '../../services.ts';
import { waitingRequest } from '../waiting-request.ts';

const ari = personOf();
const tara = personOf({ id: 'U0TARA', name: 'Tara Lead', email: 'tara@example.com' });
const admins = `
- { name: Admins, requesters: { anyone: true }, when: { securityProfiles: [Admin] } }`;
const ticket = `
- name: With a ticket
  requesters: { anyone: true }
  ticket: { pattern: "OPS-[0-9]+" }`;

/** The checked rows of Tara's file, which are not requested yet. */
async function start(t: TestContext, policy: string) {
  const { instanceClient } = instanceClientOf(smallInstance(), {
    config: { rules: rulesOf(policy) },
  });
  const bot = await testServices(t, { instanceClients: [instanceClient], people: [ari, tara] });
  const { services, database } = bot;
  const { id, hash } = await waitingRequest(services, {
    requester: tara,
    user: newUser('mary'),
    expiresAfterMs: 60_000,
  });
  await database.query(`update requests set state = 'offered', expires_at = null`);
  const forms = { ...services, offers: createOffers(services) };
  return {
    ...bot,
    ask: (what: { readonly reason?: string } = {}, contentHash = hash) =>
      executeDecision(services, {
        requestId: id,
        personId: tara.id,
        channel: 'C0REQUESTS',
        what: { kind: 'ask', contentHash, ...what },
      }),
    missing: async (personId = tara.id, reason?: string) => {
      const found = await readMissingReason(forms, id, personId, reason);
      return found && `${found.problem.code} ${found.isSure ? 'always' : 'perhaps'}`;
    },
    request: async () => (await readRequest(services.db, id)) ?? assert.fail('no request'),
    told: () => bot.ephemerals.map(({ problem }) => problem.code),
  };
}

describe('the reason of a file', { concurrency: 3 }, () => {
  test('is entered when its rows are requested, if the first one was too short', async (t) => {
    const { ask, missing, request, told } = await start(t, ticket);
    assert.equal(await missing(), 'policy.ticket-needed always');
    assert.equal(await missing(tara.id, 'new hires'), 'policy.ticket-needed always');
    assert.equal(await missing(tara.id, 'OPS-7: new hires'), null);
    await ask();
    await ask({ reason: 'new hires' });
    assert.deepEqual(told(), ['policy.ticket-needed', 'policy.ticket-needed']);
    assert.deepEqual([(await request()).state, (await request()).reason], ['offered', null]);
    await ask({ reason: 'OPS-7: new hires' });
    const { state, reason, plan } = await request();
    assert.deepEqual(
      [state, reason, plan?.ticket?.id],
      ['awaiting_approval', 'OPS-7: new hires', 'OPS-7'],
    );
    assert.equal(await missing(), null);
  });

  test('can only be given by the uploader, and is not stored unless the rows are requested', async (t) => {
    const { ask, missing, request, told } = await start(t, ticket);
    assert.equal(await missing(ari.id), null);
    await ask({ reason: 'OPS-7: new hires' }, 'b'.repeat(64));
    assert.deepEqual(told(), ['decision.content-changed']);
    assert.equal((await request()).reason, null);
  });

  test('may be left out when only some rules require a reason', async (t) => {
    const { ask, missing, request } = await start(t, `${admins}${ticket}`);
    assert.equal(await missing(), 'policy.ticket-needed perhaps');
    await ask({ reason: '' });
    assert.equal((await request()).state, 'offered');
    await ask({ reason: 'OPS-8' });
    assert.equal((await request()).reason, 'OPS-8');
  });
});
