/** H3: one person with two accounts, and accounts that resemble another person's. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { identify } from '../../src/auth/connect-identity.ts';
import { identityPolicy, personOf } from '../auth/people.ts';
import { rulesOf } from '../policy/policies.ts';
import { startScenario } from '../scenarios/harness.ts';
import { generalChannel } from '../scenarios/person.ts';
import { eventually } from '../scenarios/sandbox-calls.ts';
import { mary } from '../scenarios/stage.ts';
import { createsOf } from '../scenarios/wire.ts';

describe('a second account', { concurrency: 2 }, () => {
  test('H3: nobody approves through a second account what they requested with the first', async (t) => {
    const { ari, bea, sam, sandbox, ask, card, database } = await startScenario(t, {
      // Sam is linked to the user that Ari's address identifies.
      config: (config) => ({
        ...config,
        identity: { ...config.identity, links: { U0SAM: 'ari.admin' } },
      }),
    });
    const asked = await ask(ari);
    assert.match(asked.text, /Sam Supervisor is the same Connect user as Ari Admin/);
    await sam.press(asked, 'Approve');
    await sam.isTold(/same Connect user, “ari\.admin”, so it counts as your own/);
    await sam.press(asked, 'Deny');
    await sam.notice(/same Connect user, “ari\.admin”/);
    await ari.command('deputy U0SAM for 2 days');
    await ari.isTold(/both of you are the Connect user “ari\.admin”/, generalChannel);
    const [request] = await database.query('select state from requests');
    assert.deepEqual(request, { state: 'awaiting_approval' });
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
    await bea.press(asked, 'Approve');
    await card(/✅ 1 created · approved by Bea Berg/);
  });

  test('H3: the other way round, and after the address of the requester has changed', async (t) => {
    const { ari, sam, sandbox, ask } = await startScenario(t, {
      config: (config) => ({
        ...config,
        identity: { ...config.identity, links: { U0SAM: 'ari.admin' } },
      }),
    });
    await ari.press(await ask(sam), 'Approve');
    await ari.isTold(/same Connect user, “ari\.admin”/);
    const asked = await ask(ari, { ...mary, Username: 'mary2' });
    // Ari removes the link, as if it had never existed.
    await sandbox.call('POST', '/people', { id: 'U0ARI', email: 'nobody@harbour.example' });
    await sam.press(asked, 'Approve');
    await sam.isTold(/same Connect user, “ari\.admin”/);
    assert.equal(await createsOf(sandbox, 'Mary'), 0);
  });
});

describe('a limit that paused creating', { concurrency: 2 }, () => {
  for (const role of ['requester', 'approver']) {
    test(`H3: is not lifted by the ${role} through a second account`, async (t) => {
      const { ari, bea, sam, ask, card, database } = await startScenario(t, {
        config: (config) => ({
          ...config,
          identity: { ...config.identity, links: { U0SAM: 'ari.admin' } },
        }),
        instance: {
          approval: { needed: 'always', allowOwn: true, expiresAfterMs: 3_600_000 },
          limits: {
            perHour: 0,
            perDay: null,
            perApprover: { perHour: null, perDay: null },
            tell: [],
          },
        },
      });
      const [requester, approver] = role === 'requester' ? [ari, bea] : [bea, ari];
      await approver.press(await ask(requester), 'Approve');
      const paused = await card(/The limit for production is 0 users an hour/);
      await sam.press(paused, 'Go on above the limit');
      await (await sam.form()).submit({ 'Why, for CU-1001?': 'a new site opens today' });
      await sam.isTold(/was paused by a limit, and you requested or approved it/);
      const [request] = await database.query('select state, limit_lifted from requests');
      assert.deepEqual(request, { state: 'paused', limit_lifted: null });
    });
  }
});

test('H3: a limit is not lifted by the person in whose place a deputy approved', async (t) => {
  const rules = rulesOf(`
- name: Ari decides
  requesters: { anyone: true }
  approval: { from: { people: [U0ARI] } }`);
  const { ari, bea, tara, ask, card, database } = await startScenario(t, {
    instance: {
      rules,
      limits: { perHour: 0, perDay: null, perApprover: { perHour: null, perDay: null }, tell: [] },
    },
  });
  await ari.command('deputy U0BEA for 2 days');
  await ari.isTold(/Bea Berg is your deputy/, generalChannel);
  await bea.press(await ask(tara), 'Approve');
  const paused = await card(/The limit for production is 0 users an hour/);
  await ari.press(paused, 'Go on above the limit');
  await (await ari.form()).submit({ 'Why, for CU-1001?': 'a new site opens today' });
  await ari.isTold(/was paused by a limit, and you requested or approved it/);
  const [request] = await database.query('select state, limit_lifted from requests');
  assert.deepEqual(request, { state: 'paused', limit_lifted: null });
});

test('H3: a limit is not lifted by a deputy of the approver, whom the approver chose', async (t) => {
  const { ari, bea, tara, ask, card, database } = await startScenario(t, {
    instance: {
      limits: { perHour: 0, perDay: null, perApprover: { perHour: null, perDay: null }, tell: [] },
    },
  });
  await ari.press(await ask(tara), 'Approve');
  const paused = await card(/The limit for production is 0 users an hour/);
  await ari.command('deputy U0BEA for 2 days');
  await ari.isTold(/Bea Berg is your deputy/, generalChannel);
  await bea.press(paused, 'Go on above the limit');
  await (await bea.form()).submit({ 'Why, for CU-1001?': 'a new site opens today' });
  const refused = /you are the deputy of somebody who requested or approved it/;
  await bea.isTold(refused);
  // Ending the link takes one command, and does not make Bea a second approver.
  await ari.command('deputy none');
  await eventually('the deputy is ended', async () => {
    const ended = await database.query('select 1 from deputies where ended_at is not null');
    return ended.length === 1;
  });
  await bea.press(paused, 'Go on above the limit');
  await (await bea.form()).submit({ 'Why, for CU-1001?': 'a new site opens today' });
  await eventually('she is refused again', async () => {
    return (await bea.told()).filter((text) => refused.test(text)).length === 2;
  });
  const [request] = await database.query('select state, limit_lifted from requests');
  assert.deepEqual(request, { state: 'paused', limit_lifted: null });
});

test('H3: nobody approves the request of somebody who became a guest a moment ago', async (t) => {
  const { ari, tara, sandbox, ask, database } = await startScenario(t);
  const asked = await ask(tara);
  await sandbox.call('POST', '/people', { id: tara.id, guest: 'multi-channel' });
  await ari.press(asked, 'Approve');
  await ari.isTold(/The policy does not allow this request anymore\. .*[Gg]uest/);
  const [request] = await database.query('select state from requests');
  assert.deepEqual(request, { state: 'awaiting_approval' });
});

describe('an address like somebody else’s', () => {
  const usersNamed = (username: string) =>
    [
      { id: '1', username: 'kim' },
      { id: '2', username: '\u212Aim2' },
      { id: '3', username: 'ari.admin' },
    ].filter((user) => user.username.toLowerCase() === username.toLowerCase());
  const whoHas = (email: string) =>
    identify(personOf({ email }), identityPolicy, {
      instance: 'production',
      storedLink: null,
      usersNamed,
    });

  for (const email of [
    '\u212Aim@example.com', // The Kelvin sign, which becomes a k in lower case
    'ki\uFF4D@example.com', // A fullwidth m
    'k\u0131m@example.com', // A dotless i
    '\u043Aim@example.com', // a Cyrillic k
    'kim@ex\u0430mple.com', // a Cyrillic a in the domain
    'kim\u200B@example.com', // A zero-width space
    'ari.admin\u00AD@example.com', // a soft hyphen
  ]) {
    test(`${JSON.stringify(email)} identifies nobody`, () => {
      const identity = whoHas(email);
      assert.ok(identity.kind === 'unknown');
      assert.equal(identity.problem.code, 'identity.unusual-address');
    });
  }

  test('is not matched by a username that only folds to it', () => {
    assert.equal(whoHas('kim2@example.com').kind, 'unknown');
    assert.equal(whoHas('KIM@example.com').kind, 'known');
  });

  test('a person in another trusted domain does not get the rights of ari@, whether Ari is active or not', () => {
    assert.equal(whoHas('ari.admin@example.org').kind, 'unknown');
    assert.equal(whoHas('ari.admin@example.com').kind, 'known', 'nor does it lock Ari out');
  });
});
