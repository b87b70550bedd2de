import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { InstanceConfig } from '../../../src/config/config.ts';
import { publishRequest } from '../../../src/requests/publish/publish-request.ts';
import { retryRefusals } from '../../../src/requests/publish/retry-refused.ts';
import { createProjector } from '../../../src/slack/posts/projector.ts';
import { createNewerBlocks } from '../../../src/slack/posts/send-newer-blocks.ts';
import type { SlackPerson } from '../../../src/slack/slack-person.ts';
import { instanceClientOf, personOf, smallInstance } from '../../auth/people.ts';
import { approvedRequest, newUser } from '../../provisioning/approved.ts';
import { log, testServices } from '../../services.ts';
import { slackStub } from '../../slack/stub.ts';

const running = new AbortController().signal;

async function start(
  t: TestContext,
  options: { readonly config?: Partial<InstanceConfig>; readonly people?: SlackPerson[] } = {},
) {
  const { config, people = [] } = options;
  const { instanceClient } = instanceClientOf(smallInstance(), config ? { config } : {});
  const { services, database, jobs } = await testServices(t, {
    instanceClients: [instanceClient],
    people,
  });
  const slack = await slackStub(t);
  let posted = 0;
  slack.on('chat.postMessage', () => ({ ok: true, ts: `1700000000.00000${++posted}` }));
  slack.on('conversations.open', { ok: true, channel: { id: 'D0TARA' } });
  const projector = createProjector({
    client: slack.client,
    newerBlocks: createNewerBlocks({ now: services.now, log }),
    botUserId: 'U0BOT',
    db: services.db,
    now: services.now,
    log,
  });
  // Taken before the approval, so that a slow machine does not exceed the two seconds within which a receipt can
  // follow.
  const early = services.now();
  const id = await approvedRequest(services, [{ user: newUser('mary') }]);
  return {
    id,
    slack,
    services,
    jobs,
    database,
    instanceClient,
    publish: (at = early) => publishRequest({ ...services, now: () => at }, projector, id, running),
    posts: () =>
      slack.callsOf('chat.postMessage').map(({ params }) => [params.channel, params.text]),
  };
}

describe('showing a request', () => {
  test('posts the card, its thread and the requester’s message, and does nothing the second time', async (t) => {
    const { publish, posts, slack } = await start(t);
    await publish();
    const texts = posts().map(([channel, text]) => `${channel} ${text}`);
    assert.equal(texts.length, 2);
    assert.match(texts[0] ?? '', /^C0REQUESTS Tara Lead .* requests .* in production/);
    assert.match(texts[1] ?? '', /^D0TARA Your request CU-\d+/);
    const before = slack.calls.length;
    await publish();
    assert.equal(slack.calls.length, before);
  });

  test('a decision waits two seconds for its receipt, and is then shown by itself', async (t) => {
    const { publish, posts, jobs, id } = await start(t);
    await publish();
    const [again] = jobs.filter(({ startAfter }) => startAfter !== undefined);
    assert.deepEqual([again?.queue, again?.data], ['publish', { requestId: id }]);
    await publish(new Date((again?.startAfter?.getTime() ?? 0) + 1));
    assert.match(posts().at(-1)?.[1] ?? '', /^Ari Admin approved/);
    const before = jobs.length;
    await publish();
    assert.equal(jobs.length, before, 'what is shown stays a message of its own');
  });

  test('shows the state of the database: the ended request on its card, and a receipt', async (t) => {
    const { publish, posts, slack, database, instanceClient } = await start(t);
    await publish();
    await instanceClient.directory.get();
    await database.query(
      `update rows set state = 'created', user_id = 'u-1', user_arn = 'arn', ended_at = now()`,
    );
    await database.query(`update requests set state = 'done', ended_at = now()`);
    await publish();
    assert.equal(slack.callsOf('chat.update').length, 1, 'the card');
    const receipt = slack
      .callsOf('chat.postMessage')
      .find(({ params }) => /is ready in production/.test(params.text ?? '') && params.thread_ts);
    assert.equal(receipt?.params.thread_ts, '1700000000.000001');
    assert.match(receipt?.params.blocks ?? '', /example\.my\.connect\.aws\/login/);
    assert.match(receipt?.params.text ?? '', /^Ari Admin approved/);
    assert.equal(posts().length, 4);
  });

  test('tells the requester once when the channel refuses the card, and tries again', async (t) => {
    const { publish, posts, slack, services, jobs, id } = await start(t);
    slack.on('chat.postMessage', (params) =>
      params.channel === 'C0REQUESTS'
        ? { ok: false, error: 'not_in_channel' }
        : { ok: true, ts: '1700000000.000009' },
    );
    await publish();
    await publish();
    const told = posts().filter(([channel]) => channel === 'D0TARA');
    assert.equal(told.length, 1);
    assert.match(told[0]?.[1] ?? '', /can’t post your request .*not_in_channel/);
    assert.equal(posts().filter(([channel]) => channel === 'C0REQUESTS').length, 1);
    // Somebody invites the bot: the request is published again, and the requester gets a message that the card
    // exists.
    slack.on('chat.postMessage', { ok: true, ts: '1700000000.000010' });
    await retryRefusals(services, 'C0REQUESTS');
    assert.deepEqual(jobs.at(-1), { queue: 'publish', data: { requestId: id } });
    await publish();
    assert.equal(posts().filter(([channel]) => channel === 'C0REQUESTS').length, 2);
    await publish();
    const edits = slack.callsOf('chat.update').map(({ params }) => params.text);
    assert.deepEqual(edits, [`CU-${id} is in <#C0REQUESTS> now.`]);
  });

  test('a refused message is tried again for a request that ended recently, and not for an old one', async (t) => {
    const { publish, slack, services, database, jobs } = await start(t);
    slack.on('chat.postMessage', { ok: false, error: 'is_archived' });
    await publish();
    const due = async (endedAgo: string) => {
      await database.query(`update requests set ended_at = ${endedAgo}, state = 'done'`);
      const before = jobs.length;
      await retryRefusals(services);
      return jobs.length - before;
    };
    assert.equal(await due('null'), 1);
    assert.equal(await due("now() - interval '6 days'"), 1);
    assert.equal(await due("now() - interval '8 days'"), 0);
  });
});

describe('the welcome of a new user who was picked out of Slack', { concurrency: 3 }, () => {
  const mary = personOf({ id: 'U0MARY', name: 'Mary Major', email: 'mary@example.com' });
  const bea = personOf({ id: 'U0BEA', name: 'Bea Berg', email: 'bea@example.com' });

  /**
   * Mary Major was created, and `picked` is the Slack person who was selected for her. Returns who gets a welcome,
   * and the receipt.
   */
  async function created(t: TestContext, picked: SlackPerson, others: readonly SlackPerson[] = []) {
    const config = { welcome: true };
    const bot = await start(t, { config, people: [picked, ...others] });
    const { database, instanceClient, slack } = bot;
    await instanceClient.directory.get();
    await database.query(
      `update rows set state = 'created', user_id = 'u-1', user_arn = 'arn', ended_at = now(),
         slack_member = $1`,
      [picked.id],
    );
    await database.query(`update requests set state = 'done', ended_at = now()`);
    slack.on('conversations.open', ({ users }) => ({ ok: true, channel: { id: `D-${users}` } }));
    const welcomed = () =>
      bot.posts().flatMap(([channel, text]) => (/^Hello /.test(text ?? '') ? [channel] : []));
    const receipt = () => bot.posts().find(([, text]) => /is ready in/.test(text ?? ''))?.[1] ?? '';
    return { ...bot, welcomed, receipt };
  }

  test('goes to the person who has the user’s address or names in Slack', async (t) => {
    const renamed = { ...mary, name: 'M. Major-Berg' };
    const moved = { ...mary, email: 'mary@example.org' };
    for (const picked of [mary, renamed, moved]) {
      const { publish, welcomed, receipt } = await created(t, picked);
      await publish();
      assert.deepEqual(welcomed(), ['D-U0MARY']);
      assert.match(receipt(), /has a welcome in Slack/);
    }
  });

  test('goes to nobody when somebody else was picked, and the receipt says why', async (t) => {
    const namesake = { ...bea, name: 'Mary Major' };
    for (const [picked, others] of [
      [bea, [mary]],
      [bea, []],
      [namesake, [mary]],
    ] as const) {
      const { publish, welcomed, receipt } = await created(t, picked, others);
      await publish();
      assert.deepEqual(welcomed(), []);
      assert.match(receipt(), /No welcome was sent: .* was picked in Slack.*Copy a welcome/s);
    }
  });

  test('waits until Slack says who was picked, and the receipt does not', async (t) => {
    const { publish, welcomed, receipt, services } = await created(t, mary);
    const away = t.mock.method(services.people, 'person', () =>
      Promise.reject(new Error('Slack is away')),
    );
    await assert.rejects(publish(), /Slack is away/);
    assert.deepEqual(welcomed(), []);
    assert.match(receipt(), /is ready in production/);
    away.mock.restore();
    await publish();
    assert.deepEqual(welcomed(), ['D-U0MARY']);
  });
});
