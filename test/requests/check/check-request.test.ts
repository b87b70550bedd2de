import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { InstanceConfig } from '../../../src/config/config.ts';
import { ConnectReadError } from '../../../src/connect/gateway.ts';
import { checkRequest } from '../../../src/requests/check/check-request.ts';
import { readRequest, readRows } from '../../../src/requests/store/requests-store.ts';
import { submitRequest } from '../../../src/requests/submit/submit-request.ts';
import type { UserDraft } from '../../../src/users/new-user.ts';
import {
  always,
  instanceClientOf,
  instanceConfig,
  nobodyMayRequest,
  personOf,
  smallInstance,
  userNamed,
} from '../../auth/people.ts';
import { testServices } from '../../services.ts';

const ari = personOf();
const mary: UserDraft = {
  firstName: 'Mary',
  lastName: 'Major',
  username: 'mary',
  email: 'mary@example.com',
  routingProfile: { id: 'rp-basic' },
  securityProfiles: [{ id: 'sp-agent' }],
  phoneType: 'soft',
};

async function start(
  t: TestContext,
  options: { config?: Partial<InstanceConfig>; draft?: UserDraft; people?: (typeof ari)[] } = {},
) {
  const instance = smallInstance();
  const connect = instanceClientOf(instance, options.config ? { config: options.config } : {});
  const bot = await testServices(t, {
    instanceClients: [connect.instanceClient],
    people: options.people ?? [ari],
  });
  const { services } = bot;
  const { requestId: id } = await submitRequest(services, {
    deliveryId: 'view_submission V1',
    requester: { id: ari.id, name: ari.name },
    instance: { ...instanceConfig, ...options.config },
    drafts: [{ ...mary, ...options.draft }],
    reason: null,
  });
  bot.jobs.length = 0;
  return {
    ...bot,
    instance,
    connect,
    id,
    check: () => checkRequest(services, id),
    request: () => readRequest(services.db, id),
    row: async () => (await readRows(services.db, id))[0],
  };
}

describe('checking a request that was stored', () => {
  test('resolves its names to ids and requests an approval of exactly that', async (t) => {
    const { check, request, row, jobs } = await start(t);
    await check();
    const checked = await request();
    assert.equal(checked?.state, 'awaiting_approval');
    assert.match(checked?.content_hash ?? '', /^[0-9a-f]{64}$/);
    const { new_user: user, password_plan: plan } = (await row()) ?? {};
    assert.deepEqual(user?.securityProfiles, [{ id: 'sp-agent', name: 'Agent' }]);
    assert.deepEqual(user?.routingProfile, { id: 'rp-basic', name: 'Basic Routing Profile' });
    assert.equal(plan, 'generated');
    assert.deepEqual(
      jobs.map((job) => job.queue),
      ['publish', 'expire', 'remind'],
    );
  });

  test('ends when a typed password cannot be read anymore, because a retry would not help', async (t) => {
    const { check, request, row, database } = await start(t, {
      draft: { password: 'Sunny-Day-7' },
    });
    await database.query(`update rows set password_cipher = '\\x00'`);
    await check();
    assert.equal((await request())?.state, 'rejected');
    assert.equal((await row())?.problem?.code, 'create.password-lost');
  });

  test('fails for a permanent error of Connect, and does not report an outage', async (t) => {
    const { check, request, connect } = await start(t);
    const odd = new ConnectReadError('invalid', 'ListUsers', { cause: null, detail: 'what?' });
    connect.failWith(odd);
    await assert.rejects(check(), /what\?/);
    assert.deepEqual([(await request())?.state, (await request())?.hold], ['received', null]);
  });

  test('writes down what an approver should weigh', async (t) => {
    const { check, request } = await start(t, {
      draft: { securityProfiles: [{ id: 'sp-admin' }] },
    });
    await check();
    assert.deepEqual((await request())?.risks, [
      { profile: 'Admin', may: ['create users', 'edit users'] },
    ]);
  });

  test('writes down what is unusual beside the instance’s users and what was created before', async (t) => {
    const { check, request, instance, connect, database } = await start(t, {
      draft: { securityProfiles: [{ id: 'sp-admin' }, { id: 'sp-quality' }] },
    });
    instance.securityProfiles.push({ id: 'sp-quality', name: 'Quality' });
    instance.permissions.set('sp-quality', ['BasicAgentAccess', 'Evaluations.View']);
    instance.users.push(userNamed('Marey'), userNamed('cleo'));
    await check();
    assert.deepEqual(
      (await request())?.notices.map(({ code, params }) => [code, params.name ?? params.username]),
      [
        ['notice.above-agent', 'Quality'],
        ['notice.first-of-profile', 'Admin'],
        ['notice.username-alike', 'mary'],
      ],
    );
    assert.equal(connect.calls().searchUsers, 1);
    await database.query(`update requests set state = 'received'`);
    await check();
    assert.equal(connect.calls().searchUsers, 1, 'one reading serves for minutes');
  });

  test('says on the card what may fail: a full quota, a long username, Salesforce', async (t) => {
    const config = { userQuota: 2, serviceCloudVoice: true };
    const draft = { username: 'm'.repeat(41) };
    const { check, request } = await start(t, { config, draft });
    await check();
    const found = await request();
    assert.equal(found?.state, 'awaiting_approval');
    assert.deepEqual(
      found?.notices.map(({ code }) => code),
      ['notice.service-cloud-voice', 'notice.quota-one', 'username.near-limit'],
    );
  });

  test('finds three profiles with granular access control before anybody is asked', async (t) => {
    const limited = ['sp-1', 'sp-2', 'sp-3'];
    const draft = { securityProfiles: limited.map((id) => ({ id })) };
    const { check, request, row, instance } = await start(t, { draft });
    for (const id of limited) {
      instance.securityProfiles.push({ id, name: id });
      instance.profileFacts.set(id, { isGranular: true });
    }
    await check();
    assert.equal((await request())?.state, 'rejected');
    const codes = (await row())?.findings.map((finding) => finding.problem.code);
    assert.deepEqual(codes, ['security-profiles.granular']);
  });

  test('finds everything that is wrong at once, and asks nobody', async (t) => {
    const draft = { username: 'ari', email: 'nonsense', securityProfiles: [{ id: 'gone' }] };
    const { check, request, row } = await start(t, { draft });
    await check();
    assert.equal((await request())?.state, 'rejected');
    const codes = (await row())?.findings.map((finding) => finding.problem.code).sort();
    assert.deepEqual(codes, ['choice.gone', 'email.form', 'username.taken']);
    assert.equal((await row())?.state, 'cancelled');
  });

  test('creates at once only where the requester holds everything that is requested (H3)', async (t) => {
    const config = { approval: { ...always, needed: 'unless-permitted' as const } };
    const own = await start(t, { config });
    await own.check();
    assert.equal((await own.request())?.state, 'approved');
    assert.equal((await own.request())?.decision?.ground?.kind, 'own-permission');
    assert.deepEqual(
      own.jobs.map((job) => job.queue),
      ['publish', 'provision', 'expire'],
    );

    const more = await start(t, { config });
    more.instance.permissions.set('sp-agent', ['BasicAgentAccess', 'ManagerListenIn']);
    await more.check();
    assert.equal((await more.request())?.state, 'awaiting_approval');
  });

  test('relies on nothing that was read when the form opened', async (t) => {
    const config = { mayRequest: { ...nobodyMayRequest, creators: true } };
    const { check, request, row, instance, connect } = await start(t, { config });
    await connect.instanceClient.permissions.profile('sp-admin');
    instance.permissions.set('sp-admin', []);
    await check();
    assert.equal((await request())?.state, 'rejected');
    assert.equal((await row())?.problem?.code, 'request.not-allowed');
  });

  test('refuses a requester who has left the company since', async (t) => {
    const { check, row } = await start(t, { people: [personOf({ deleted: true })] });
    await check();
    assert.equal((await row())?.problem?.code, 'person.not-active');
    const unknown = await start(t, { people: [] });
    await unknown.check();
    assert.equal((await unknown.row())?.problem?.code, 'person.not-active');
  });

  test('loses nothing while Connect does not answer, and requests no approval until then', async (t) => {
    const { check, request, connect, jobs } = await start(t);
    const away = new ConnectReadError('unavailable', 'ListUsers', { cause: null, detail: '503' });
    connect.failWith(away);
    await check();
    const held = await request();
    assert.deepEqual([held?.state, held?.hold?.code], ['received', 'create.unavailable']);
    const again = jobs.find((job) => job.queue === 'check');
    assert.ok(again?.startAfter);
    connect.failWith(null);
    await check();
    const checked = await request();
    assert.deepEqual([checked?.state, checked?.hold], ['awaiting_approval', null]);
  });

  test('happens once, and a request that is already further is left unchanged', async (t) => {
    const { check, request, database } = await start(t);
    await check();
    const before = await request();
    await check();
    assert.deepEqual(await request(), before);
    assert.equal((await database.query('select 1 from audit_events')).length, 2);
  });

  test('checks a typed password too, and never repeats it', async (t) => {
    const { check, row, database } = await start(t, { draft: { password: 'tooSimplePassword' } });
    await check();
    assert.deepEqual(
      (await row())?.findings.map((finding) => finding.problem.code),
      ['password.too-simple'],
    );
    const stored = await database.query(
      'select to_jsonb(r) from rows r union all select to_jsonb(a) from audit_events a',
    );
    assert.doesNotMatch(JSON.stringify(stored), /tooSimplePassword/);
    assert.equal((await row())?.password_cipher, null, 'gone with the rejection');
  });
});

test('the card says who gets the welcome, or that nobody does, where the new user is not all of whom was picked', async (t) => {
  const notices = async (picked: Partial<typeof ari>) => {
    const person = personOf({
      id: 'U0BEA',
      name: 'Mary Major',
      email: 'mary@example.com',
      ...picked,
    });
    const bot = await start(t, { config: { welcome: true }, people: [ari, person] });
    await bot.database.query(`update rows set slack_member = 'U0BEA'`);
    await bot.check();
    const found = (await bot.request())?.notices ?? [];
    return found.filter(({ code }) => code.startsWith('notice.welcome'));
  };
  assert.deepEqual(await notices({}), []);
  const params = { name: 'Mary Major', member: 'Bea Berg' };
  assert.deepEqual(await notices({ name: 'Bea Berg' }), [
    { code: 'notice.welcome-similar', params },
  ]);
  assert.deepEqual(await notices({ name: 'Bea Berg', email: 'bea@example.com' }), [
    { code: 'notice.welcome-nobody', params },
  ]);
});
