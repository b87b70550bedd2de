import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { ConnectReadError } from '../../../src/connect/gateway.ts';
import { explain } from '../../../src/errors/problem.ts';
import {
  executeDecision,
  recordChoice,
  whyNotDeny,
} from '../../../src/requests/decide/decide-request.ts';
import { correctFile, whyNotUploader } from '../../../src/requests/repair/correct-file.ts';
import { saveRow } from '../../../src/requests/repair/fix-row.ts';
import { mapColumns } from '../../../src/requests/repair/map-columns.ts';
import { readRequest } from '../../../src/requests/store/requests-store.ts';
import { instanceClientOf, personOf, smallInstance } from '../../auth/people.ts';
import { newUser } from '../../provisioning/approved.ts';
import { testServices } from '../../services.ts';
import { waitingRequest } from '../waiting-request.ts';

const ari = personOf();
const sam = personOf({ id: 'U0SAM', name: 'Sam', email: 'sam@example.com' });
const tara = personOf({ id: 'U0TARA', name: 'Tara Lead', email: 'tara@example.com' });
const away = new ConnectReadError('unavailable', 'DescribeUser', { cause: null, detail: '503' });

/** Tara's request for Mary, which waits for an approval. */
async function start(
  t: TestContext,
  user = newUser('mary'),
  options: { readonly members?: readonly string[] } = {},
) {
  const instance = smallInstance();
  const connect = instanceClientOf(instance);
  const bot = await testServices(t, {
    instanceClients: [connect.instanceClient],
    people: [ari, sam, tara],
    ...options,
  });
  const { services } = bot;
  const { id, hash } = await waitingRequest(services, {
    requester: tara,
    user,
    expiresAfterMs: 60_000,
  });
  const decide = (personId: string, what: Parameters<typeof executeDecision>[1]['what']) =>
    executeDecision(services, { requestId: id, personId, channel: 'C0REQUESTS', what });
  return {
    ...bot,
    instance,
    connect,
    id,
    hash,
    decide,
    approve: (personId: string, contentHashShown: string | null = hash) =>
      decide(personId, { kind: 'approve', contentHash: contentHashShown }),
    request: () => readRequest(services.db, id),
    /** The people who got a refusal, and its error code. */
    told: () => bot.ephemerals.map(({ place, problem }) => `${place.person} ${problem.code}`),
  };
}

describe('a click on Approve', () => {
  test('by a permitted person approves the request and stores why they may', async (t) => {
    const { approve, request, told, hash } = await start(t);
    await approve('U0ARI');
    const approved = await request();
    assert.equal(approved?.state, 'approved');
    assert.deepEqual(approved?.decision?.ground, {
      kind: 'holds-users-create',
      connectUser: 'ari',
      connectUserId: 'id-ari',
      profiles: ['Admin'],
      rule: 'mayRequest',
    });
    assert.equal(approved?.decision?.contentHash, hash);
    assert.deepEqual(told(), []);
  });

  test('is refused, in a message that only the person sees, when they may not approve', async (t) => {
    const { approve, request, told } = await start(t);
    await approve('U0TARA');
    await approve('U0SAM');
    await approve('U0NOBODY');
    assert.deepEqual(told(), [
      'U0TARA decision.own-request',
      'U0SAM decision.needs-create',
      'U0NOBODY person.not-active',
    ]);
    assert.equal((await request())?.state, 'awaiting_approval');
  });

  test('by the requester is answered with people who can approve, from the channel and from earlier decisions', async (t) => {
    const members = ['U0BOT', 'U0SAM', 'U0ARI', 'U0TARA', 'U0GONE'];
    const { approve, ephemerals } = await start(t, newUser('mary'), { members });
    await approve('U0TARA');
    const [told] = ephemerals;
    assert.equal(
      told && explain(told.problem),
      'You can’t approve your own request. Ari Admin can. To withdraw it, choose Withdraw in the card’s menu.',
    );
  });

  test('by the requester names no person who could not approve, and nobody when Connect does not answer', async (t) => {
    const { approve, told, instance } = await start(t, newUser('mary'), { members: ['U0ARI'] });
    instance.permissions.set('sp-agent', ['BasicAgentAccess', 'ManagerListenIn']);
    await approve('U0TARA');
    assert.deepEqual(told(), ['U0TARA decision.own-request']);
  });

  test('by the requester names people who decided in this instance before, even if they are not in the channel', async (t) => {
    const { approve, told, database } = await start(t);
    await database.query(`
      insert into requests (instance, source, state, requester_id, requester_name, requests_channel, created_at, decision)
      values ('production', 'form', 'denied', 'U0SAM', 'Sam', 'C0REQUESTS', now(), '{"kind":"denied","by":"U0ARI"}')`);
    await approve('U0TARA');
    assert.deepEqual(told(), ['U0TARA decision.own-request-others']);
  });

  test('H3: gives nobody more than the approver holds at that moment', async (t) => {
    const { approve, request, told, instance } = await start(t);
    instance.permissions.set('sp-agent', ['BasicAgentAccess', 'ManagerListenIn']);
    await approve('U0ARI');
    assert.deepEqual(told(), ['U0ARI decision.more-than-held']);
    assert.equal((await request())?.state, 'awaiting_approval');
  });

  test('H2: does nothing on a card that shows other content', async (t) => {
    const { approve, request, told, database } = await start(t);
    await approve('U0ARI', 'b'.repeat(64));
    await approve('U0ARI', null);
    await database.tamper(
      `update rows set new_user = jsonb_set(new_user, '{username}', '"mallory"')`,
    );
    await approve('U0ARI');
    assert.deepEqual(told(), Array(3).fill('U0ARI decision.content-changed'));
    assert.equal((await request())?.state, 'awaiting_approval');
  });

  test('decides nothing while Connect cannot be asked', async (t) => {
    const { approve, request, told, connect } = await start(t);
    connect.failWith(away);
    await approve('U0ARI');
    assert.deepEqual(told(), ['U0ARI decision.could-not-check']);
    assert.equal((await request())?.state, 'awaiting_approval');
  });

  test('says that AWS denies a read, and not that Connect is away', async (t) => {
    const { approve, request, told, connect } = await start(t);
    const cause = { cause: null, detail: 'not authorized' };
    connect.failWith(new ConnectReadError('denied', 'DescribeUser', cause));
    await approve('U0ARI');
    assert.deepEqual(told(), ['U0ARI connect.read-denied']);
    // An unexpected error does not count as an outage either: the job fails, and is eventually given up.
    connect.failWith(new ConnectReadError('invalid', 'DescribeUser', cause));
    await assert.rejects(approve('U0ARI'), /not authorized/);
    assert.equal((await request())?.state, 'awaiting_approval');
  });

  test('on an old card is answered with the current state first, and then with what the person may not do', async (t) => {
    const { approve, told, connect } = await start(t, newUser('mary'), { members: ['U0SAM'] });
    await approve('U0ARI');
    connect.failWith(away);
    await approve('U0SAM');
    assert.deepEqual(told(), ['U0SAM decision.already']);
  });
});

describe('denying and withdrawing', () => {
  test('a denial needs Users – Create, and no more', async (t) => {
    const { decide, request, instance } = await start(t);
    instance.permissions.set('sp-agent', ['ManagerListenIn']);
    await decide('U0ARI', { kind: 'deny', reason: 'use Tier 1' });
    const denied = await request();
    assert.deepEqual([denied?.state, denied?.decision?.reason], ['denied', 'use Tier 1']);
  });

  test('a person who may not deny is told so before the form for the reason opens', async (t) => {
    const { services, id, connect } = await start(t);
    const code = async (personId: string, requestId = id) =>
      (await whyNotDeny(services, requestId, personId))?.code ?? null;
    assert.equal(await code('U0ARI'), null);
    assert.equal(await code('U0SAM'), 'decision.needs-create');
    assert.equal(await code('U0TARA'), 'decision.deny-own');
    assert.equal(await code('U0ARI', 999_999), 'request.unknown');
    connect.failWith(away);
    assert.equal(await code('U0ARI'), 'decision.could-not-check');
  });

  test('every refusal names who can, in the words of what was pressed', async (t) => {
    const members = ['U0SAM', 'U0ARI', 'U0TARA'];
    const { decide, services, id, instance, ephemerals } = await start(t, newUser('mary'), {
      members,
    });
    const refusalOf = async (...choice: Parameters<typeof decide>) => {
      await decide(...choice);
      return explain(ephemerals.at(-1)?.problem ?? assert.fail('nobody was told'));
    };
    const ownDenial = await whyNotDeny(services, id, 'U0TARA');
    assert.equal(
      ownDenial && explain(ownDenial),
      'You can’t deny your own request. Ari Admin can. To withdraw it, choose Withdraw in the card’s menu.',
    );
    const missing =
      'This requires Users – Create in production. Your Connect user “sam” doesn’t have it.';
    const deny = { kind: 'deny', reason: 'no' } as const;
    const approve = { kind: 'approve', contentHash: null } as const;
    assert.equal(await refusalOf('U0SAM', deny), `${missing} Ari Admin can deny this.`);
    assert.equal(await refusalOf('U0SAM', approve), `${missing} Ari Admin can approve this.`);
    const only = 'Only Tara Lead, who sent this request, can withdraw it.';
    assert.equal(await refusalOf('U0ARI', { kind: 'cancel' }), `${only} You can deny it.`);
    assert.equal(await refusalOf('U0SAM', { kind: 'cancel' }), `${only} Ari Admin can deny it.`);
    // Ari may deny the request although Ari lacks the requested permissions.
    instance.permissions.set('sp-agent', ['ManagerListenIn']);
    assert.match(await refusalOf('U0SAM', deny), /Ari Admin can deny this\.$/);
    assert.match(await refusalOf('U0SAM', approve), /Somebody else who holds Users – Create/);
  });

  test('the requester withdraws a request while Connect is away; nobody else can', async (t) => {
    const { decide, request, told, connect } = await start(t, newUser('mary'), {
      members: ['U0ARI'],
    });
    connect.failWith(away);
    await decide('U0ARI', { kind: 'cancel' });
    assert.deepEqual(told(), ['U0ARI cancel.not-yours-deny']);
    await decide('U0TARA', { kind: 'cancel' });
    assert.equal((await request())?.state, 'cancelled');
  });
});

test('a click that is made by hand tells nobody who requested or decided it who may not see it', async (t) => {
  const { decide, database, told, ephemerals, services, id } = await start(t);
  await decide('U0SAM', { kind: 'cancel' });
  await database.query(
    `update requests set state = 'paused',
       decision = '{"kind":"approved","by":"U0ARI","byName":"Ari Admin","at":"2026-11-27T10:00:00Z"}'`,
  );
  await decide('U0SAM', { kind: 'resume' });
  const lifted = { by: 'U0ARI', byName: 'Ari Admin', reason: 'more', at: new Date().toISOString() };
  await database.query(
    `update requests set state = 'approved', limit_lifted = '${JSON.stringify(lifted)}'`,
  );
  await decide('U0SAM', { kind: 'deny', reason: 'no' });
  await decide('U0SAM', { kind: 'lift-limit', reason: 'more' });
  const denies = (await whyNotDeny(services, id, 'U0SAM')) ?? assert.fail();
  await database.query(`update requests set state = 'offered', source = 'file', decision = null`);
  await decide('U0SAM', { kind: 'ask' });
  const correction = { requestId: id, personId: 'U0SAM', revision: 0, correction: null };
  const forged = await correctFile(services, { deliveryId: 'view_submission V1', ...correction });
  const saved = { requestId: id, personId: 'U0SAM', revision: 0, position: 1 };
  const written = { cells: {}, password: null };
  const mapped = { requestId: id, personId: 'U0SAM', mapping: { columns: {}, values: {} } };
  const others = [
    denies,
    forged,
    await saveRow(services, { deliveryId: 'view_submission V2', ...saved, written }),
    await mapColumns(services, { deliveryId: 'view_submission V3', ...mapped }),
  ].map((why) => why?.code);
  assert.deepEqual(others, Array(4).fill('request.unknown'));
  const record = (await readRequest(services.db, id)) ?? assert.fail();
  const corrects = await whyNotUploader(services, record, 'U0SAM');
  const said = ephemerals.map(({ problem }) => explain(problem)).join(' ');
  assert.doesNotMatch(`${said} ${explain(corrects)}`, /Tara/);
  assert.deepEqual(told(), [
    'U0SAM request.unknown',
    'U0SAM decision.refused-others',
    'U0SAM request.unknown',
    'U0SAM request.unknown',
    'U0SAM request.unknown',
  ]);
  assert.equal(corrects.code, 'request.unknown');
  // A person who may decide gets the reason.
  assert.equal(
    explain(await whyNotUploader(services, record, 'U0ARI')).includes('Tara Lead'),
    true,
  );
});

describe('H5: a click', () => {
  test('is carried out once when it is delivered twice', async (t) => {
    const { services, id, jobs } = await start(t);
    const before = jobs.length;
    const choice = {
      requestId: id,
      personId: 'U0ARI',
      channel: 'C1',
      what: { kind: 'cancel' as const },
    };
    const first = await recordChoice(services, 'block_actions 1', choice);
    const second = await recordChoice(services, 'block_actions 1', choice);
    const denial = { ...choice, what: { kind: 'deny' as const, reason: 'no' } };
    const third = await recordChoice(services, 'block_actions 1', denial);
    assert.deepEqual([first, second, third], ['new', 'again', 'changed']);
    assert.deepEqual(jobs.slice(before), [{ queue: 'decide', data: choice }]);
  });

  test('changes nothing more when it is carried out twice because a bot was killed in between', async (t) => {
    const { approve, request, database, told } = await start(t);
    await approve('U0ARI');
    const before = await request();
    await approve('U0ARI');
    assert.deepEqual(await request(), before);
    assert.deepEqual(told(), ['U0ARI decision.already-you']);
    assert.equal(
      (await database.query(`select 1 from audit_events where kind = 'approved'`)).length,
      1,
    );
  });
});

test('a click on an old card is answered from the request’s state, without a check of the person’s permissions', async (t) => {
  const { services, id, approve, told, connect } = await start(t, newUser('mary'), {
    members: ['U0SAM'],
  });
  await approve('U0ARI');
  connect.failWith(away);
  const late = { requestId: id, personId: 'U0SAM', channel: 'C0REQUESTS' };
  await executeDecision(services, { ...late, what: { kind: 'deny', reason: 'no' } });
  await executeDecision(services, { ...late, what: { kind: 'cancel' } });
  await executeDecision(services, { ...late, what: { kind: 'ask' } });
  await executeDecision(services, { ...late, what: { kind: 'resume' } });
  assert.deepEqual(told(), Array(4).fill('U0SAM decision.already'));
});
