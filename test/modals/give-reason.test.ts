/**
 * When the form for a reason is submitted, the reason is stored once, and a later one never replaces the stored one.
 */
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { setPlan } from '../../src/approvals/approvals-store.ts';
import { readCurrentRequest } from '../../src/approvals/read-current-request.ts';
import { reasonView, registerGiveReason } from '../../src/modals/give-reason.ts';
import { executeDecision } from '../../src/requests/decide/decide-request.ts';
import { readRequest } from '../../src/requests/store/requests-store.ts';
import { createOffers } from '../../src/requests/submit/permitted-instances.ts';
import type { Listeners } from '../../src/slack/listener-table.ts';
import { instanceClientOf, personOf, smallInstance, userNamed } from '../auth/people.ts';
import { rulesOf } from '../policy/policies.ts';
import { newUser } from '../provisioning/approved.ts';
import { waitingRequest } from '../requests/waiting-request.ts';
import { testServices } from '../services.ts';

const people = [
  personOf(),
  personOf({ id: 'U0BEA', name: 'Bea Berg', email: 'bea@example.com' }),
  personOf({ id: 'U0CY', name: 'Cy', email: 'cy@example.com' }),
  personOf({ id: 'U0TARA', name: 'Tara Lead', email: 'tara@example.com' }),
];
const rules = rulesOf(`
- name: In an emergency at once
  requesters: { anyone: true }
  approval: { breakGlass: { people: [U0BEA, U0CY], tell: [U0ARI] } }`);

type Kind = Parameters<typeof reasonView>[0]['kind'];
type Submit = Parameters<Listeners['view']>[1];

/** Tara's request, which waits for an approval, and the form for a reason as Slack sends it. */
async function start(t: TestContext) {
  const instance = smallInstance();
  for (const name of ['bea', 'cy']) {
    instance.users.push(userNamed(name, { securityProfileIds: ['sp-admin'] }));
  }
  const { instanceClient } = instanceClientOf(instance, { config: { rules } });
  const bot = await testServices(t, { instanceClients: [instanceClient], people });
  const { services, database, jobs, ephemerals } = bot;
  const tara = people[3] ?? assert.fail();
  const { id } = await waitingRequest(services, {
    requester: tara,
    user: newUser('mary'),
    expiresAfterMs: 60_000,
  });
  let submit: Submit = () => assert.fail('nobody listens');
  const none = () => {};
  registerGiveReason(
    {
      command: none,
      action: none,
      options: none,
      viewClosed: none,
      messageShortcut: none,
      globalShortcut: none,
      event: none,
      view: (_callback, listener) => {
        submit = listener;
      },
    },
    { ...services, offers: createOffers(services) },
  );
  /** Submits the form and returns the error at its field; null when the form closes. */
  async function send(personId: string, kind: Kind, reason: string, viewId = `V${personId}`) {
    let said: string | null = null;
    const { private_metadata: about } = reasonView({ requestId: id, channel: 'C0REQUESTS', kind });
    const values = { given_reason: { given_reason: { value: reason } } };
    const view = { id: viewId, private_metadata: about, state: { values } };
    await submit({
      ack: (answer?: { readonly errors?: Readonly<Record<string, string>> }) => {
        said = answer?.errors?.given_reason ?? null;
        return Promise.resolve();
      },
      body: { user: { id: personId } },
      view,
    } as unknown as Parameters<Submit>[0]);
    return said as string | null;
  }
  /** Executes all submitted decisions concurrently, and returns the messages to each person. */
  async function work() {
    const choices = jobs
      .splice(0)
      .flatMap((job) => (job.queue === 'decide' ? [executeDecision(services, job.data)] : []));
    await Promise.all(choices);
    return ephemerals
      .splice(0)
      .map(({ place, problem }) => [place.person, problem.code, problem.params.who]);
  }
  const kinds = async () =>
    (
      await database.query(
        `select kind, actor from audit_events where kind in ('limit-lifted', 'break-glass')`,
      )
    ).map(({ kind, actor }) => `${kind} ${actor}`);
  return { ...bot, id, send, work, kinds };
}

/** The first person according to the audit trail. */
const firstOf = (events: readonly string[]) => {
  assert.equal(events.length, 1);
  return events[0]?.split(' ')[1] === 'U0BEA'
    ? { second: 'U0CY', firstName: 'Bea Berg' }
    : { second: 'U0BEA', firstName: 'Cy' };
};

describe('a reason that is given', { concurrency: 3 }, () => {
  test('is stored once: the same again closes the form, another one is refused at its field', async (t) => {
    const { send, jobs, id } = await start(t);
    const before = jobs.length;
    assert.equal(await send('U0BEA', 'lift-limit', 'a new site opens today'), null);
    assert.equal(await send('U0BEA', 'lift-limit', 'a new site opens today'), null);
    const changed = await send('U0BEA', 'lift-limit', 'because I say so');
    assert.match(changed ?? '', new RegExp(`CU-${id}`));
    assert.deepEqual(
      jobs.slice(before).map(({ data }) => Object(data).what),
      [{ kind: 'lift-limit', reason: 'a new site opens today' }],
    );
  });

  test('lifts a limit once when two people submit it at the same moment, and tells the second who was first', async (t) => {
    const { send, work, kinds, database, jobs } = await start(t);
    jobs.splice(0);
    await database.query(
      `update requests set state = 'paused', hold = '{"code":"create.limit","params":{}}',
         decision = '{"kind":"approved","by":"U0ARI","byName":"Ari Admin","at":"2026-11-27T10:00:00Z"}'`,
    );
    await send('U0BEA', 'lift-limit', 'a new site opens today');
    await send('U0CY', 'lift-limit', 'the shift begins in ten minutes');
    const told = await work();
    const { second, firstName } = firstOf(await kinds());
    assert.deepEqual(told, [[second, 'resume.lifted', firstName]]);
    // The same applies to everybody who submits later.
    await send(second, 'lift-limit', 'once more, to be sure', 'V2');
    assert.deepEqual(await work(), [[second, 'resume.lifted', firstName]]);
    assert.equal((await kinds()).length, 1);
  });

  test('approves in an emergency once when two people submit it at the same moment, and tells the second who was first', async (t) => {
    const { send, work, kinds, services, database, id, jobs } = await start(t);
    const instanceClient = services.instanceClients.get('production') ?? assert.fail();
    const record = (await readRequest(services.db, id)) ?? assert.fail();
    const current = await readCurrentRequest(services, instanceClient, record);
    assert.ok('binding' in current);
    await services.db.transaction().execute((tx) => setPlan(tx, id, { ...current, voided: null }));
    jobs.splice(0);
    await send('U0BEA', 'break-glass', 'the shift begins in ten minutes');
    await send('U0CY', 'break-glass', 'a new site opens today');
    const told = await work();
    const { second, firstName } = firstOf(await kinds());
    assert.deepEqual(told, [[second, 'decision.already', firstName]]);
    const [request] = await database.query('select state from requests');
    assert.equal(request?.state, 'approved');
  });
});
