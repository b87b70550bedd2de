/** Approvals that need a fresh sign-in at the company's identity provider, which is the real `oidc-provider`. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Config } from '../../src/config/config.ts';
import { examine } from '../../src/doctor/doctor.ts';
import { rulesOf } from '../policy/policies.ts';
import { log } from '../services.ts';
import { ari, startSignInScenario, stepUp } from '../sign-in/scenario.ts';
import { openChange } from './change-form.ts';
import { fileIn } from './handed-files.ts';
import { generalChannel } from './person.ts';
import { eventually } from './sandbox-calls.ts';
import { grantToAgent, mary } from './stage.ts';
import { createsOf } from './wire.ts';

describe('a fresh sign-in', { concurrency: 2 }, () => {
  test('an approval counts when the person has just signed in, and the audit trail says how', async (t) => {
    const scenario = await startSignInScenario(t);
    const {
      tara,
      ari: approver,
      provider,
      browser,
      linkFor,
      sandbox,
      ask,
      card,
      database,
    } = scenario;
    const { threadSays } = scenario;
    const asked = await ask(tara);
    await approver.press(asked, 'Compare');
    await approver.notice(/You can approve: .* It takes a fresh sign-in: a link is shown to you/);
    const link = await linkFor('U0ARI', asked);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
    provider.sits(ari, 'mfa');
    const at = browser();
    const page = await at.open(link);
    assert.match(page.text, /Approve CU-1001\?/);
    assert.match(page.text, /Tara Lead requests 1 user in production, with Agent/);
    const end = await at.press(page);
    assert.match(end.text, /You are signed in/);
    const { max_age, acr_values, code_challenge_method, nonce, state, login_hint } =
      provider.asked();
    assert.equal(login_hint, ari.email);
    assert.deepEqual(
      { max_age: Number(max_age), acr_values, code_challenge_method },
      { max_age: 300, acr_values: 'mfa', code_challenge_method: 'S256' },
    );
    assert.ok(nonce && state);
    const done = await card(/1 created · approved by Ari Admin/);
    assert.equal(await createsOf(sandbox, 'Mary'), 1);
    const [approved] = await database.query(
      `select details from audit_events where kind = 'approved'`,
    );
    const { signIn } = Object(approved?.details).ground;
    assert.equal(signIn.issuer, provider.issuer);
    assert.equal(signIn.acr, 'mfa');
    assert.match(signIn.subjectHash, /^[0-9a-f]{64}$/);
    assert.ok(Math.abs(Date.parse(signIn.authTime) - Date.now()) < 60_000);
    await threadSays(done, /Ari Admin approved \(.*after a fresh sign-in\)/);
    await approver.press(done, 'Evidence');
    const evidence = await fileIn(sandbox, () => approver.thread(done), /evidence\.md$/);
    assert.match(evidence, /signed in at `http:\S+` at \S+Z by `mfa` \(subject `[0-9a-f]{64}`\)/);
  });

  test('a sign-in by a different person approves nothing, and Slack and the audit trail say so', async (t) => {
    const scenario = await startSignInScenario(t);
    const { tara, provider, browser, linkFor, sandbox, ask, database, settled } = scenario;
    const link = await linkFor('U0ARI', await ask(tara));
    provider.sits({ sub: 'mallory', email: 'mallory@harbour.example' }, 'mfa');
    const end = await scenario.signedInBy(browser(), link);
    assert.match(end.text, /Somebody else signed in than the person who pressed the button/);
    await scenario.person('U0ARI').isTold(/Somebody else signed in/);
    await settled();
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
    const [refused] = await database.query(
      `select actor, details from audit_events where kind = 'sign-in-refused'`,
    );
    assert.equal(refused?.actor, 'U0ARI');
    assert.equal(Object(refused?.details).code, 'sign-in.other-person');
    assert.match(Object(refused?.details).subjectHash, /^[0-9a-f]{64}$/);
  });

  test('a link works once, opening it changes nothing, and returning to it a second time does nothing', async (t) => {
    const scenario = await startSignInScenario(t, { transport: 'http' });
    const { tara, provider, browser, linkFor, ask, card, database, settled } = scenario;
    const link = await linkFor('U0ARI', await ask(tara));
    provider.sits(ari, 'mfa');
    // A mail or chat program opens links for previews.
    await browser().open(link);
    const at = browser();
    const end = await scenario.signedInBy(at, link);
    assert.match(end.text, /You are signed in/);
    await card(/1 created/);
    for (const again of [link, end.url, link, end.url]) {
      const shown = await at.open(again);
      assert.match(shown.text, /This link was used already, or its 10 minutes are over/);
    }
    await settled();
    const kinds = await database.query(
      `select kind from audit_events where actor = 'U0ARI' order by id`,
    );
    assert.deepEqual(
      kinds.map(({ kind }) => kind),
      ['sign-in-asked', 'signed-in', 'approved'],
    );
  });

  test('a sign-in that comes back in another browser, or was started by a page of somebody else, is refused', async (t) => {
    const scenario = await startSignInScenario(t);
    const { tara, provider, browser, linkFor, sandbox, ask, card } = scenario;
    const link = await linkFor('U0ARI', await ask(tara));
    provider.sits(ari, 'mfa');
    const at = browser();
    const page = await at.open(link);
    const forged = await at.press(page, 'https://evil.example');
    assert.equal(forged.status, 403);
    provider.sits(null);
    // An attacker begins the sign-in and passes the provider's address to somebody else, who signs in.
    const started = await at.press(page);
    assert.match(started.text, /ended without success \(access_denied\)/);
    const second = await linkFor('U0ARI', await card(/\(Mary\)/));
    provider.sits(ari, 'mfa');
    const attacker = browser();
    const victim = browser();
    const handed = await attacker.press(await attacker.open(second), undefined, { stay: true });
    const end = await victim.open(handed.headers.get('location') ?? '');
    assert.match(end.text, /started in another browser/);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
    // The sign-in still counts in the browser that started it.
    const twice = await Promise.all([attacker.open(end.url), attacker.open(end.url)]);
    assert.equal(twice.filter(({ text }) => /You are signed in/.test(text)).length, 1);
    await card(/1 created/);
  });

  test('a sign-in without the wanted factor is refused', async (t) => {
    const scenario = await startSignInScenario(t);
    const { tara, provider, browser, linkFor, sandbox, ask } = scenario;
    const link = await linkFor('U0ARI', await ask(tara));
    provider.sits(ari, 'password');
    const end = await scenario.signedInBy(browser(), link);
    assert.match(end.text, /not in a way that the policy accepts/);
    await scenario.person('U0ARI').isTold(/not in a way that the policy accepts/);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
  });

  test('a link ends after ten minutes, with a newer link, and with the request', async (t) => {
    const scenario = await startSignInScenario(t);
    const { tara, bea, provider, browser, linkFor, sandbox, ask, card, database } = scenario;
    const asked = await ask(tara);
    const first = await linkFor('U0ARI', asked);
    const second = await linkFor('U0ARI', asked);
    provider.sits(ari, 'mfa');
    const used = /This link was used already, or its 10 minutes are over/;
    assert.match((await browser().open(first)).text, used);
    await database.query(`update sign_ins set expires_at = now() where ended_at is null`);
    assert.match((await browser().open(second)).text, used);
    const third = await linkFor('U0ARI', asked);
    await bea.deny(asked, 'nobody asked me');
    await card(/denied/i);
    assert.match((await browser().open(third)).text, /changed/);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
  });

  test('H2: a request that changed between the link and the sign-in is refused', async (t) => {
    const scenario = await startSignInScenario(t);
    const { tara, provider, browser, linkFor, sandbox, ask, card, settled } = scenario;
    const link = await linkFor('U0ARI', await ask(tara));
    provider.sits(ari, 'mfa');
    const at = browser();
    const page = await at.open(link);
    await grantToAgent(sandbox, 'Users.Edit');
    await at.press(page);
    await scenario.person('U0ARI').isTold(/“Agent” gained Users.Edit/);
    const again = await card(/It changed, so it asks again/);
    await settled();
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
    // The old link was used already, and a new one works for the changed request.
    assert.match((await at.open(link)).text, /This link was used already/);
    const next = await linkFor('U0ARI', again);
    assert.match((await scenario.signedInBy(browser(), next)).text, /You are signed in/);
    await card(/1 created/);
  });

  test('a link can still be used after the provider did not answer', async (t) => {
    const scenario = await startSignInScenario(t);
    const { tara, provider, browser, linkFor, ask } = scenario;
    const link = await linkFor('U0ARI', await ask(tara));
    await provider.stop();
    const at = browser();
    const page = await at.open(link);
    const away = await at.press(page);
    assert.equal(away.status, 503);
    assert.match(away.text, /sign-in isn’t responding/);
    assert.match((await at.open(link)).text, /Sign in and approve/);
  });

  test('a person who may not approve is told so without a sign-in', async (t) => {
    const scenario = await startSignInScenario(t);
    const { tara, ask, database } = scenario;
    await tara.press(await ask(tara), 'Approve');
    await tara.isTold(/can’t approve your own request|your own/);
    assert.deepEqual(await database.query('select id from sign_ins'), []);
  });

  test('an emergency approval requires a sign-in as well', async (t) => {
    const rules = rulesOf(`
- name: Two people, or an emergency
  requesters: { anyone: true }
  approval:
    count: 2
    breakGlass: { people: [U0ARI], tell: [U0BEA] }
    stepUp: { maxAge: 1 minute }`);
    const scenario = await startSignInScenario(t, { instance: { rules } });
    const {
      tara,
      ari: approver,
      provider,
      browser,
      links,
      sandbox,
      ask,
      card,
      threadSays,
    } = scenario;
    const asked = await ask(tara);
    await approver.press(asked, 'Create without approval');
    await (await approver.form()).submit({
      'Why, for CU-1001?': 'the shift begins in ten minutes',
    });
    const link = await eventually('a link is shown', async () => (await links('U0ARI'))[0]);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
    provider.sits(ari);
    assert.match((await browser().open(link)).text, /Create CU-1001 without approval\?/);
    assert.match((await scenario.signedInBy(browser(), link)).text, /You are signed in/);
    const done = await card(/1 created/);
    await threadSays(done, /had this created without approval/);
  });

  test('begins at one replica and comes back at another, however often the button is pressed', async (t) => {
    const scenario = await startSignInScenario(t, { transport: 'http' });
    const { tara, provider, bot, browser, linkFor, ask, card, database } = scenario;
    await scenario.startReplica();
    const link = await linkFor('U0ARI', await ask(tara));
    provider.sits(ari, 'mfa');
    let at = bot();
    const here = browser(() => at);
    const page = await here.open(link);
    const stay = { stay: true };
    const pressed = await Promise.all([1, 2, 3].map(() => here.press(page, undefined, stay)));
    const opened = pressed.filter(({ status }) => status === 303);
    assert.equal(opened.length, 1, 'a link works once');
    at = new URL(scenario.replicaUrl()).origin;
    const end = await here.open(opened[0]?.headers.get('location') ?? '');
    assert.match(end.text, /You are signed in/);
    await card(/1 created/);
    const approved = await database.query(`select id from audit_events where kind = 'approved'`);
    assert.equal(approved.length, 1);
  });

  test('letting a request continue above a limit requires a sign-in as well', async (t) => {
    const limits = {
      perHour: 0,
      perDay: null,
      perApprover: { perHour: null, perDay: null },
      tell: ['U0BEA'],
    };
    const scenario = await startSignInScenario(t, { instance: { rules: stepUp, limits } });
    const { tara, bea, provider, browser, links, signedInBy, sandbox, ask, card, database } =
      scenario;
    const asked = await ask(tara);
    provider.sits(ari, 'mfa');
    await signedInBy(browser(), await scenario.linkFor('U0ARI', asked));
    const paused = await card(/The limit for production is 0 users an hour/);
    await bea.press(paused, 'Go on above the limit');
    await (await bea.form()).submit({ 'Why, for CU-1001?': 'a new site opens today' });
    const link = await eventually('a link is shown', async () => (await links('U0BEA'))[0]);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
    assert.match((await browser().open(link)).text, /Let CU-1001 go on above the limit\?/);
    provider.sits({ sub: 'bea-1', email: 'bea@harbour.example' }, 'mfa');
    assert.match((await signedInBy(browser(), link)).text, /You are signed in/);
    await card(/1 created/);
    const [lifted] = await database.query(
      `select actor, details from audit_events where kind = 'limit-lifted'`,
    );
    assert.equal(lifted?.actor, 'U0BEA');
    assert.equal(Object(lifted?.details).signIn.acr, 'mfa');
  });

  test('Approve in the App Home shows the link in a direct message', async (t) => {
    const scenario = await startSignInScenario(t);
    const { tara, ari: approver, provider, browser, signedInBy, ask, card } = scenario;
    await ask(tara);
    await approver.home(/Mary Major/);
    await approver.pressAtHome('Approve');
    const said = await approver.isSent(
      /Before this counts, the policy requires you to sign in again/,
    );
    const [link = ''] = said.notification.match(/https:\S+link=[\w-]+/) ?? [];
    provider.sits(ari, 'mfa');
    assert.match((await signedInBy(browser(), link)).text, /You are signed in/);
    await card(/1 created/);
  });

  test('proves an identity link without an admin, by two claims of the same person', async (t) => {
    const scenario = await startSignInScenario(t, {
      instance: { rules: rulesOf('- { name: One, requesters: { anyone: true } }') },
      config: (all) => ({
        ...all,
        identity: {
          ...all.identity,
          linkBySignIn: { usernameClaim: 'preferred_username', maxAgeMs: 300_000, acrValues: [] },
        },
      }),
    });
    const { tara, bea, provider, browser, links, sandbox, ask, card, database } = scenario;
    const sam = scenario.person('U0SAM');
    for (const [id, name] of [
      ['U0BEA', 'b.berg'],
      ['U0SAM', 's.agent'],
    ] as const) {
      await sandbox.call('POST', '/people', { id, email: `${name}@harbour.example` });
    }
    const beaHerself = { sub: 'bea-1', email: 'b.berg@harbour.example', preferred_username: 'Bea' };
    const linkOf = async (person: typeof bea): Promise<string> => {
      const before = (await links(person.id, generalChannel)).length;
      await person.command('link bea');
      return eventually('a link', async () => (await links(person.id, generalChannel))[before]);
    };
    const signIn = async (person: typeof bea, as: Parameters<typeof provider.sits>[0]) => {
      provider.sits(as);
      return (await scenario.signedInBy(browser(), await linkOf(person))).text;
    };
    // Sam, who claims to be Bea, starts the sign-in and sends her the address of the page.
    assert.match(await signIn(sam, beaHerself), /Somebody else signed in/);
    const samHimself = {
      sub: 'sam-1',
      email: 's.agent@harbour.example',
      preferred_username: 'sam',
    };
    assert.match(await signIn(sam, samHimself), /does not say that you are the user “bea”/);
    await sam.isSent(/does not say that you are the user “bea”/);
    provider.sits(beaHerself);
    const page = await browser().open(await linkOf(bea));
    assert.match(page.text, /Is Bea Berg the user bea\?.*Go on only if you are both/s);
    assert.match(await signIn(bea, beaHerself), /You are signed in/);
    await card(/Bea Berg proved by a fresh sign-in to be bea in production/);
    await bea.isSent(/proved by a fresh sign-in/);
    // H3 (nobody grants more than they hold): a Connect user that already belongs to a person cannot be used by
    // another one, whatever the provider says.
    const both = { ...samHimself, preferred_username: 'bea' };
    assert.match(await signIn(sam, both), /Bea Berg is the user “bea” already/);
    await bea.press(await ask(tara), 'Approve');
    await card(/1 created · approved by Bea Berg/);
    const events = await database.query(
      `select kind, actor, details from audit_events where kind in ('link-confirmed', 'sign-in-refused') order by id`,
    );
    assert.deepEqual(
      events.map(({ kind, actor, details }) => `${kind} ${actor} ${Object(details).code ?? ''}`),
      [
        'sign-in-refused U0SAM sign-in.other-person',
        'sign-in-refused U0SAM sign-in.other-user',
        'link-confirmed U0BEA ',
        'sign-in-refused U0SAM link.taken',
      ],
    );
    const confirmed = events.find(({ kind }) => kind === 'link-confirmed');
    assert.match(Object(confirmed?.details).subjectHash, /^[0-9a-f]{64}$/);
    const held = await database.query(
      `select person_id, decided_by, proven ->> 'issuer' as issuer from identity_links where state = 'confirmed'`,
    );
    assert.deepEqual(held, [{ person_id: 'U0BEA', decided_by: null, issuer: provider.issuer }]);
  });

  test('two approvers each sign in as themselves', async (t) => {
    const rules = rulesOf(`
- name: Two sign in
  requesters: { anyone: true }
  approval: { count: 2, stepUp: {} }`);
    const scenario = await startSignInScenario(t, { instance: { rules } });
    const { tara, bea, provider, browser, linkFor, signedInBy, sandbox, ask, card } = scenario;
    const asked = await ask(tara);
    await card(/Needs 2 approvals from people with Users – Create · each after a fresh sign-in/);
    provider.sits(ari);
    await signedInBy(browser(), await linkFor('U0ARI', asked));
    const half = await card(/1 of 2 approvals \(Ari Admin\)/);
    const second = await linkFor('U0BEA', half);
    // The first approver's sign-in does not count for the second approver.
    const wrong = await signedInBy(browser(), second);
    assert.match(wrong.text, /Somebody else signed in/);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
    provider.sits({ sub: 'bea-1', preferred_username: 'bea', email: 'bea@harbour.example' });
    assert.match(
      (await signedInBy(browser(), await linkFor('U0BEA', half))).text,
      /You are signed in/,
    );
    await card(/1 created · approved by Ari Admin and Bea Berg/);
    await bea.isTold(/Somebody else signed in/);
  });

  test('an approver who changes a request and approves the change signs in for the changed content', async (t) => {
    const scenario = await startSignInScenario(t);
    const { tara, provider, browser, links, signedInBy, sandbox, ask, card } = scenario;
    const asked = await ask(tara, { ...mary, 'Security profiles': ['Supervisor'] });
    const form = await openChange(scenario, scenario.ari, asked);
    await form.submit({ 'Security profiles': ['Agent'], Approve: true });
    const link = await eventually('a link is shown', async () => (await links('U0ARI'))[0]);
    await card(/Access .*Agent/);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
    provider.sits(ari, 'mfa');
    assert.match((await signedInBy(browser(), link)).text, /You are signed in/);
    await card(/1 created/);
  });
});

describe('npm run doctor', () => {
  test('says whether the identity provider answers, and knows the wanted ways', async (t) => {
    const held: { config?: Config } = {};
    const { provider, database } = await startSignInScenario(t, {
      config: (all) => {
        held.config = all;
        return all;
      },
    });
    const look = async (config: Config) => {
      const lines = await examine(config, { log, databaseUrl: database.url });
      const line = lines.find(({ name }) => name === 'sign-in.provider');
      return `${line?.status}: ${line?.found}`;
    };
    const { config } = held;
    assert.ok(config);
    assert.match(await look(config), /^pass: http:\S+ answers; people come back to https:/);
    const rules = rulesOf(`
- name: Unknown way
  requesters: { anyone: true }
  approval: { stepUp: { acrValues: [phr, mfa] } }`);
    const instances = config.instances.map((instance) => ({ ...instance, rules }));
    assert.match(await look({ ...config, instances }), /^warn: .* does not know .* phr$/);
    await provider.stop();
    assert.match(await look(config), /^fail: http:\S+ could not be read: /);
  });
});
