/** Presets of the policy, and people selected from Slack: in the form, in files, and after the command. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Preset } from '../../src/users/preset.ts';
import { postFile } from './handed-files.ts';
import { type ScenarioOptions, startScenario } from './harness.ts';
import { generalChannel, requestsChannel } from './person.ts';
import { eventually } from './sandbox-calls.ts';
import { mary } from './stage.ts';
import { createsOf } from './wire.ts';

const mention = '<@U0BOT>';

const tier1 = {
  name: 'Tier 1 support',
  values: {
    routingProfile: { name: 'Basic Routing Profile' },
    securityProfiles: [{ name: 'Agent' }],
    afterContactWorkSeconds: '60',
  },
  canChange: ['afterContactWorkSeconds'],
  usernamePattern: '{first}.{last}',
  mayUse: true,
  usergroups: [],
  people: [],
} as const satisfies Preset & { usergroups: string[]; people: string[] };

const forNoa = { ...tier1, name: 'Night shift', people: ['U0NOA'] };
const broken = {
  ...tier1,
  name: 'Old team',
  values: { ...tier1.values, routingProfile: { name: 'Gone for good' } },
};

const withPresets: ScenarioOptions = {
  config: (config) => ({
    ...config,
    instances: config.instances.map((instance) =>
      instance.alias === 'production'
        ? { ...instance, presets: [tier1, forNoa, broken] }
        : { ...instance, presets: [] },
    ),
  }),
};

describe('presets', { concurrency: 2 }, () => {
  test('fill in the form, leave out what they fix, and make the username', async (t) => {
    const { tara, ari, card, sandbox } = await startScenario(t, withPresets);
    const form = await tara.openForm();
    await form.set('Preset', 'Tier 1 support');
    const labels = await form.labels();
    assert.ok(!labels.includes('Routing profile') && !labels.includes('Security profiles'));
    assert.match(
      await form.text(),
      /Routing profile: Basic Routing Profile · Security profiles: Agent/,
    );
    assert.equal(await form.valueOf('After-call work (seconds)'), '60');
    const names = { 'First name': 'Zoë', 'Last name': 'Brandt', Email: 'zoe@example.com' };
    assert.deepEqual((await form.submit(names)).errors, {});
    await ari.press(await card(/Zoë Brandt/), 'Approve');
    await card(/✅ 1 created/);
    const [sent] = (await sandbox.wire('connect')).filter(({ name }) => name === 'CreateUser');
    const input = sent?.request as { body?: Record<string, unknown> };
    assert.match(JSON.stringify(input), /"Username":"zoe.brandt"/);
    assert.match(JSON.stringify(input), /"AfterContactWorkTimeLimit":60/);
  });

  test('are offered to those who may use them, and begin the next form', async (t) => {
    const { tara, ari, card } = await startScenario(t, withPresets);
    await assert.rejects((await tara.openForm()).set('Preset', 'Night shift'), /does not offer/);
    await (await tara.form()).close();
    const form = await tara.openForm();
    await form.set('Preset', 'Tier 1 support');
    const names = { 'First name': 'Cleo', 'Last name': 'Coe', Email: 'cleo@example.com' };
    assert.deepEqual((await form.submit(names)).errors, {});
    await card(/Cleo Coe/);
    await ari.press(await card(/Cleo Coe/), 'Approve');
    const next = await tara.openForm();
    assert.equal(await next.valueOf('Preset'), 'Tier 1 support');
  });

  test('show an error at the preset when they name a deleted profile or group', async (t) => {
    const { tara } = await startScenario(t, withPresets);
    const form = await tara.openForm();
    await form.set('Preset', 'Old team');
    const names = { 'First name': 'Cleo', 'Last name': 'Coe', Email: 'cleo@example.com' };
    const { errors } = await form.submit(names);
    assert.match(errors.Preset ?? '', /names “Gone for good”, which production does not have/);
  });

  test('are a column of a file, where what they fix cannot be changed and others may not use them', async (t) => {
    const { sandbox, tara, threadSays, ari, card } = await startScenario(t, withPresets);
    const content = [
      'first name,last name,email,preset,security profile,username',
      'Mary,Major,mary@example.com,tier 1 SUPPORT,,',
      'Cleo,Coe,cleo@example.com,Tier 1 support,Admin,cleo',
      'Dan,Day,dan@example.com,Night shift,,dan',
      'Eve,Ever,eve@example.com,Tier 7,,eve',
    ].join('\n');
    const file = { channel: requestsChannel, text: mention, content };
    const posted = await postFile(sandbox, tara.id, file);
    const offer = await threadSays(posted, /1 row is ready to request/);
    assert.match(
      offer.text,
      /Row 3, Cleo Coe · Security profiles: .*sets this to “Agent”, and it can’t be changed/s,
    );
    assert.match(
      offer.text,
      /Row 4, Dan Day · Preset: .*You may not use the preset “Night shift” in production/s,
    );
    assert.match(offer.text, /Row 5, Eve Ever · Preset: .*production has no preset “Tier 7”/s);
    await tara.press(offer, 'Request 1 user');
    await ari.press(await card(/Mary Major/), 'Approve 1');
    await threadSays(await card(/✅ 1 created/), /production/);
    const made = await sandbox.connectUser('mary.major');
    assert.equal(made?.routingProfile, 'Basic Routing Profile');
    assert.deepEqual(made?.securityProfiles, ['Agent']);
  });

  test('can be named after the command', async (t) => {
    const { tara } = await startScenario(t, withPresets);
    await tara.command('tier 1 support');
    assert.equal(await (await tara.form()).valueOf('Preset'), 'Tier 1 support');
    await (await tara.form()).close();
    await tara.command('tier 1 suport');
    await tara.isTold(/Did you mean \/connect-add-user Tier 1 support\?/, generalChannel);
    await tara.command('night shift');
    await tara.isTold(/I don’t know “night shift”/, generalChannel);
  });
});

describe('people selected from Slack', { concurrency: 2 }, () => {
  test('one person fills in names, email and a free username, which can be corrected', async (t) => {
    const scenario = await startScenario(t, withPresets);
    const { tara, noa, ari, card, sandbox, threadSays, settled } = scenario;
    const form = await tara.openForm();
    await form.set('From Slack', ['U0NOA']);
    const filled = await Promise.all(
      ['First name', 'Last name', 'Username', 'Email'].map((label) => form.valueOf(label)),
    );
    assert.deepEqual(filled, ['Noa', 'Lead', 'noa.lead', 'noa.lead@harbour.example']);
    await form.set('Preset', 'Tier 1 support');
    assert.deepEqual((await form.submit({ Username: 'noa.l' })).errors, {});
    await ari.press(await card(/Noa Lead/), 'Approve');
    await card(/✅ 1 created/);
    assert.equal((await sandbox.connectUser('noa.l'))?.email, 'noa.lead@harbour.example');
    const { text } = await noa.isSent(/^Hello Noa,\nyour user in Amazon Connect is ready\./);
    assert.match(text, /Sign in at: https:\S+\nUsername: noa\.l\n.*“Forgot password”/);
    await threadSays(await card(/Noa Lead/), /Noa Lead has a welcome in Slack/);
    await settled();
    assert.equal((await noa.directMessages()).length, 1, 'once');
  });

  test('several people become several rows of one request, each with its own username', async (t) => {
    const scenario = await startScenario(t, withPresets);
    const { tara, noa, ari, card, sandbox, threadSays, settled } = scenario;
    const form = await tara.openForm();
    await form.set('Preset', 'Tier 1 support');
    await form.set('From Slack', ['U0NOA', 'U0TARA', 'U0BEA']);
    assert.ok(!(await form.labels()).includes('First name'));
    assert.match(await form.text(), /Noa Lead · noa\.lead · noa\.lead@harbour\.example/);
    assert.deepEqual((await form.submit()).errors, {});
    const asked = await card(/3 users/);
    await sandbox.call('POST', '/people', { id: 'U0BEA', deleted: true });
    await sandbox.fault({ on: 'slack', kind: 'lose-answer', match: 'chat.postMessage' }, 2);
    await ari.press(asked, 'Approve 3');
    const done = await card(/✅ 3 created/);
    await threadSays(done, /Noa Lead has a welcome.*Tara Lead has a welcome/s);
    await threadSays(done, /Bea Berg isn’t active in this Slack workspace, so no welcome was sent/);
    await settled();
    const welcomes = (await noa.directMessages()).filter(({ text }) => /^Hello/.test(text));
    assert.equal(welcomes.length, 1, 'once, though the answer was lost');
    for (const username of ['noa.lead', 'tara.lead', 'bea.berg']) {
      assert.deepEqual((await sandbox.connectUser(username))?.securityProfiles, ['Agent']);
    }
  });

  test('are created even if they accept no direct messages, and the receipt says how to tell them', async (t) => {
    const { tara, noa, ari, card, sandbox, threadSays } = await startScenario(t, withPresets);
    await sandbox.call('POST', '/people', { id: noa.id, takesMessages: false });
    const form = await tara.openForm();
    await form.set('Preset', 'Tier 1 support');
    await form.set('From Slack', [noa.id]);
    assert.deepEqual((await form.submit()).errors, {});
    await ari.press(await card(/Noa Lead/), 'Approve');
    const done = await card(/✅ 1 created/);
    const receipt = await threadSays(
      done,
      /Slack didn’t take the welcome for Noa Lead \(restricted_action\)\. Press Copy a welcome/,
    );
    assert.doesNotMatch(receipt.text, /has a welcome in Slack/);
    await tara.isSent(/Noa Lead .*is ready in production/);
    await tara.press(receipt, 'Copy a welcome');
    await tara.isTold(/Hello Noa,\nyour user in Amazon Connect is ready/);
    assert.deepEqual(await noa.directMessages(), []);
    assert.equal(await createsOf(sandbox, 'noa.lead'), 1);
  });

  test('a bot and somebody who left cannot be picked', async (t) => {
    const { tara, sandbox } = await startScenario(t, withPresets);
    const form = await tara.openForm();
    await form.set('Preset', 'Tier 1 support');
    await form.set('From Slack', ['U0NOA']);
    await sandbox.call('POST', '/people', { id: 'U0NOA', deleted: true });
    await form.set('From Slack', ['U0BEA', 'U0BOT']);
    const { errors } = await form.submit();
    assert.match(errors['From Slack'] ?? '', /is a bot/);
  });
});

describe('an existing user as the example', { concurrency: 2 }, () => {
  test('gives profiles, group, phone settings, tags and proficiencies, and no personal data', async (t) => {
    const { tara, ari, card, sandbox, stopBot, startBot } = await startScenario(t);
    const first = await tara.openForm();
    await first.press('More settings');
    const values = { ...mary, Tags: 'team=blue', Proficiencies: 'Language=German:4' };
    assert.deepEqual((await first.submit(values)).errors, {});
    await ari.press(await card(/Mary Major/), 'Approve');
    await card(/✅ 1 created/);

    // A bot reads the users again when it starts; otherwise its copy may be minutes old.
    await stopBot();
    await startBot();
    const form = await tara.openForm();
    await form.press('Clear these choices');
    await form.press('Like an existing user');
    assert.deepEqual(await form.offers('Like an existing user', 'zzz'), []);
    await form.set('Like an existing user', `Mary Major (${mary.Username})`);
    assert.equal(await form.valueOf('Routing profile'), 'Basic Routing Profile');
    assert.equal(await form.valueOf('First name'), '');
    assert.equal(await form.valueOf('Tags'), 'team=blue');
    assert.equal(await form.valueOf('Proficiencies'), 'Language=German:4');
    const names = {
      'First name': 'Cleo',
      'Last name': 'Coe',
      Username: 'cleo',
      Email: 'cleo@harbour.example',
    };
    assert.deepEqual((await form.submit(names)).errors, {});
    await ari.press(await card(/Cleo Coe/), 'Approve');
    const made = await eventually('Cleo is in Connect', () => sandbox.connectUser('cleo'));
    const example = await sandbox.connectUser(mary.Username);
    assert.deepEqual(made?.securityProfiles, example?.securityProfiles);
    assert.equal(made?.tags.team, 'blue');
    assert.equal(made?.hierarchyGroup?.join(), example?.hierarchyGroup?.join());
  });
});
