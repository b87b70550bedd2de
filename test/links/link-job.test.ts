/**
 * How an identity link request is processed, with a clock that the test controls and a Slack that returns scripted
 * answers.
 */
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { decideLink } from '../../src/links/decide-link.ts';
import { recordLinkChoice, runLinkJob } from '../../src/links/link-job.ts';
import { requestLink } from '../../src/links/request-link.ts';
import { endOverdue } from '../../src/requests/end-overdue.ts';
import { instanceClientOf, personOf, smallInstance, userNamed } from '../auth/people.ts';
import { testServices } from '../services.ts';
import { type Answer, slackStub } from '../slack/stub.ts';

const ari = personOf();
const bea = personOf({ id: 'U0BEA', name: 'Bea Berg', email: 'b.berg@example.com' });
const day = 24 * 60 * 60_000;

/** Bea requests a link to the user `bea`; the test runs the resulting jobs itself. */
async function start(t: TestContext, answers: Readonly<Record<string, Answer[]>> = {}) {
  const instance = smallInstance();
  instance.users.push(userNamed('bea'), userNamed('bea.old'));
  const { instanceClient } = instanceClientOf(instance);
  const bot = await testServices(t, { instanceClients: [instanceClient], people: [ari, bea] });
  const slack = await slackStub(t);
  slack.on('chat.postMessage', { ok: true, ts: '1.1', channel: 'C0REQUESTS' });
  for (const [method, given] of Object.entries(answers)) slack.on(method, ...given);
  const { services, jobs, database } = bot;
  const ask = (username = 'bea') =>
    requestLink(services, bea.id, { username, instance: 'production' });
  /** Runs the waiting jobs once. */
  const work = async () => {
    for (const job of jobs.splice(0)) {
      if (job.queue === 'link') await runLinkJob(services, slack.client, job.data);
    }
  };
  const links = () =>
    database.query('select id, state, message_ts from identity_links order by id');
  const decide = (
    what: 'confirmed' | 'refused' | 'removed',
    linkId: number,
    deliveryId: string = what,
  ) =>
    recordLinkChoice(services, deliveryId, {
      linkId,
      what,
      by: { personId: ari.id, channel: 'C0REQUESTS' },
    });
  return { ...bot, slack, ask, work, links, decide };
}

describe('a question about an identity link', { concurrency: 3 }, () => {
  test('is stored with the job that posts it, and an answer that was lost is looked for', async (t) => {
    const { ask, jobs, work, slack, links, services } = await start(t, {
      'chat.postMessage': ['lost'],
      'conversations.history': [
        { ok: true, messages: [] },
        {
          ok: true,
          messages: [
            {
              ts: '7.7',
              user: 'U0BOT',
              metadata: {
                event_type: 'connect_add_user_post',
                event_payload: { request: 0, key: 'link 1' },
              },
            },
          ],
        },
      ],
    });
    assert.ok('id' in Object(await ask()));
    assert.deepEqual(
      jobs.map(({ data }) => data),
      [{ linkId: 1, what: 'show' }],
    );
    const show = { linkId: 1, what: 'show' } as const;
    await assert.rejects(runLinkJob(services, slack.client, show));
    // The search did not find the message at first and finds it now, so it is not posted again.
    await assert.rejects(runLinkJob(services, slack.client, show));
    await runLinkJob(services, slack.client, show);
    await work();
    assert.deepEqual(await links(), [{ id: 1, state: 'asked', message_ts: '7.7' }]);
    const before = slack.callsOf('chat.postMessage').length;
    await runLinkJob(services, slack.client, show);
    assert.equal(slack.callsOf('chat.postMessage').length, before);
  });

  for (const [moment, isTaken] of [
    ['before Slack has it', false],
    ['after Slack has it', true],
  ] as const) {
    test(`is posted once where its bot is killed ${moment} (H8)`, async (t) => {
      const { ask, slack, links, services } = await start(t);
      await ask();
      const arrived = Promise.withResolvers<void>();
      const killed = Promise.withResolvers<void>();
      slack.on('chat.postMessage', async () => {
        arrived.resolve();
        await killed.promise;
        return 'lost' as const;
      });
      const show = { linkId: 1, what: 'show' } as const;
      const dying = runLinkJob(services, slack.client, show).catch(() => 'died');
      await arrived.promise;
      // The next bot runs the job, without any state of the first bot.
      const next = await slackStub(t);
      const metadata = {
        event_type: 'connect_add_user_post',
        event_payload: { request: 0, key: 'link 1' },
      };
      const messages = isTaken ? [{ ts: '7.7', user: 'U0BOT', metadata }] : [];
      next.on('conversations.history', { ok: true, messages });
      next.on('chat.postMessage', { ok: true, ts: '8.8', channel: 'C0REQUESTS' });
      await runLinkJob(services, next.client, show);
      await runLinkJob(services, next.client, show);
      assert.equal(next.callsOf('chat.postMessage').length, isTaken ? 0 : 1);
      const posted = { id: 1, state: 'asked', message_ts: isTaken ? '7.7' : '8.8' };
      assert.deepEqual(await links(), [posted]);
      killed.resolve();
      assert.equal(await dying, 'died');
    });
  }

  test('ends with a message to the person who requested the link when Slack refuses to post it', async (t) => {
    const { ask, work, links, ephemerals } = await start(t, {
      'chat.postMessage': [{ ok: false, error: 'not_in_channel' }],
    });
    await ask();
    await work();
    assert.deepEqual(await links(), []);
    assert.equal(ephemerals.at(-1)?.problem.code, 'link.not-posted');
  });

  test('ends after seven days: its buttons go, its person is told, and the audit trail says so', async (t) => {
    const { ask, work, links, pass, services, slack, database, decide, ephemerals } =
      await start(t);
    await ask();
    await work();
    pass(6 * day);
    await endOverdue(services);
    assert.equal((await links())[0]?.state, 'asked');
    pass(2 * day);
    await endOverdue(services);
    await work();
    await endOverdue(services);
    await work();
    assert.deepEqual(await links(), [{ id: 1, state: 'expired', message_ts: '1.1' }]);
    const [update, ...others] = slack.callsOf('chat.update');
    assert.equal(others.length, 0);
    assert.equal(update?.params.ts, '1.1');
    assert.doesNotMatch(update?.params.blocks ?? '', /"actions"/);
    const told = slack
      .callsOf('chat.postMessage')
      .filter(({ params }) => params.channel === bea.id);
    assert.equal(told.length, 1);
    const kinds = await database.query('select kind from audit_events order by id');
    assert.deepEqual(kinds, [{ kind: 'link-asked' }, { kind: 'link-expired' }]);
    await decide('confirmed', 1);
    await work();
    assert.equal(ephemerals.at(-1)?.problem.code, 'link.over');
  });

  test('ends, and loses its buttons, when the person requests a link to a different user', async (t) => {
    const { ask, work, links, pass, slack } = await start(t);
    await ask('bea.old');
    await work();
    pass(3 * 60_000);
    await ask();
    await work();
    assert.deepEqual(
      (await links()).map(({ state }) => state),
      ['expired', 'asked'],
    );
    assert.equal(slack.callsOf('chat.update').length, 1);
  });

  test('a click is stored once, and counts once', async (t) => {
    const { ask, work, decide, jobs, database } = await start(t);
    await ask();
    await work();
    await Promise.all([decide('refused', 1, 'one'), decide('refused', 1, 'one')]);
    assert.equal(jobs.length, 1);
    await work();
    const kinds = await database.query('select kind from audit_events order by id');
    assert.deepEqual(kinds, [{ kind: 'link-asked' }, { kind: 'link-refused' }]);
  });

  test('H3: no person gets a second user and no user a second person, even when the first check finds neither', async (t) => {
    const { ask, work, database, services } = await start(t);
    await ask();
    await work();
    // A person who is no longer in Slack was linked to the same user.
    const held = (person: string, user: string) =>
      database.query(
        `insert into identity_links (instance, person_id, person_name, connect_user_id, connect_username, state, asked_at)
         values ('production', $1, 'Gone', $2, $2, 'confirmed', now())`,
        [person, user],
      );
    await held('U0GONE', 'id-bea');
    const taken = await decideLink(services, 1, ari.id, 'confirmed');
    assert.equal(Object(taken).code, 'link.taken');
    await database.query(`update identity_links set state = 'removed' where person_id = 'U0GONE'`);
    // Bea herself has a link, but its user no longer exists.
    await held(bea.id, 'id-of-nobody');
    const second = await decideLink(services, 1, ari.id, 'confirmed');
    assert.equal(Object(second).code, 'link.taken');
    const kinds = await database.query('select kind from audit_events order by id');
    assert.deepEqual(kinds, [{ kind: 'link-asked' }]);
  });
});
