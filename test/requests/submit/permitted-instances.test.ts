import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { InstanceConfig } from '../../../src/config/config.ts';
import { ConnectReadError } from '../../../src/connect/gateway.ts';
import { approvalsOf } from '../../../src/policy/rule.ts';
import { createOffers } from '../../../src/requests/submit/permitted-instances.ts';
import {
  always,
  instanceClientOf,
  nobodyMayRequest,
  personOf,
  smallInstance,
} from '../../auth/people.ts';
import { testServices } from '../../services.ts';

const ari = personOf();
const gus = personOf({ id: 'U0GUS', guest: true });

async function start(t: TestContext, ...configs: Partial<InstanceConfig>[]) {
  const instanceClients = configs.map((config, index) =>
    instanceClientOf(smallInstance(), { config: { alias: `i${index}`, ...config } }),
  );
  const usergroups = { S1: ['U0ARI'] };
  const bot = await testServices(t, {
    instanceClients: instanceClients.map(({ instanceClient }) => instanceClient),
    people: [ari, gus],
    usergroups,
  });
  return { ...bot, offers: createOffers(bot.services), instanceClients };
}

describe('the list of offered instances', () => {
  test('is every instance that the policy lets them request users in, in its order', async (t) => {
    const { offers } = await start(
      t,
      { mayRequest: { ...nobodyMayRequest, usergroups: ['S1'] } },
      { mayRequest: nobodyMayRequest },
      { mayRequest: { ...nobodyMayRequest, creators: true } },
    );
    const offer = await offers.load('U0ARI');
    assert.deepEqual(
      offer.instances.map((instance) => instance.alias),
      ['i0', 'i2'],
    );
    assert.equal(offer.refusal, null);
  });

  test('says where it would be created at once', async (t) => {
    const { offers } = await start(t, {}, { approval: { ...always, needed: 'unless-permitted' } });
    const { instances } = await offers.load('U0ARI');
    assert.deepEqual(
      instances.map(({ alias, approval }) => [alias, approval && approvalsOf(approval)]),
      [
        ['i0', 1],
        ['i1', null],
      ],
    );
  });

  test('is kept for a minute, for the form that opens next', async (t) => {
    const { offers, pass } = await start(t, {});
    assert.equal(offers.peek('U0ARI'), undefined);
    const offer = await offers.load('U0ARI');
    assert.equal(offers.peek('U0ARI'), offer);
    pass(60_000);
    assert.equal(offers.peek('U0ARI'), undefined);
  });

  test('is nothing for a person who may not request, with a reason that is not cached', async (t) => {
    const { offers } = await start(t, { mayRequest: nobodyMayRequest });
    assert.equal((await offers.load('U0ARI')).refusal?.code, 'request.nobody-may');
    assert.equal((await offers.load('U0GUS')).refusal?.code, 'person.guest');
    assert.equal((await offers.load('U0NOBODY')).refusal?.code, 'person.not-active');
    assert.equal(offers.peek('U0ARI'), undefined);
  });

  test('is still offered when Connect does not answer, and then requires an approval', async (t) => {
    const { offers, instanceClients } = await start(t, {
      approval: { ...always, needed: 'unless-permitted' },
    });
    const away = new ConnectReadError('unavailable', 'ListUsers', { cause: null, detail: '503' });
    for (const instanceClient of instanceClients) instanceClient.failWith(away);
    const [first] = (await offers.load('U0ARI')).instances;
    assert.equal(first?.approval && approvalsOf(first.approval), 1);
  });

  test('is decided without a call to Connect when the policy does not depend on Connect', async (t) => {
    const { offers, instanceClients } = await start(t, {});
    await offers.load('U0ARI');
    assert.deepEqual(instanceClients[0]?.calls(), {});
  });
});
