/** Several approvals: which approvals count, what voids them, and how they are withdrawn. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rulesOf } from '../policy/policies.ts';
import { csv, fileIn, postFile, rowOf } from './handed-files.ts';
import { startScenario } from './harness.ts';
import { generalChannel, requestsChannel } from './person.ts';
import { grantToAgent, mary } from './stage.ts';
import { createsOf } from './wire.ts';

const twoApprovals = rulesOf(`
- name: Two people agree
  requesters: { anyone: true }
  approval: { count: 2 }`);

const stages = rulesOf(`
- name: Lead, then security
  requesters: { anyone: true }
  reason: { minLength: 5 }
  approval:
    stages:
      - { name: Lead, from: { people: [U0BEA] } }
      - { name: Security, from: { people: [U0ARI] } }`);

describe('approvals', { concurrency: 2 }, () => {
  test('two people have to approve; one person counts once, and may withdraw before the last approval', async (t) => {
    const scenario = await startScenario(t, { instance: { rules: twoApprovals } });
    const { tara, ari, bea, sandbox, ask, card, threadSays, database } = scenario;
    const asked = await ask(tara);
    await card(/Needs 2 approvals from people with Users – Create.*\n?.*/);
    await ari.press(asked, 'Approve');
    const half = await card(/1 of 2 approvals \(Ari Admin\) · open until/);
    assert.ok(half.buttons.includes('Withdraw my approval'));
    await ari.home(/Nothing is waiting for you/);
    await ari.press(half, 'Approve');
    await ari.isTold(/You have approved this already/);
    await bea.press(half, 'Withdraw my approval');
    await bea.isTold(/You have no approval of this request/);
    await ari.press(half, 'Withdraw my approval');
    const none = await card(/Needs 2 approvals/);
    await ari.homeSays(/Waiting for you/);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
    await ari.press(none, 'Approve');
    await card(/1 of 2 approvals/);
    await bea.press(none, 'Approve');
    const done = await card(/1 created · approved by Ari Admin and Bea Berg/);
    await threadSays(
      done,
      /Ari Admin approved \(holds Users – Create through .*\nBea Berg approved/,
    );
    assert.equal(await createsOf(sandbox, 'Mary'), 1);
    const kinds = await database.query(
      `select kind, actor from audit_events where actor <> 'bot' order by id`,
    );
    assert.deepEqual(
      kinds.map(({ kind, actor }) => `${kind} ${actor}`),
      [
        'submitted U0TARA',
        'agreed U0ARI',
        'approval-withdrawn U0ARI',
        'agreed U0ARI',
        'approved U0BEA',
      ],
    );
  });

  test('stages come one after the other, each from its own people', async (t) => {
    const scenario = await startScenario(t, { instance: { rules: stages } });
    const { tara, ari, bea, ask, card, threadSays, database } = scenario;
    // The policy requires a reason from everybody; the error is shown at its field, before anything is stored.
    const { outcome, errors } = await (await tara.openForm()).submit({ ...mary, Reason: 'new' });
    assert.equal(outcome, 'errors');
    assert.match(errors.Reason ?? '', /at least 5/);
    assert.deepEqual(await database.query('select id from requests'), []);
    const asked = await ask(tara);
    await card(/Lead: needs 1 approval from @U0BEA\nSecurity: needs 1 approval from @U0ARI/);
    await ari.press(asked, 'Approve');
    await ari.isTold(/You are not among the people who approve “Lead” now/);
    await bea.press(asked, 'Approve');
    await card(/Lead: ✅ 1 of 1 approval \(Bea Berg\)/);
    await ari.press(asked, 'Approve');
    await card(/1 created · approved by Bea Berg and Ari Admin/);
    // The rows of a file that came with too short a reason are requested with another reason, without a second
    // upload.
    const posted = await postFile(scenario.sandbox, tara.id, {
      channel: requestsChannel,
      text: '<@U0BOT> new',
      content: csv(rowOf('anna')),
    });
    await tara.press(await threadSays(posted, /1 row is ready to request/), 'Request 1 user');
    const form = await tara.form();
    const [label = ''] = await form.labels();
    const short = await form.submit({ [label]: 'hire' });
    assert.match(short.errors[label] ?? '', /at least 5/);
    assert.equal((await form.submit({ [label]: 'a new team in Leeds' })).outcome, 'closed');
    await card(/requests 1 user.*a new team in Leeds/s);
  });

  test('H2: a profile that gained permissions since voids the approvals, and it asks again', async (t) => {
    const scenario = await startScenario(t, { instance: { rules: twoApprovals } });
    const { tara, ari, bea, sandbox, ask, card, threadSays } = scenario;
    const asked = await ask(tara);
    await ari.press(asked, 'Approve');
    await card(/1 of 2 approvals/);
    await grantToAgent(sandbox, 'Users.Edit');
    await bea.press(asked, 'Approve');
    await bea.isTold(/has changed since it was shown: “Agent” gained Users.Edit/);
    const again = await card(/It changed, so it asks again: “Agent” gained Users.Edit\.\nNeeds 2/);
    await threadSays(again, /Earlier approvals do not count anymore/);
    await card(/can edit users/);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
    await ari.press(again, 'Approve');
    await card(/1 of 2 approvals/);
    await bea.press(again, 'Approve');
    await card(/1 created/);
  });

  test('a request that no rule allows is answered with the rule that comes closest', async (t) => {
    const rules = rulesOf(`
- name: Leads hire tier 1
  requesters: { anyone: true }
  allow: { routingProfiles: ["Tier 1*"] }`);
    const { tara, sandbox } = await startScenario(t, { instance: { rules } });
    const form = await tara.openForm();
    await form.submit(mary);
    await tara.isSent(
      /comes closest is “Leads hire tier 1”: the routing profile “Basic Routing Profile” is not allowed/,
    );
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
  });
});

const emergency = rulesOf(`
- name: Two people, or an emergency
  requesters: { anyone: true }
  approval:
    count: 2
    remindAfter: [1 hour]
    escalate: { after: 2 hours, people: [U0BEA] }
    from: { people: [U0ARI, U0SAM] }
    breakGlass: { people: [U0ARI], tell: [U0BEA] }`);

describe('exceptional approvals', { concurrency: 2 }, () => {
  test('break-glass: one person creates at once, whoever is named is told, and the evidence says so', async (t) => {
    const scenario = await startScenario(t, { instance: { rules: emergency } });
    const { tara, ari, bea, ask, card, threadSays, database } = scenario;
    const asked = await ask(tara);
    await bea.press(asked, 'Create without approval');
    await (await bea.form()).submit({ 'Why, for CU-1001?': 'the shift begins in ten minutes' });
    await bea.isTold(/The policy does not let you have this created without approval/);
    await ari.press(asked, 'Create without approval');
    await (await ari.form()).submit({ 'Why, for CU-1001?': 'the shift begins in ten minutes' });
    const done = await card(/1 created/);
    await bea.isSent(/Ari Admin had CU-1001 in production created at once.*the shift begins/);
    await threadSays(done, /Ari Admin had this created without approval/);
    const [event] = await database.query(
      `select details from audit_events where kind = 'break-glass'`,
    );
    assert.deepEqual(Object(event?.details).told, ['U0BEA']);
  });

  test('people are reminded, then more of them may approve, and nobody is asked after the decision', async (t) => {
    const scenario = await startScenario(t, { instance: { rules: emergency } });
    const { tara, ari, bea, ask, card, threadSays, database } = scenario;
    const asked = await ask(tara);
    await bea.press(asked, 'Approve');
    await bea.isTold(/You are not among the people who approve/);
    // Simulates that two hours have passed.
    await database.query(`update requests set expires_at = expires_at - interval '150 minutes'`);
    await database.query(`update jobs.job set start_after = now() where name = 'remind'`);
    await threadSays(asked, /Reminder: this request still waits for an approval/);
    await threadSays(asked, /Nobody has decided yet. @U0BEA may approve too now/);
    await bea.press(asked, 'Approve');
    await card(/1 of 2 approvals \(Bea Berg\)/);
    await ari.press(asked, 'Approve');
    await card(/1 created · approved by Bea Berg and Ari Admin/);
    await threadSays(asked, /Reminder: no longer needed/);
  });

  test('a deputy approves in the place of somebody who is away, within their own permissions', async (t) => {
    const rules = rulesOf(`
- name: Ari decides
  requesters: { anyone: true }
  approval: { from: { people: [U0ARI] } }`);
    const scenario = await startScenario(t, { instance: { rules } });
    const { tara, ari, bea, ask, card, threadSays } = scenario;
    const asked = await ask(tara);
    await bea.press(asked, 'Approve');
    await bea.isTold(/You are not among the people who approve/);
    await ari.command('deputy U0BEA for 2 days');
    await ari.isTold(/Bea Berg is your deputy until/, generalChannel);
    await bea.press(asked, 'Approve');
    const done = await card(/1 created · approved by Bea Berg/);
    await threadSays(done, /Bea Berg approved .*as a deputy/);
    await ari.press(done, 'Evidence');
    const page = await fileIn(scenario.sandbox, () => ari.thread(done), /evidence\.md$/);
    assert.match(page, /Bea Berg.*as the deputy of `U0ARI`/);
    // Ari has the permissions of Supervisor, and Bea does not.
    const more = { ...mary, Username: 'mary2', 'Security profiles': ['Supervisor'] };
    await bea.press(await ask(tara, more), 'Approve');
    await bea.isTold(/“Supervisor”, because it has permissions that you don’t have/);
    assert.equal(await createsOf(scenario.sandbox, 'mary2'), 0);
  });

  test('a limit pauses creating, and only a second person lets it go on', async (t) => {
    const limits = {
      perHour: 0,
      perDay: null,
      perApprover: { perHour: null, perDay: null },
      tell: ['U0BEA'],
    };
    const scenario = await startScenario(t, { instance: { limits } });
    const { tara, ari, bea, sandbox, ask, card, threadSays } = scenario;
    const asked = await ask(tara);
    await ari.press(asked, 'Approve');
    const paused = await card(/The limit for production is 0 users an hour/);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
    await bea.isSent(/CU-1001 in production was paused/);
    await ari.press(paused, 'Go on above the limit');
    await (await ari.form()).submit({ 'Why, for CU-1001?': 'a new site opens today' });
    await ari.isTold(/was paused by a limit, and you requested or approved it/);
    await bea.press(paused, 'Go on above the limit');
    await (await bea.form()).submit({ 'Why, for CU-1001?': 'a new site opens today' });
    const done = await card(/1 created/);
    await threadSays(done, /Bea Berg let it go on: a new site opens today/);
  });
});
