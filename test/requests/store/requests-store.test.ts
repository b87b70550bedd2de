/** The constraints that the database itself enforces, and what happens in one transaction (H7). */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { problem } from '../../../src/errors/problem.ts';
import { requestViewModel, type SignInFacts } from '../../../src/messages/request-view-model.ts';
import { expireRequest } from '../../../src/requests/decide/expire-request.ts';
import { approved, checked, denied } from '../../../src/requests/model/decision-transitions.ts';
import { readCheckedContent } from '../../../src/requests/store/checked-content-store.ts';
import { readHomeRequests } from '../../../src/requests/store/home-store.ts';
import {
  insertRow,
  readRequest,
  readRows,
  setChecked,
  setRemarks,
} from '../../../src/requests/store/requests-store.ts';
import { step } from '../../../src/requests/store/step.ts';
import { submitRequest } from '../../../src/requests/submit/submit-request.ts';
import type { Services } from '../../../src/services.ts';
import { open } from '../../../src/storage/secrets.ts';
import { requestNumber } from '../../../src/text/request-number.ts';
import { contentHash } from '../../../src/users/content-hash.ts';
import { instanceConfig } from '../../auth/people.ts';
import { approvedRequest, newUser } from '../../provisioning/approved.ts';
import { secretsKey, testServices } from '../../services.ts';

const tara = { id: 'U0TARA', name: 'Tara Lead' };
const hash = 'a'.repeat(64);
const basis = { kind: 'holds-users-create' as const, connectUser: 'ari', profiles: ['Admin'] };

const submit = (services: Services, deliveryId = 'view_submission V1', password?: string) =>
  submitRequest(services, {
    deliveryId,
    requester: tara,
    instance: instanceConfig,
    drafts: [{ username: 'mary', ...(password === undefined ? {} : { password }) }],
    reason: 'back-fill',
  });

/** A request that waits for an approval. */
async function waitingRequest(services: Services): Promise<number> {
  const { requestId: id } = await submit(services);
  await step(services, id, (head) =>
    checked(head, { contentHash: hash, own: null, expiresAfterMs: 1000 }, services.now()),
  );
  return id;
}

const approve = (services: Services, id: number, who: { id: string; name: string }) =>
  step(services, id, (head) =>
    approved(head, { ...who, basis, contentHash: hash, expiresAfterMs: 3600_000 }, services.now()),
  );

describe('H7: a step', () => {
  test('stores the state, the audit event and the jobs in one transaction', async (t) => {
    const { services, database, jobs } = await testServices(t);
    const id = await waitingRequest(services);
    assert.equal((await readRequest(services.db, id))?.state, 'awaiting_approval');
    const events = await database.query('select kind, actor from audit_events order by id');
    assert.deepEqual(events, [
      { kind: 'submitted', actor: 'U0TARA' },
      { kind: 'checked', actor: 'bot' },
    ]);
    assert.deepEqual(
      jobs.map((job) => job.queue),
      ['check', 'publish', 'expire'],
    );
  });

  test('changes nothing when a job cannot be added', async (t) => {
    let broken = false;
    const { services, database } = await testServices(t, {
      enqueue: () => (broken ? Promise.reject(new Error('no queue')) : Promise.resolve()),
    });
    const id = await waitingRequest(services);
    const before = await database.query('select * from audit_events');
    broken = true;
    await assert.rejects(approve(services, id, { id: 'U0ARI', name: 'Ari' }), /no queue/);
    const request = await readRequest(services.db, id);
    assert.deepEqual([request?.state, request?.decision], ['awaiting_approval', null]);
    assert.equal((await database.query('select * from audit_events')).length, before.length);
  });

  test('changes nothing when it is refused', async (t) => {
    const { services, database, jobs } = await testServices(t);
    const id = await waitingRequest(services);
    const count = jobs.length;
    const result = await step(services, id, () => ({
      ok: false,
      problem: problem('request.unknown'),
    }));
    assert.deepEqual(result, { ok: false, problem: problem('request.unknown') });
    assert.equal(jobs.length, count);
    assert.equal((await database.query('select * from audit_events')).length, 2);
    assert.deepEqual(await step(services, 999_999, () => assert.fail('nothing to decide about')), {
      ok: false,
      problem: problem('request.unknown'),
    });
  });

  test('rolls back what its caller wrote before when it is refused', async (t) => {
    const { services } = await testServices(t);
    const id = await waitingRequest(services);
    const risks = [{ profile: 'Admin', may: ['listen in'] }];
    const result = await step(services, id, async (_head, tx) => {
      await setRemarks(tx, id, { risks, notices: [] });
      return { ok: false, problem: problem('request.unknown') };
    });
    assert.equal(result.ok, false);
    assert.deepEqual((await readRequest(services.db, id))?.risks, []);
  });

  test('runs alone: one of two simultaneous approvals counts, and the other names it', async (t) => {
    const { services, database } = await testServices(t);
    const id = await waitingRequest(services);
    const clicks = ['Ari', 'Bea', 'Cem', 'Dot'].map((name) =>
      approve(services, id, { id: `U0${name}`, name }),
    );
    const results = await Promise.all(clicks);
    assert.equal(results.filter((result) => result.ok).length, 1);
    const first = (await readRequest(services.db, id))?.decision?.byName;
    for (const result of results) {
      if (!result.ok) assert.equal(result.problem.params.who, first);
    }
    const events = await database.query(`select 1 from audit_events where kind = 'approved'`);
    assert.equal(events.length, 1);
  });
});

describe('H5: a submission', () => {
  test('becomes one request when it is delivered twice', async (t) => {
    const { services, database, jobs } = await testServices(t);
    const [one, two] = await Promise.all([submit(services), submit(services)]);
    assert.deepEqual([one.kind, two.kind].sort(), ['again', 'stored']);
    assert.equal(one.requestId, two.requestId);
    assert.equal((await submit(services)).kind, 'again');
    assert.equal((await database.query('select * from requests')).length, 1);
    assert.equal(jobs.length, 1);
    assert.equal((await submit(services, 'view_submission V2')).kind, 'stored');
  });

  test('is not taken for the first one when it is sent again with other content', async (t) => {
    const { services, database } = await testServices(t);
    const first = await submit(services, 'view_submission V1', 'Correct-1');
    const changed = { ...first, kind: 'changed', username: 'mary' };
    assert.deepEqual(await submit(services, 'view_submission V1', 'Correct-2'), changed);
    assert.deepEqual(await submit(services, 'view_submission V1'), changed);
    const same = await submit(services, 'view_submission V1', 'Correct-1');
    assert.deepEqual(same, { ...changed, kind: 'again' });
    assert.equal((await database.query('select * from requests')).length, 1);
    assert.doesNotMatch(
      JSON.stringify(await database.query('select * from deliveries')),
      /Correct/,
    );
  });

  test('is not remembered as delivered when it could not be stored completely', async (t) => {
    let broken = true;
    const { services, database } = await testServices(t, {
      enqueue: () => (broken ? Promise.reject(new Error('no queue')) : Promise.resolve()),
    });
    await assert.rejects(submit(services));
    assert.deepEqual(await database.query('select * from deliveries'), []);
    broken = false;
    assert.equal((await submit(services)).kind, 'stored');
  });

  test('H4: keeps a typed password sealed to its row, and out of the draft', async (t) => {
    const { services, database } = await testServices(t);
    const { requestId: id } = await submit(services, 'V1', 'Correct-1');
    const [row] = await readRows(services.db, id);
    assert.deepEqual(row?.draft, { username: 'mary' });
    assert.equal(
      open({ secretsKey }, row?.password_cipher ?? new Uint8Array(), `row:${id}:1`),
      'Correct-1',
    );
    assert.doesNotMatch(
      JSON.stringify(await database.query('select to_jsonb(r) from rows r')),
      /Correct-1/,
    );
  });

  test('H4: is not stored when it has a typed password and there is no key to seal it', async (t) => {
    const { services, database } = await testServices(t, { canTypePassword: false });
    await assert.rejects(submit(services, 'V1', 'Correct-1'), { name: 'ProblemError' });
    assert.deepEqual(await database.query('select * from requests'), []);
  });
});

describe('the tables', () => {
  test('H2: hold no request that runs or ran without a decision bound to its content', async (t) => {
    const { services, database } = await testServices(t);
    await waitingRequest(services);
    for (const state of ['approved', 'done']) {
      await assert.rejects(
        database.query('update requests set state = $1', [state]),
        /approved_has_decision/,
      );
    }
  });

  test('H1: hold no created user without an id, and no id without a created user', async (t) => {
    const { services, database } = await testServices(t);
    await approvedRequest(services, [{ user: newUser('mary') }]);
    await assert.rejects(database.query(`update rows set state = 'created'`), /created_has_id/);
    await assert.rejects(database.query(`update rows set user_id = 'x'`), /created_has_id/);
  });

  test('H2: hold no checked row that was replaced, and no row added, once the check is over', async (t) => {
    const { services, database } = await testServices(t);
    const id = await waitingRequest(services);
    const row = { user: newUser('mallory'), password: 'generated' as const };
    await assert.rejects(
      services.db.transaction().execute((tx) => setChecked(tx, id, 1, row)),
      /was checked and cannot be replaced/,
    );
    await assert.rejects(
      services.db.transaction().execute((tx) => insertRow(tx, id, 2, { username: 'mallory' })),
      /rows are added only while/,
    );
    assert.equal((await database.query('select * from rows')).length, 1);
  });

  test('H4: hold no password of a row that has its outcome', async (t) => {
    const { services, database } = await testServices(t);
    await approvedRequest(services, [{ user: newUser('mary'), typed: 'Correct-1' }]);
    await assert.rejects(database.query('update rows set ended_at = now()'), /password_gone/);
  });

  test('number requests from CU-1001', async (t) => {
    const { services } = await testServices(t);
    const { requestId: id } = await submit(services);
    assert.ok(id >= 1001);
    assert.equal(requestNumber(1042), 'CU-1042');
  });
});

describe('a row', () => {
  test('ends with a request that ends before it was sent, and takes its password along', async (t) => {
    const { services } = await testServices(t);
    const { requestId: id } = await submit(services, 'V1', 'Correct-1');
    await step(services, id, (head) =>
      checked(head, { contentHash: hash, own: null, expiresAfterMs: 1000 }, services.now()),
    );
    await step(services, id, (head) =>
      denied(head, { id: 'U0ARI', name: 'Ari' }, 'no', services.now()),
    );
    const [row] = await readRows(services.db, id);
    assert.deepEqual([row?.state, row?.password_cipher], ['cancelled', null]);
    assert.ok(row?.ended_at);
  });

  test('is part of what is approved only once it was checked', async (t) => {
    const { services } = await testServices(t);
    const { requestId: asked } = await submit(services);
    const none = await readCheckedContent(services.db, asked);
    assert.equal(none.contentHash, contentHash([]));
    assert.deepEqual(none.securityProfiles, []);
    const users = Array.from({ length: 501 }, (_, n) => newUser(`user${n}`));
    const id = await approvedRequest(
      services,
      users.map((user) => ({ user })),
    );
    const { asked: _summary, ...content } = await readCheckedContent(services.db, id);
    assert.deepEqual(content, {
      contentHash: contentHash(users.map((user) => ({ user, password: 'generated' }))),
      securityProfiles: [{ id: 'sp-agent', name: 'Agent' }],
      scopes: [{ tags: {}, hierarchyGroupId: null }],
    });
  });
});

test('a request expires once nobody decided, and not after somebody did', async (t) => {
  const { services } = await testServices(t);
  const id = await waitingRequest(services);
  await expireRequest(services, id);
  assert.equal((await readRequest(services.db, id))?.state, 'expired');
  const secondRequest = await approvedRequest(services, [{ user: newUser('mary') }]);
  await expireRequest(services, secondRequest);
  assert.equal((await readRequest(services.db, secondRequest))?.state, 'approved');
});

test('a person’s latest requests are their own, newest first', async (t) => {
  const { services } = await testServices(t);
  const ids: number[] = [];
  for (const view of ['V1', 'V2', 'V3']) ids.push((await submit(services, view)).requestId);
  const page = { offset: 0, limit: 2 };
  const found = await readHomeRequests(services.db, tara.id, page);
  assert.deepEqual(
    found.map((request) => request.id),
    [ids[2], ids[1]],
  );
  assert.deepEqual(await readHomeRequests(services.db, 'U0SAM', page), []);
});

test('a view model shows the request as it is, with the sign-in address of the configuration', async (t) => {
  const { services } = await testServices(t);
  const id = await approvedRequest(services, [{ user: newUser('mary') }]);
  const request = await readRequest(services.db, id);
  assert.ok(request);
  const rows = await readRows(services.db, id);
  const facts = { identityMode: 'SAML' as const, accessUrl: 'https://connect.test' };
  const noRetry = { retryable: 0, retries: [] };
  const view = requestViewModel(request, rows, instanceConfig, facts, noRetry);
  assert.deepEqual(
    [view.number, view.state, view.requester.name],
    [`CU-${id}`, 'approved', 'Tara Lead'],
  );
  assert.equal(view.decision?.byName, 'Ari Admin');
  assert.deepEqual(view.rows[0]?.user, newUser('mary'));
  assert.deepEqual(view.signIn, { mode: 'SAML', url: null }, 'its own address signs nobody in');
  const managed = { ...facts, identityMode: 'CONNECT_MANAGED' as const };
  const urlOf = (...[config, told]: [typeof instanceConfig, SignInFacts]) =>
    requestViewModel(request, rows, config, told, noRetry).signIn?.url;
  assert.equal(urlOf(instanceConfig, managed), 'https://connect.test');
  const global = { globalSignInUrl: 'https://global.test' };
  assert.equal(urlOf(instanceConfig, { ...managed, ...global }), 'https://global.test');
  assert.equal(urlOf(instanceConfig, { ...facts, ...global }), 'https://global.test');
  const own = { ...instanceConfig, loginUrl: 'https://sso.test' };
  assert.equal(
    requestViewModel(request, rows, own, facts, noRetry).signIn?.url,
    'https://sso.test',
  );
  assert.equal(requestViewModel(request, rows, undefined, null, noRetry).signIn, null);
});
