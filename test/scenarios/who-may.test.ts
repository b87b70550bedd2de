/** Who may submit requests, and what may be created without an approval, each with its own policy. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ApprovalPolicy, Config, WhoMayRequest } from '../../src/config/config.ts';
import { type ScenarioOptions, startScenario } from './harness.ts';
import { generalChannel } from './person.ts';
import { eventually } from './sandbox-calls.ts';
import { mary } from './stage.ts';
import { createsOf } from './wire.ts';

const nobody: WhoMayRequest = { anyone: false, usergroups: [], people: [], creators: false };

function policy(who: Partial<WhoMayRequest>, approval?: Partial<ApprovalPolicy>): ScenarioOptions {
  return {
    config: (config: Config): Config => ({
      ...config,
      instances: config.instances.map((instance) => ({
        ...instance,
        mayRequest: { ...nobody, ...who },
        approval: { ...instance.approval, ...approval },
      })),
    }),
  };
}
describe('who may ask', { concurrency: 3 }, () => {
  test('members of a permitted user group may request, and others are told who may', async (t) => {
    const { noa, sam } = await startScenario(t, policy({ usergroups: ['S0LEADS'] }));
    await noa.openForm();
    await sam.command();
    await sam.notice(/Requesting users in production is limited to certain user groups/);
  });

  test('the form says who could approve and how many are told, and so does the card when nobody could', async (t) => {
    const named = await startScenario(t, {
      instance: { card: { notify: ['U0BEA'], directMessage: ['S0LEADS'], confirmAbove: null } },
    });
    const { tara, sandbox } = named;
    await eventually('the form names them', async () => {
      const form = await tara.openForm();
      const text = await form.text();
      await form.close();
      return /Ari Admin.* can approve it\. \d people will be notified\./.test(text);
    });
    // From now on nobody has the profile, and a bot that starts has no cached data from before.
    await named.stopBot();
    const { securityProfiles } = await sandbox.connect();
    for (const { name, permissions } of securityProfiles) {
      if (!permissions.includes('Users.Create')) continue;
      const left = permissions.filter((permission) => permission !== 'Users.Create');
      const change = { instance: 'production', action: 'set-permissions', id: name } as const;
      await sandbox.website({ ...change, permissions: left });
    }
    await named.startBot();
    await eventually('the form says that nobody could', async () => {
      const form = await tara.openForm();
      const text = await form.text();
      await form.close();
      return /I can’t find anybody who could approve this now/.test(text);
    });
    await named.ask(tara);
    await named.card(/⚠ I can’t find anybody who could approve this now/);
  });

  test('people named by the operator may ask, and nobody else', async (t) => {
    const { tara, noa } = await startScenario(t, policy({ people: ['U0NOA'] }));
    await noa.openForm();
    await tara.command();
    await tara.notice(/limited to people named by the operator/);
  });

  test('holders of Users – Create may ask, read from Connect', async (t) => {
    const { bea, sam, tara } = await startScenario(t, policy({ creators: true }));
    await bea.openForm();
    for (const who of [sam, tara]) {
      await who.command();
      await who.notice(/limited to holders of Users – Create/);
    }
  });

  test('a policy that names nobody lets nobody ask', async (t) => {
    const { ari } = await startScenario(t, policy({}));
    await ari.command();
    await ari.notice(/mayRequest in the policy file is empty/);
  });

  test('“anyone” excludes guests and people from other companies', async (t) => {
    const { person, sandbox } = await startScenario(t, policy({ anyone: true }));
    await sandbox.call('POST', '/channels', {
      channel: 'C0REQUESTS',
      action: 'join',
      user: 'U0EVE',
    });
    const gus = person('U0GUS');
    await gus.command('', 'C0REQUESTS');
    await gus.notice(/Guests can’t request/);
    const eve = person('U0EVE');
    await eve.command('', 'C0REQUESTS');
    await eve.notice(/another company’s workspace/);
  });

  test('instances in which a person may not request users are not offered', async (t) => {
    const { tara } = await startScenario(t, {
      config: (config) => ({
        ...config,
        instances: config.instances.map((instance) =>
          instance.alias === 'production'
            ? instance
            : { ...instance, mayRequest: { ...nobody, creators: true } },
        ),
      }),
    });
    const form = await tara.openForm();
    assert.ok(!(await form.labels()).includes('Instance'));
  });

  test('H2: a requester who became a guest while the form was open is refused by the check', async (t) => {
    const { tara, ari, sandbox } = await startScenario(t);
    const form = await tara.openForm();
    await sandbox.call('POST', '/people', { id: 'U0TARA', guest: 'multi-channel' });
    await form.submit(mary);
    await tara.isSent(/Guests can’t request/);
    assert.deepEqual(
      (await ari.messages()).flatMap((message) => message.buttons),
      [],
    );
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
  });

  test('H2: unless-permitted: who holds Users – Create creates at once, and the thread says why', async (t) => {
    const scenario = await startScenario(
      t,
      policy({ anyone: true }, { needed: 'unless-permitted' }),
    );
    const { ari, tara, sandbox, card, threadSays, database } = scenario;
    const form = await ari.openForm();
    assert.match(await form.text(), /You hold Users – Create, so the user is created at once/);
    assert.equal((await form.view()).submit, 'Create user');
    assert.equal((await form.submit(mary)).outcome, 'closed');
    const done = await card(/✅ 1 created/);
    assert.match(done.text, /no approval needed: Ari Admin holds Users – Create/);
    await threadSays(done, /Ari Admin needed no approval \(holds Users – Create through Admin\)/);
    assert.equal(await createsOf(sandbox, 'Mary'), 1);
    const [request] = await database.query(
      `select decision->>'contentHash' = content_hash as bound, decision->'ground'->>'kind' as kind
     from requests`,
    );
    assert.deepEqual(request, { bound: true, kind: 'own-permission' });

    const asked = await tara.openForm();
    assert.match(await asked.text(), /Needs 1 approval from somebody with Users – Create/);
    assert.equal((await asked.submit({ ...mary, Username: 'mary2' })).outcome, 'closed');
    await card(/\(mary2\).*Needs 1 approval/s);
  });

  test('H3: unless-permitted ends where a profile holds more than the requester does', async (t) => {
    const scenario = await startScenario(
      t,
      policy({ anyone: true }, { needed: 'unless-permitted' }),
    );
    const { bea, ari, sandbox, card } = scenario;
    const form = await bea.openForm();
    await form.submit({ ...mary, 'Security profiles': ['Supervisor'] });
    const asked = await card(/Needs 1 approval/);
    await bea.press(asked, 'Approve');
    await bea.isTold(/can’t approve your own request/);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
    await ari.press(asked, 'Approve');
    await card(/✅ 1 created · approved by Ari Admin/);
  });

  test('H3: requesters may approve their own request only when the policy says so', async (t) => {
    const scenario = await startScenario(t, policy({ anyone: true }, { allowOwn: true }));
    const { ari, bea, ask, card } = scenario;
    await ari.press(await ask(ari), 'Approve');
    await card(/✅ 1 created · approved by Ari Admin/);
    // The permission ceiling still applies.
    const beas = { ...mary, Username: 'mary2', 'Security profiles': ['Supervisor'] };
    await bea.press(await ask(bea, beas), 'Approve');
    await bea.isTold(/has permissions that you don’t have/);
  });

  test('an explicit link tells which of two namesakes somebody is', async (t) => {
    const { tara, person, ask, card } = await startScenario(t, {
      config: (config) => ({
        ...config,
        identity: { ...config.identity, links: { U0ALEX: 'alex', U0ALEX2: 'nobody.here' } },
      }),
    });
    const asked = await ask(tara);
    await person('U0ALEX2').press(asked, 'Approve');
    await person('U0ALEX2').isTold(
      /linked to the Connect user “nobody\.here”, but production has no/,
    );
    await person('U0ALEX').press(asked, 'Approve');
    await card(/✅ 1 created · approved by Alex North/);
  });

  test('an address outside the trusted domains proves nothing', async (t) => {
    const { tara, ari, sandbox, ask, card } = await startScenario(t);
    const asked = await ask(tara);
    await sandbox.call('POST', '/people', { id: 'U0ARI', email: 'ari.admin@elsewhere.example' });
    await ari.press(asked, 'Approve');
    await ari.isTold(/not in a domain that this bot trusts/);
    await card(/Needs 1 approval/);
    assert.deepEqual(await tara.told(generalChannel), []);
  });
});
