/** Approvals that need a fresh sign-in at the company's identity provider, which is the real `oidc-provider`. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Messages } from '../../sandbox/api/messages.ts';
import { rulesOf } from '../policy/policies.ts';
import { type Browser, openBrowser, type Shown } from '../sign-in/browser.ts';
import { client, startIdentityProvider } from '../sign-in/identity-provider.ts';
import { type ScenarioOptions, startScenario } from './harness.ts';
import { requestsChannel } from './person.ts';
import { eventually } from './sandbox-calls.ts';
import type { Seen } from './seen.ts';
import { createsOf } from './wire.ts';

const publicUrl = 'https://bot.harbour.example/';
const ari = { sub: 'ari-1', email: 'ari.admin@harbour.example', email_verified: true };

const stepUp = rulesOf(`
- name: Sign in to approve
  requesters: { anyone: true }
  approval: { stepUp: { maxAge: 5 minutes, acrValues: [mfa] } }`);

async function start(t: Parameters<typeof startScenario>[0], options: ScenarioOptions = {}) {
  const provider = await startIdentityProvider(t, `${publicUrl}sign-in/callback`);
  const signIn = {
    issuer: provider.issuer,
    clientId: client.id,
    clientSecret: client.secret,
    claim: 'email',
    publicUrl,
    listen: { host: '127.0.0.1', port: 0 },
  };
  const scenario = await startScenario(t, {
    instance: { rules: stepUp },
    ...options,
    config: (config) => ({ ...config, signIn }),
  });
  const browser = () =>
    openBrowser({
      'https://bot.harbour.example': () => `http://127.0.0.1:${scenario.signInPort()}`,
    });

  /** Links that only this person was shown, in the order in which they were. */
  async function links(userId: string): Promise<string[]> {
    const query = `/messages?user=${userId}&channel=${requestsChannel}`;
    const { messages } = await scenario.sandbox.call<Messages>('GET', query);
    return messages
      .filter(({ ephemeral }) => ephemeral)
      .flatMap(({ text }) => text.match(/https:\S+link=[\w-]+/g) ?? []);
  }
  /** Presses the button; answers the link that is shown then. */
  async function linkFor(userId: string, card: Seen): Promise<string> {
    const before = (await links(userId)).length;
    await scenario.person(userId).press(card, 'Approve');
    return eventually('a link is shown', async () => (await links(userId))[before]);
  }
  const signedInBy = async (at: Browser, link: string): Promise<Shown> =>
    at.press(await at.open(link));
  return { ...scenario, provider, browser, links, linkFor, signedInBy };
}

describe('a fresh sign-in', { concurrency: 2 }, () => {
  test('an approval counts when the person has just signed in, and the audit trail says how', async (t) => {
    const scenario = await start(t);
    const { tara, provider, browser, linkFor, sandbox, ask, card, database } = scenario;
    const asked = await ask(tara);
    const link = await linkFor('U0ARI', asked);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
    provider.sits(ari, 'mfa');
    const at = browser();
    const page = await at.open(link);
    assert.match(page.text, /Approve CU-1001\?/);
    assert.match(page.text, /Tara Lead requests it in production/);
    const end = await at.press(page);
    assert.match(end.text, /You are signed in/);
    const { max_age, acr_values, code_challenge_method, nonce, state } = provider.asked();
    assert.deepEqual(
      { max_age: Number(max_age), acr_values, code_challenge_method },
      { max_age: 300, acr_values: 'mfa', code_challenge_method: 'S256' },
    );
    assert.ok(nonce && state);
    await card(/1 created · approved by Ari Admin/);
    assert.equal(await createsOf(sandbox, 'Mary'), 1);
    const [approved] = await database.query(
      `select details from audit_events where kind = 'approved'`,
    );
    const { signIn } = Object(approved?.details).ground;
    assert.equal(signIn.issuer, provider.issuer);
    assert.equal(signIn.acr, 'mfa');
    assert.match(signIn.subjectHash, /^[0-9a-f]{64}$/);
    assert.ok(Math.abs(Date.parse(signIn.authTime) - Date.now()) < 60_000);
  });

  test('somebody else who signs in approves nothing, and it is told in Slack and the audit trail', async (t) => {
    const scenario = await start(t);
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

  test('a link works once, opening it is nothing yet, and coming back again does nothing', async (t) => {
    const scenario = await start(t, { transport: 'http' });
    const { tara, provider, browser, linkFor, ask, card, database, settled } = scenario;
    const link = await linkFor('U0ARI', await ask(tara));
    provider.sits(ari, 'mfa');
    // What a mail or chat program does with links.
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

  test('a sign-in that comes back in another browser, or was begun by a page of somebody else, is refused', async (t) => {
    const scenario = await start(t);
    const { tara, provider, browser, linkFor, sandbox, ask, card } = scenario;
    const link = await linkFor('U0ARI', await ask(tara));
    provider.sits(ari, 'mfa');
    const at = browser();
    const page = await at.open(link);
    const forged = await at.press(page, 'https://evil.example');
    assert.equal(forged.status, 403);
    provider.sits(null);
    // Whoever begins it hands the address of the provider on, for somebody else to sign in.
    const begun = await at.press(page);
    assert.match(begun.text, /ended without success \(access_denied\)/);
    const second = await linkFor('U0ARI', await card(/\(Mary\)/));
    provider.sits(ari, 'mfa');
    const attacker = browser();
    const victim = browser();
    const handed = await attacker.press(await attacker.open(second), undefined, { stay: true });
    const end = await victim.open(handed.headers.get('location') ?? '');
    assert.match(end.text, /begun in another browser/);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
    // It still counts where it was begun.
    const twice = await Promise.all([attacker.open(end.url), attacker.open(end.url)]);
    assert.equal(twice.filter(({ text }) => /You are signed in/.test(text)).length, 1);
    await card(/1 created/);
  });

  test('a sign-in without the wanted factor is refused', async (t) => {
    const scenario = await start(t);
    const { tara, provider, browser, linkFor, sandbox, ask } = scenario;
    const link = await linkFor('U0ARI', await ask(tara));
    provider.sits(ari, 'password');
    const end = await scenario.signedInBy(browser(), link);
    assert.doesNotMatch(end.text, /You are signed in/);
    await scenario.person('U0ARI').isTold(/not in a way that the policy wants|access_denied/);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
  });

  test('a link ends after ten minutes, with a newer link, and with the request', async (t) => {
    const scenario = await start(t);
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
    const scenario = await start(t);
    const { tara, provider, browser, linkFor, sandbox, ask, card, settled } = scenario;
    const link = await linkFor('U0ARI', await ask(tara));
    provider.sits(ari, 'mfa');
    const at = browser();
    const page = await at.open(link);
    const { securityProfiles } = await sandbox.connect();
    const agent = securityProfiles.find((profile) => profile.name === 'Agent');
    await sandbox.website({
      instance: 'production',
      action: 'set-permissions',
      id: 'Agent',
      permissions: [...(agent?.permissions ?? []), 'Users.Edit'],
    });
    await at.press(page);
    await scenario.person('U0ARI').isTold(/“Agent” gained Users.Edit/);
    const again = await card(/It changed, so it asks again/);
    await settled();
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
    // What it was is not what it is: the old link leads nowhere, and a new one does.
    assert.match((await at.open(link)).text, /This link was used already/);
    const next = await linkFor('U0ARI', again);
    assert.match((await scenario.signedInBy(browser(), next)).text, /You are signed in/);
    await card(/1 created/);
  });

  test('a provider that does not answer uses no link up', async (t) => {
    const scenario = await start(t);
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

  test('whoever may not approve is told so, and not asked to sign in', async (t) => {
    const scenario = await start(t);
    const { tara, ask, database } = scenario;
    await tara.press(await ask(tara), 'Approve');
    await tara.isTold(/can’t approve your own request|your own/);
    assert.deepEqual(await database.query('select id from sign_ins'), []);
  });

  test('also who breaks the glass signs in first', async (t) => {
    const rules = rulesOf(`
- name: Two people, or an emergency
  requesters: { anyone: true }
  approval:
    count: 2
    breakGlass: { people: [U0ARI], tell: [U0BEA] }
    stepUp: { maxAge: 1 minute }`);
    const scenario = await start(t, { instance: { rules } });
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
    assert.match((await scenario.signedInBy(browser(), link)).text, /You are signed in/);
    const done = await card(/1 created/);
    await threadSays(done, /had this created without approval/);
  });
});
