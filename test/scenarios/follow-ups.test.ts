/**
 * Settings that a new user gets after the creation: proficiencies and traffic distribution groups. A failure of them
 * never creates the user again.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stableId } from '../../sandbox/connect/world.ts';
import { instances } from '../../sandbox/seed.ts';
import { postFile } from './handed-files.ts';
import { startScenario } from './harness.ts';
import { requestsChannel } from './person.ts';
import { eventually } from './sandbox-calls.ts';
import { createsOf } from './wire.ts';

const user = {
  Username: 'nia',
  IdentityInfo: { FirstName: 'Nia', LastName: 'Nova', Email: 'nia@harbour.example' },
  PhoneConfig: { PhoneType: 'SOFT_PHONE' },
  RoutingProfileId: 'Basic Routing Profile',
  SecurityProfileIds: ['Agent'],
  Proficiencies: [{ AttributeName: 'Language', AttributeValue: 'German', Level: 4 }],
};

describe('after the creation', { concurrency: 2 }, () => {
  test('proficiencies that are refused are told at the row, and tried again without creating anybody', async (t) => {
    const { sandbox, tara, ari, card, threadSays } = await startScenario(t);
    const refused = { kind: 'error', error: 'InvalidParameterException' } as const;
    await sandbox.fault({ on: 'connect', operation: 'AssociateUserProficiencies', ...refused });
    const posted = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: '<@U0BOT> please',
      name: 'nia.json',
      content: JSON.stringify([user]),
    });
    await tara.press(await threadSays(posted, /1 row is ready to request/), 'Request 1 user');
    const asked = await card(/Needs 1 approval/);
    await ari.press(asked, 'Approve 1');
    await threadSays(asked, /1 of 1 user is in production now/);
    const done = await card(/1 created/);
    assert.deepEqual((await sandbox.connectUser('nia'))?.proficiencies, []);
    assert.deepEqual(done.buttons, ['Retry 1 failed', 'Evidence']);
    await tara.press(done, 'Retry 1 failed');
    const ready = await eventually('the proficiencies are there', async () => {
      const { proficiencies = [] } = (await sandbox.connectUser('nia')) ?? {};
      return proficiencies.length > 0 ? proficiencies : undefined;
    });
    assert.deepEqual(ready, user.Proficiencies);
    assert.equal(await createsOf(sandbox, 'nia'), 1);
  });

  test('a user of an instance with global resiliency joins the traffic distribution group of the policy', async (t) => {
    const global = instances.find(({ alias }) => alias === 'global');
    assert.ok(global);
    const groupId = stableId(global.id, 'traffic-distribution-group', 'Overflow to us-west-2');
    const { sandbox, tara, ari, card, threadSays } = await startScenario(t, {
      instance: {
        instanceId: global.id,
        region: global.region,
        trafficDistributionGroups: [groupId],
      },
    });
    const posted = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: '<@U0BOT> please',
      name: 'nia.json',
      content: JSON.stringify([
        { ...user, IdentityInfo: { FirstName: 'Nia', LastName: 'Nova' }, Proficiencies: [] },
      ]),
    });
    await tara.press(await threadSays(posted, /1 row is ready to request/), 'Request 1 user');
    await ari.press(await card(/Needs 1 approval/), 'Approve 1');
    await card(/✅ 1 created/);
    const calls = await sandbox.wire('connect');
    const joined = calls.filter(({ name }) => name === 'AssociateTrafficDistributionGroupUser');
    assert.equal(joined.length, 1);
    assert.ok(joined[0]?.ok);
    assert.ok(JSON.stringify(joined[0]).includes(groupId));
    assert.equal((await sandbox.connectUser('nia', 'global'))?.username, 'nia');
  });
});
