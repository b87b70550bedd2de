/** The form adapts to the instance, the phone type and the person, and keeps every value that is still valid. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startScenario } from './harness.ts';
import { mary } from './stage.ts';
import { deliveries } from './wire.ts';

const onlyInstance = (alias: string) => ({
  config: <C extends { instances: readonly { alias: string }[] }>(config: C): C => ({
    ...config,
    instances: config.instances.filter((instance) => instance.alias === alias),
  }),
});
describe('the form fits', { concurrency: 3 }, () => {
  test('with several instances the first field chooses one, and a change drops profiles and keeps names', async (t) => {
    const { tara, sandbox, card, ari } = await startScenario(t);
    const form = await tara.openForm();
    assert.equal((await form.labels())[0], 'Instance');
    assert.equal(await form.valueOf('Instance'), 'production');
    await form.set('First name', 'Åsa');
    await form.set('Username', 'asa@harbour.example');
    await form.set('Routing profile', 'Basic Routing Profile');
    await form.set('Security profiles', ['Agent']);
    assert.match(
      await form.text(),
      /Goes to .* Needs 1 approval from somebody with Users – Create/,
    );

    await form.set('Instance', 'sso');
    assert.equal(await form.valueOf('First name'), 'Åsa');
    assert.equal(await form.valueOf('Username'), 'asa@harbour.example');
    assert.equal(await form.valueOf('Routing profile'), '');
    assert.deepEqual(await form.valueOf('Security profiles'), []);
    assert.match(
      await form.text(),
      /Goes to .* Needs 1 approval from somebody with Users – Create/,
    );
    const { outcome } = await form.submit({
      'Last name': 'Öberg',
      'Routing profile': 'Basic Routing Profile',
      'Security profiles': ['Agent'],
    });
    assert.equal(outcome, 'closed');
    const asked = await card(/Needs 1 approval/);
    assert.match(asked.text, /requests Åsa Öberg .* in sso/);
    // In the single sign-on instance, Ari's username is the whole email address.
    await ari.press(asked, 'Approve');
    await card(/✅ 1 created/);
    const user = await sandbox.connectUser('asa@harbour.example', 'sso');
    assert.partialDeepStrictEqual(user, {
      firstName: 'Åsa',
      lastName: 'Öberg',
      hasPassword: false,
    });
    assert.equal(user?.email, undefined);
  });

  test('who keeps the passwords decides on password, email and directory id', async (t) => {
    await t.test('CONNECT_MANAGED', async (t) => {
      const { tara } = await startScenario(t, onlyInstance('production'));
      const form = await tara.openForm();
      const labels = await form.labels();
      assert.ok(!labels.includes('Instance'), 'one instance is no choice');
      assert.ok(labels.includes('Email') && labels.includes('Password'));
      await form.press('More settings');
      assert.ok(!(await form.labels()).includes('Directory user ID'));
    });
    await t.test('SAML', async (t) => {
      const { tara } = await startScenario(t, onlyInstance('sso'));
      const form = await tara.openForm();
      const labels = await form.labels();
      assert.ok(!labels.includes('Email') && !labels.includes('Password'), labels.join());
    });
    await t.test('SAML where the policy allows an email address', async (t) => {
      const { tara } = await startScenario(t, { instance: { samlEmail: 'allow' } });
      const form = await tara.openForm();
      await form.set('Instance', 'sso');
      assert.ok((await form.labels()).includes('Email'));
    });
    await t.test('EXISTING_DIRECTORY', async (t) => {
      const { tara, sandbox, ari, card } = await startScenario(t, onlyInstance('branch'));
      const form = await tara.openForm();
      assert.ok(!(await form.labels()).includes('Password'));
      await form.press('More settings');
      assert.ok((await form.labels()).includes('Directory user ID'));
      const sent = await form.submit({
        Username: 'mary.major',
        'Routing profile': 'Basic Routing Profile',
        'Security profiles': ['Agent'],
        'Directory user ID': 'S-1-5-21-1004',
      });
      assert.equal(sent.outcome, 'closed', JSON.stringify(sent));
      await ari.press(await card(/Needs 1 approval/), 'Approve');
      await card(/✅ 1 created/);
      assert.equal(
        (await sandbox.connectUser('mary.major', 'branch'))?.directoryUserId,
        'S-1-5-21-1004',
      );
    });
  });

  test('collapsed settings can be expanded, and every setting arrives in Connect as it was entered', async (t) => {
    const { tara, ari, sandbox, card } = await startScenario(t);
    const form = await tara.openForm();
    assert.ok((await form.labels()).includes('Incoming calls'));
    await form.set('Phone', 'Desk phone');
    const desk = await form.labels();
    assert.ok(desk.includes('Desk phone number') && !desk.includes('Incoming calls'));
    await form.set('Phone', 'Soft phone');
    assert.ok(!(await form.labels()).includes('Desk phone number'));
    await form.set('Incoming calls', true);
    await form.press('More settings');
    await form.press('Settings for single channels');
    assert.equal((await form.valueOf('Incoming calls')).length, 1, 'kept while the form changed');
    const sent = await form.submit({
      ...mary,
      'Soft phone connection': true,
      'Audio enhancement': 'Isolate the voice',
      'Secondary email': 'team-lead@harbour.example',
      'Mobile number': '(555) 555-1213',
      Tags: 'team=billing\nsite=Lisbon',
      'After-call work (seconds)': '30',
      'Chat: accept automatically': 'No',
      'Tasks: after-contact work (seconds)': '0',
      'Agent-first callbacks: accept automatically': 'Yes',
    });
    assert.equal(sent.outcome, 'closed', JSON.stringify(sent));
    const asked = await card(/Needs 1 approval/);
    for (const words of [
      /voice isolated/,
      /Chat auto-accept no/,
      /Tags site = Lisbon, team = billing/,
    ]) {
      assert.match(asked.text, words);
    }
    await ari.press(asked, 'Approve');
    await card(/✅ 1 created/);
    const user = await sandbox.connectUser('Mary');
    assert.equal(user?.secondaryEmail, 'team-lead@harbour.example');
    assert.equal(user?.mobile, '+15555551213');
    assert.partialDeepStrictEqual(user?.tags, { team: 'billing', site: 'Lisbon' });
    const channels = ['VOICE', 'CHAT', 'TASK', 'EMAIL'];
    // PhoneConfig is never sent together with these: Connect accepts only one of them.
    assert.deepEqual(user?.settings, {
      AutoAcceptConfigs: [
        { Channel: 'VOICE', AutoAccept: true, AgentFirstCallbackAutoAccept: true },
        { Channel: 'CHAT', AutoAccept: false },
        { Channel: 'TASK', AutoAccept: true },
        { Channel: 'EMAIL', AutoAccept: true },
      ],
      AfterContactWorkConfigs: channels.map((Channel) => ({
        Channel,
        AfterContactWorkConfig: { AfterContactWorkTimeLimit: Channel === 'TASK' ? 0 : 30 },
      })),
      PhoneNumberConfigs: [{ Channel: 'VOICE', PhoneType: 'SOFT_PHONE' }],
      PersistentConnectionConfigs: [{ Channel: 'VOICE', PersistentConnection: true }],
      VoiceEnhancementConfigs: [{ Channel: 'VOICE', VoiceEnhancementMode: 'VOICE_ISOLATION' }],
    });
  });

  test('a typed password can be chosen; it makes the email address optional', async (t) => {
    const { tara } = await startScenario(t);
    const form = await tara.openForm();
    assert.ok(!(await form.labels()).includes('Their first password'));
    const { outcome, errors } = await form.submit({ ...mary, Email: '' });
    assert.equal(outcome, 'invalid', JSON.stringify(errors));
    await form.set('Password', 'Type one');
    const again = await form.submit({ ...mary, Email: '', 'Their first password': 'Passw0rd1' });
    assert.equal(again.outcome, 'closed', JSON.stringify(again));
  });

  test('any number of profiles can be searched by any part of their names, groups by their path', async (t) => {
    const { tara, sandbox } = await startScenario(t);
    const form = await tara.openForm();
    const { routingProfiles } = await sandbox.connect();
    assert.ok(routingProfiles.length > 100, 'more than one select of Slack’s could hold');
    assert.ok((await form.offers('Routing profile', '')).length > 0, 'something to choose at once');
    for (const { name } of routingProfiles) {
      const found = await form.offers('Routing profile', name);
      assert.ok(found.includes(name), name);
    }
    assert.deepEqual(await form.offers('Routing profile', 'no such profile anywhere'), []);
    const osprey = await form.offers('Hierarchy group', 'osprey');
    assert.deepEqual(osprey, ['Bristol / Sales / Team Osprey']);
    assert.equal(
      (await deliveries(sandbox, 'block_suggestion')).every((delivery) => delivery.ok),
      true,
    );
  });

  test('“Edit and resend” opens the form with everything that was requested', async (t) => {
    const { tara, ari, ask, card } = await startScenario(t);
    const asked = await ask(tara, { ...mary, 'Hierarchy group': 'Bristol / Sales / Team Osprey' });
    assert.equal((await ari.deny(asked, 'Use the Tier 1 profile')).outcome, 'closed');
    const denied = await tara.isSent(/Ari Admin denied/);
    assert.deepEqual(denied.buttons, ['Edit and resend']);
    await tara.press(denied, 'Edit and resend');
    const form = await tara.form();
    for (const [label, value] of Object.entries(mary)) {
      assert.deepEqual(await form.valueOf(label), value, label);
    }
    assert.equal(await form.valueOf('Hierarchy group'), 'Bristol / Sales / Team Osprey');
    const sent = await form.submit({ 'Security profiles': ['Tier 1 Agent'] });
    assert.equal(sent.outcome, 'closed', JSON.stringify(sent));
    await card(/Tier 1 Agent.*Needs 1 approval/s);
  });
});
