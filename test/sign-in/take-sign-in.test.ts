/** The result of a sign-in: for whom, for what and for how long it counts, with a clock that the test controls. */
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { setPlan } from '../../src/approvals/approvals-store.ts';
import { readCurrentRequest } from '../../src/approvals/read-current-request.ts';
import { textHash } from '../../src/audit/audit-event.ts';
import type { SignedIn } from '../../src/auth/judge-sign-in.ts';
import { ConnectReadError } from '../../src/connect/gateway.ts';
import { executeDecision } from '../../src/requests/decide/decide-request.ts';
import { endOverdue } from '../../src/requests/end-overdue.ts';
import { readRequest } from '../../src/requests/store/requests-store.ts';
import { beginSignIn, readByLink } from '../../src/sign-in/sign-ins-store.ts';
import { takeSignIn } from '../../src/sign-in/take-sign-in.ts';
import type { Link } from '../../src/slack/ephemeral.ts';
import { instanceClientOf, personOf, smallInstance } from '../auth/people.ts';
import { rulesOf } from '../policy/policies.ts';
import { newUser } from '../provisioning/approved.ts';
import { waitingRequest } from '../requests/waiting-request.ts';
import { testServices } from '../services.ts';

const ari = personOf();
const tara = personOf({ id: 'U0TARA', name: 'Tara Lead', email: 'tara@example.com' });
const rules = rulesOf(`
- { name: Sign in, requesters: { anyone: true }, approval: { count: 2, stepUp: {} } }`);
const minute = 60_000;
const away = new ConnectReadError('unavailable', 'ListUsers', { cause: null, detail: '503' });

/**
 * Tara's request, which waits for two approvals, each after a fresh sign-in. Without a plan it is stored as in
 * versions before plans existed.
 */
async function start(t: TestContext, { hasPlan = true } = {}) {
  const instance = smallInstance();
  const connect = instanceClientOf(instance, { config: { rules } });
  const { instanceClient } = connect;
  const bot = await testServices(t, {
    instanceClients: [instanceClient],
    people: [ari, tara],
  });
  const links: Link[] = [];
  const services = {
    ...bot.services,
    config: {
      ...bot.services.config,
      signIn: {
        issuer: 'https://sso.example',
        clientId: 'bot',
        clientSecret: 'secret',
        claim: 'email',
        publicUrl: 'https://bot.example/',
        listen: { host: '127.0.0.1', port: 0 },
      },
    },
    sendEphemeral: async (...given: Parameters<typeof bot.services.sendEphemeral>) => {
      if (given[2]) links.push(given[2]);
      await bot.services.sendEphemeral(...given);
    },
  };
  const { db, now } = services;
  const { id } = await waitingRequest(services, {
    requester: tara,
    user: newUser('mary'),
    expiresAfterMs: 60 * minute,
  });
  const request = async () => (await readRequest(db, id)) ?? assert.fail('no request');
  const current = await readCurrentRequest(services, instanceClient, await request());
  assert.ok('binding' in current);
  if (hasPlan)
    await db.transaction().execute((tx) => setPlan(tx, id, { ...current, voided: null }));

  let sentAt = (): Date => now();
  const signedIn = (): SignedIn => ({
    signIn: {
      issuer: 'https://sso.example',
      subjectHash: 'f'.repeat(64),
      authTime: sentAt().toISOString(),
      acr: null,
    },
    named: ari.email ?? null,
    isUnverified: false,
  });
  const provider = {
    authorizationUrl: () => Promise.reject(new Error('not asked here')),
    signedIn: () => Promise.resolve(signedIn()),
  };
  const { binding } = current;
  const contentHash = hasPlan ? binding.hash : binding.contentHash;
  const what = { kind: 'approve' as const, contentHash };
  const decide = (more: { readonly signIn?: number } = {}) =>
    executeDecision(services, {
      requestId: id,
      personId: ari.id,
      channel: 'C0REQUESTS',
      what,
      ...more,
    });
  /** Presses the button and opens the link. */
  async function begin(state: string): Promise<{ begun: boolean; number: number }> {
    await decide();
    const secret = new URL(links.at(-1)?.url ?? '').searchParams.get('link') ?? '';
    const asked = (await readByLink(db, textHash(secret))) ?? assert.fail('no link');
    const hashes = { stateHash: textHash(state), browserHash: textHash('browser') };
    return { begun: await beginSignIn(db, asked.id, { ...hashes, at: now() }), number: asked.id };
  }
  const comeBack = async (state: string, browser = 'browser') => {
    const url = new URL(`https://bot.example/sign-in/callback?code=c&state=${state}`);
    const { why } = await takeSignIn({ services, provider }, url, () => browser);
    return why?.code ?? 'on its way';
  };
  /** Runs the jobs that decide once. */
  const work = async () => {
    for (const job of bot.jobs.splice(0)) {
      if (job.queue === 'decide') await executeDecision(services, job.data);
    }
  };
  const approvals = async () =>
    (await bot.database.query('select person_id from approvals where ended_at is null')).length;
  return {
    ...bot,
    services,
    connect,
    id,
    links,
    request,
    decide,
    begin,
    comeBack,
    work,
    approvals,
    /** Sets the time at which the person signed in at the provider, from now on. */
    signs: (at: () => Date) => {
      sentAt = at;
    },
  };
}

describe('a sign-in', () => {
  test('gives one approval, through the job that it adds', async (t) => {
    const { begin, comeBack, work, approvals } = await start(t);
    assert.equal((await begin('one')).begun, true);
    assert.equal(await approvals(), 0);
    assert.equal(await comeBack('one'), 'on its way');
    assert.equal(await approvals(), 0);
    await work();
    assert.equal(await approvals(), 1);
    assert.equal(await comeBack('one'), 'sign-in.over');
  });

  test('gives one approval of an older request without a stored plan, and stores the plan', async (t) => {
    const bot = await start(t, { hasPlan: false });
    const { decide, begin, comeBack, work, approvals, ephemerals, request } = bot;
    await decide();
    assert.equal(ephemerals.at(-1)?.problem.code, 'sign-in.needed');
    assert.equal((await begin('one')).begun, true);
    assert.equal(await approvals(), 0);
    assert.equal(await comeBack('one'), 'on its way');
    await work();
    assert.equal(await approvals(), 1);
    const { plan, state } = await request();
    assert.deepEqual([state, plan?.rule], ['awaiting_approval', 'Sign in']);
  });

  test('is required to lift the limit of an older request without a stored plan', async (t) => {
    const { services, database, id, ephemerals, request } = await start(t, { hasPlan: false });
    await database.query(
      `update requests set state = 'paused', hold = '{"code":"create.limit","params":{}}'`,
    );
    const what = { kind: 'lift-limit' as const, reason: 'a new site opens today' };
    await executeDecision(services, { requestId: id, personId: ari.id, channel: 'C', what });
    assert.equal(ephemerals.at(-1)?.problem.code, 'sign-in.needed');
    assert.equal((await request()).state, 'paused');
  });

  test('changes nothing of an older request without a stored plan while Connect is away', async (t) => {
    const { begin, comeBack, connect, approvals } = await start(t, { hasPlan: false });
    await begin('one');
    connect.failWith(away);
    assert.equal(await comeBack('one'), 'decision.could-not-check');
    assert.equal(await approvals(), 0);
  });

  test('changes nothing after exactly ten minutes, at any step of the sign-in', async (t) => {
    const { begin, comeBack, pass, services, links } = await start(t);
    assert.equal((await begin('one')).begun, true);
    pass(10 * minute);
    assert.equal(await comeBack('one'), 'sign-in.over');
    const { number } = await begin('two');
    assert.equal(links.length, 2);
    const { db, now } = services;
    pass(10 * minute);
    const hashes = { stateHash: textHash('three'), browserHash: textHash('browser') };
    assert.equal(await beginSignIn(db, number, { ...hashes, at: now() }), false);
  });

  test('changes nothing when the decision waited for more than ten minutes, so that the person signs in again', async (t) => {
    const { begin, comeBack, work, approvals, pass, links } = await start(t);
    await begin('one');
    assert.equal(await comeBack('one'), 'on its way');
    pass(10 * minute);
    await work();
    assert.equal(await approvals(), 0);
    assert.equal(links.length, 2);
  });

  test('changes nothing in a different browser, with an unknown state, or after a newer link', async (t) => {
    const { begin, comeBack, approvals, jobs } = await start(t);
    await begin('one');
    assert.equal(await comeBack('one', 'another'), 'sign-in.other-browser');
    assert.equal(await comeBack('one', ''), 'sign-in.other-browser');
    assert.equal(await comeBack('two'), 'sign-in.over');
    await begin('three');
    assert.equal(await comeBack('one'), 'sign-in.over');
    assert.deepEqual(
      jobs.filter(({ queue }) => queue === 'decide'),
      [],
    );
    assert.equal(await approvals(), 0);
  });

  test('changes nothing for an old sign-in, although the provider confirms it', async (t) => {
    const { begin, comeBack, signs, services } = await start(t);
    signs(() => new Date(services.now().getTime() - 6 * minute));
    await begin('one');
    assert.equal(await comeBack('one'), 'sign-in.not-fresh');
  });

  test('changes nothing a second time, so that a withdrawn approval requires a new sign-in', async (t) => {
    const { begin, comeBack, work, approvals, decide, services, id, links } = await start(t);
    const { number } = await begin('one');
    await comeBack('one');
    await work();
    assert.equal(await approvals(), 1);
    const what = { kind: 'withdraw' as const };
    await executeDecision(services, { requestId: id, personId: ari.id, channel: 'C', what });
    assert.equal(await approvals(), 0);
    await decide({ signIn: number });
    assert.equal(await approvals(), 0);
    assert.equal(links.length, 2);
  });

  test('changes nothing for a different person, request or content', async (t) => {
    const { begin, comeBack, approvals, decide, database, links } = await start(t);
    const { number } = await begin('one');
    await comeBack('one');
    for (const [change, back] of [
      [`person_id = 'U0BEA'`, `person_id = 'U0ARI'`],
      [`binding_hash = 'x'`, null],
    ] as const) {
      await database.query(`update sign_ins set ${change} where id = ${number}`);
      const before = links.length;
      await decide({ signIn: number });
      assert.equal(await approvals(), 0, change);
      assert.equal(links.length, before + 1, change);
      if (back) await database.query(`update sign_ins set ${back} where id = ${number}`);
    }
  });

  test('tells the person when Connect does not say who they are', async (t) => {
    const { begin, comeBack, connect, ephemerals, services } = await start(t);
    await begin('one');
    services.people = {
      ...services.people,
      person: (id) => Promise.resolve(id === ari.id ? { ...ari, email: 'a@example.com' } : null),
    };
    connect.failWith(away);
    assert.equal(await comeBack('one'), 'decision.could-not-check');
    assert.equal(ephemerals.at(-1)?.problem.code, 'decision.could-not-check');
  });

  test('is forgotten a day later, and the audit trail is not', async (t) => {
    const { begin, comeBack, work, pass, services, database } = await start(t);
    await begin('one');
    await comeBack('one');
    await work();
    pass(24 * 60 * minute + 9 * minute);
    await endOverdue(services);
    assert.equal((await database.query('select id from sign_ins')).length, 1);
    pass(2 * minute);
    await endOverdue(services);
    assert.deepEqual(await database.query('select id from sign_ins'), []);
    const kinds = await database.query(
      `select kind from audit_events where actor = 'U0ARI' order by id`,
    );
    assert.deepEqual(
      kinds.map(({ kind }) => kind),
      ['sign-in-asked', 'signed-in', 'agreed'],
    );
  });
});
