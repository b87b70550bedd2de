import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { Post } from '../../src/messages/post.ts';
import { lines } from '../../src/messages/rich-text.ts';
import { readPosts } from '../../src/slack/posts/posts-store.ts';
import { createProjector } from '../../src/slack/posts/projector.ts';
import { createNewerBlocks } from '../../src/slack/posts/send-newer-blocks.ts';
import { PostponedError } from '../../src/storage/jobs.ts';
import { approvedRequest, newUser } from '../provisioning/approved.ts';
import { log, testServices } from '../services.ts';
import { type Answer, slackStub } from './stub.ts';

const running = new AbortController().signal;

const card = (text: string): Post => ({
  key: 'card',
  to: { channel: 'C0REQUESTS' },
  text,
  blocks: [lines('x', [[text]])],
});
const reply = (key: string, text: string): Post => ({ ...card(text), key, inThreadOf: 'card' });
const direct: Post = { ...card('for you'), key: 'dm-asked', to: { person: 'U0TARA' } };

async function start(t: TestContext) {
  const { services, pass } = await testServices(t);
  const slack = await slackStub(t);
  let posted = 0;
  slack.on('chat.postMessage', () => ({ ok: true, ts: `1700000000.00000${++posted}` }));
  slack.on('conversations.open', { ok: true, channel: { id: 'D0TARA' } });
  const id = await approvedRequest(services, [{ user: newUser('mary') }]);
  const { db, now } = services;
  const projector = createProjector({
    client: slack.client,
    newerBlocks: createNewerBlocks({ now, log }),
    botUserId: 'U0BOT',
    db,
    now,
    log,
  });
  return {
    slack,
    id,
    pass,
    /** Another request by the same people. */
    async newRequest() {
      const secondRequest = await approvedRequest(services, [{ user: newUser('mary') }]);
      return { project: (posts: Post[]) => projector.project(secondRequest, posts, running) };
    },
    project: (posts: Post[], signal = running) => projector.project(id, posts, signal),
    record: async (key = 'card') => (await readPosts(db, id)).find((post) => post.key === key),
    /** The message after a lost answer: it was posted with its mark, but its `ts` is unknown to the bot. */
    found: (key: string, ts: string): Answer => ({
      ok: true,
      messages: [
        { ts: '1.1', text: 'somebody else’s' },
        {
          ts: '1.2',
          user: 'U0BOT',
          metadata: { event_type: 'connect_add_user_post', event_payload: { request: 1, key } },
        },
        // Another app may mark its messages in the same way.
        {
          ts: '1.3',
          user: 'U0OTHERBOT',
          metadata: { event_type: 'connect_add_user_post', event_payload: { request: id, key } },
        },
        {
          ts,
          user: 'U0BOT',
          metadata: { event_type: 'connect_add_user_post', event_payload: { request: id, key } },
        },
      ],
    }),
  };
}

describe('making Slack match', () => {
  test('posts a missing message once, with its key', async (t) => {
    const { slack, project, id, record } = await start(t);
    assert.equal((await project([card('one')])).refused.size, 0);
    const [call] = slack.callsOf('chat.postMessage');
    assert.equal(call?.params.channel, 'C0REQUESTS');
    assert.equal(call?.params.unfurl_links, 'false');
    assert.deepEqual(JSON.parse(call?.params.metadata ?? ''), {
      event_type: 'connect_add_user_post',
      event_payload: { request: id, key: 'card' },
    });
    assert.equal((await record())?.ts, '1700000000.000001');
    await project([card('one')]);
    assert.equal(slack.calls.length, 1, 'nothing changed, so nothing is said');
  });

  test('edits what differs, in place', async (t) => {
    const { slack, project } = await start(t);
    await project([card('one')]);
    await project([card('two')]);
    await project([card('two')]);
    assert.equal(slack.callsOf('chat.postMessage').length, 1);
    const updates = slack.callsOf('chat.update');
    assert.deepEqual(
      updates.map(({ params }) => [params.ts, params.text]),
      [['1700000000.000001', 'two']],
    );
  });

  test('puts the thread under its card, in the same run', async (t) => {
    const { slack, project } = await start(t);
    await project([card('one'), reply('decision', 'approved'), reply('receipt', 'done')]);
    const threads = slack.callsOf('chat.postMessage').map(({ params }) => params.thread_ts);
    assert.deepEqual(threads, [undefined, '1700000000.000001', '1700000000.000001']);
  });

  test('posts no reply while there is no card', async (t) => {
    const { slack, project } = await start(t);
    slack.on('chat.postMessage', { ok: false, error: 'not_in_channel' });
    const { refused } = await project([card('one'), reply('decision', 'approved')]);
    assert.deepEqual([...refused], [['card', 'not_in_channel']]);
    assert.equal(slack.callsOf('chat.postMessage').length, 1);
  });

  test('opens the conversation for a direct message', async (t) => {
    const { slack, project, record } = await start(t);
    await project([direct]);
    assert.equal(slack.callsOf('conversations.open')[0]?.params.users, 'U0TARA');
    assert.equal(slack.callsOf('chat.postMessage')[0]?.params.channel, 'D0TARA');
    assert.equal((await record('dm-asked'))?.channel, 'D0TARA');
  });
});

describe('when an answer is lost', () => {
  test('the message is found by its mark, not posted again', async (t) => {
    const { slack, project, found, record } = await start(t);
    slack.on('chat.postMessage', 'lost');
    await assert.rejects(project([card('one')]));
    assert.equal((await record())?.ts, null, 'the mark stands: it may have been posted');
    slack.on('conversations.history', found('card', '1700000009.000009'));
    await project([card('two')]);
    assert.equal(slack.callsOf('chat.postMessage').length, 1);
    assert.equal((await record())?.ts, '1700000009.000009');
    assert.equal(slack.callsOf('chat.update')[0]?.params.text, 'two', 'and shows what it should');
  });

  test('a file of the same name that somebody else posted is not taken for ours', async (t) => {
    const { slack, project, record } = await start(t);
    slack.on('files.getUploadURLExternal', 'lost');
    const file = { name: 'CU-1-report.csv', bytes: () => Promise.resolve([Buffer.from('a')]) };
    const report: Post = { ...card('report'), key: 'report', file };
    await assert.rejects(project([report]));
    const messages = [
      { ts: '1.1', user: 'U0EVE', files: [{ id: 'F0EVE', name: 'CU-1-report.csv' }] },
      { ts: '1.2', user: 'U0BOT', files: [{ id: 'F0OURS', name: 'CU-1-report.csv' }] },
    ];
    slack.on('conversations.history', { ok: true, messages });
    await project([report]);
    assert.equal((await record('report'))?.ts, 'F0OURS');
  });

  test('a reply is looked for in its thread, through every page', async (t) => {
    const { slack, project, found, record } = await start(t);
    await project([card('one')]);
    slack.on('chat.postMessage', 'lost');
    await assert.rejects(project([card('one'), reply('decision', 'approved')]));
    slack.on(
      'conversations.replies',
      { ok: true, messages: [], response_metadata: { next_cursor: 'more' } },
      found('decision', '1700000009.000009'),
    );
    await project([card('one'), reply('decision', 'approved')]);
    const pages = slack
      .callsOf('conversations.replies')
      .map(({ params }) => [params.ts, params.cursor]);
    assert.deepEqual(pages, [
      ['1700000000.000001', undefined],
      ['1700000000.000001', 'more'],
    ]);
    assert.equal((await record('decision'))?.ts, '1700000009.000009');
  });

  test('the message is posted when Slack certainly does not have it', async (t) => {
    const { slack, project, record } = await start(t);
    slack.on('chat.postMessage', 'lost', { ok: true, ts: '1700000005.000001' });
    await assert.rejects(project([card('one')]));
    slack.on('conversations.history', { ok: true, messages: [] });
    await project([card('one')]);
    assert.equal((await record())?.ts, '1700000005.000001');
  });

  test('the message is not posted by a process that was suspended since it marked the message', async (t) => {
    const { slack, project, record, found } = await start(t);
    const real = performance.now.bind(performance);
    let sleptMs = 0;
    const clock = t.mock.method(performance, 'now', () => {
      sleptMs += 10_000;
      return real() + sleptMs;
    });
    await assert.rejects(project([card('one')]), /slept after a mark/);
    clock.mock.restore();
    assert.deepEqual(slack.callsOf('chat.postMessage'), []);
    // Another bot has posted it in the meantime.
    slack.on('conversations.history', found('card', '1700000000.000009'));
    await project([card('one')]);
    assert.deepEqual(slack.callsOf('chat.postMessage'), []);
    assert.equal((await record())?.ts, '1700000000.000009');
  });

  test('a message with a different request or key is not taken for the lost one', async (t) => {
    const { slack, project, found } = await start(t);
    slack.on('chat.postMessage', 'lost', { ok: true, ts: '1700000005.000001' });
    await assert.rejects(project([card('one')]));
    slack.on('conversations.history', found('receipt', '1.3'));
    await project([card('one')]);
    assert.equal(slack.callsOf('chat.postMessage').length, 2);
  });
});

describe('when Slack fails itself', () => {
  for (const error of ['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']) {
    test(`${error}: the message may be there, and is looked for before it is posted again`, async (t) => {
      const { slack, project, found, record } = await start(t);
      slack.on('chat.postMessage', { ok: false, error });
      const { later } = await project([card('one'), direct]);
      assert.match(String(later), new RegExp(error));
      assert.equal((await record())?.ts, null, 'the mark stays');
      slack.on('conversations.history', found('card', '1700000009.000009'));
      slack.on('chat.postMessage', { ok: true, ts: '1.1' });
      const before = slack.callsOf('chat.postMessage').length;
      await project([card('one')]);
      assert.equal(slack.callsOf('chat.postMessage').length, before);
      assert.equal((await record())?.ts, '1700000009.000009');
    });
  }

  test('repeated internal errors count as a refusal, and the other messages are posted', async (t) => {
    const { slack, project, pass, record } = await start(t);
    slack.on('conversations.history', { ok: true, messages: [] });
    slack.on('chat.postMessage', (params) =>
      params.channel === 'C0REQUESTS'
        ? { ok: false, error: 'internal_error' }
        : { ok: true, ts: '1.1' },
    );
    const cards = () =>
      slack.callsOf('chat.postMessage').filter(({ params }) => params.channel === 'C0REQUESTS');
    let tries = 0;
    for (let refused = 0; refused === 0 && tries < 20; tries++) {
      refused = (await project([card('one'), direct])).refused.size;
    }
    assert.equal(tries, 5);
    assert.equal((await record('dm-asked'))?.ts, '1.1');
    assert.equal((await project([card('one')])).later, null);
    assert.equal(cards().length, 5, 'it rests');
    pass(6 * 60_000);
    await project([card('one')]);
    assert.equal(cards().length, 6, 'and is tried again after a while');
  });
});

describe('when Slack refuses', () => {
  test('a refusal that a person has to correct is returned, and the other messages are posted', async (t) => {
    const { slack, project, record } = await start(t);
    slack.on('chat.postMessage', (params) =>
      params.channel === 'C0REQUESTS'
        ? { ok: false, error: 'is_archived' }
        : { ok: true, ts: '1.1' },
    );
    const { refused } = await project([card('one'), direct]);
    assert.deepEqual([...refused], [['card', 'is_archived']]);
    assert.equal(await record(), undefined, 'a refusal leaves no mark');
    assert.equal((await record('dm-asked'))?.ts, '1.1');
  });

  test('every code is a refusal for an hour, except codes that are known to be temporary', async (t) => {
    const codes = [
      'is_inactive',
      'cannot_reply_to_message',
      'restricted_action_thread_locked',
      'restricted_action_thread_only_channel',
      'restricted_action_non_threadable_channel',
      'no_permission',
      'access_denied',
      'ekm_access_denied',
      'invalid_blocks_format',
      'team_access_not_granted',
      'posting_to_channel_denied',
      'invalid_channel',
      'a_code_of_next_year',
    ];
    const { slack, project, newRequest, pass } = await start(t);
    for (const error of codes) {
      const posts = await newRequest();
      slack.on('chat.postMessage', (params) =>
        params.channel === 'C0REQUESTS' ? { ok: false, error } : { ok: true, ts: '1.1' },
      );
      const sent = () => slack.callsOf('chat.postMessage').length;
      const before = sent();
      const first = await posts.project([card('one'), direct]);
      assert.deepEqual([[...first.refused], first.later], [[['card', error]], null], error);
      const again = await posts.project([card('one'), direct]);
      assert.deepEqual([...again.refused], [['card', error]]);
      assert.equal(sent() - before, 2, `${error}: the card once, the direct message once`);
      pass(61 * 60_000);
      slack.on('chat.postMessage', { ok: true, ts: '1.2' });
      const later = await posts.project([card('one'), direct]);
      assert.deepEqual([...later.refused], [], `${error}: taken after an hour`);
    }
    await project([card('one')]);
  });

  test('a channel that refuses everything is tried once an hour, and not once for every request', async (t) => {
    const { slack, newRequest, pass } = await start(t);
    slack.on('chat.postMessage', (params) =>
      params.channel === 'C0REQUESTS'
        ? { ok: false, error: 'is_archived' }
        : { ok: true, ts: '1.1' },
    );
    const requests = await Promise.all([1, 2, 3, 4].map(newRequest));
    const all = async () => {
      for (const request of requests) {
        const { refused } = await request.project([card('one')]);
        assert.deepEqual([...refused], [['card', 'is_archived']]);
      }
    };
    await all();
    assert.equal(slack.callsOf('chat.postMessage').length, 1);
    pass(61 * 60_000);
    await all();
    assert.equal(slack.callsOf('chat.postMessage').length, 2);
  });

  test('another version of a message that was refused for what it says is tried at once', async (t) => {
    const { slack, project, record } = await start(t);
    slack.on('chat.postMessage', { ok: false, error: 'msg_blocks_too_long' });
    assert.equal((await project([card('one')])).refused.size, 1);
    slack.on('chat.postMessage', { ok: true, ts: '1.1' });
    assert.equal((await project([card('one')])).refused.size, 1);
    assert.equal((await project([card('two')])).refused.size, 0);
    assert.equal((await record())?.ts, '1.1');
  });

  test('an edit that is refused leaves the other messages alone', async (t) => {
    const { slack, project } = await start(t);
    await project([card('one')]);
    slack.on('chat.update', { ok: false, error: 'is_inactive' });
    const { refused, shown } = await project([card('two'), direct]);
    assert.deepEqual([...refused], [['card', 'is_inactive']]);
    assert.deepEqual([...shown], ['card', 'dm-asked']);
  });

  test('a message that was deleted or is too old to edit is left unchanged', async (t) => {
    for (const error of ['message_not_found', 'cant_update_message', 'edit_window_closed']) {
      const { slack, project } = await start(t);
      await project([card('one')]);
      slack.on('chat.update', { ok: false, error });
      assert.equal((await project([card('two')])).refused.size, 0);
      await project([card('two')]);
      assert.equal(slack.callsOf('chat.update').length, 1, 'and not tried forever');
      assert.equal(slack.callsOf('chat.postMessage').length, 1);
    }
  });
});

describe('when Slack limits the rate', () => {
  test('a short limit is waited for, and the message is posted once', async (t) => {
    const { slack, project, record } = await start(t);
    slack.on('chat.postMessage', { retryAfter: 0 }, { retryAfter: 0 }, { ok: true, ts: '1.1' });
    await project([card('one')]);
    assert.equal(slack.callsOf('chat.postMessage').length, 3);
    assert.equal((await record())?.ts, '1.1');
  });

  test('a longer wait is left to the job, and messages to other places do not wait', async (t) => {
    const { slack, project, record } = await start(t);
    slack.on('chat.postMessage', (params) =>
      params.channel === 'C0REQUESTS' ? { retryAfter: 61 } : { ok: true, ts: '1.1' },
    );
    const began = Date.now();
    const { later, refused } = await project([card('one'), direct]);
    assert.ok(later instanceof PostponedError);
    assert.ok(later.until.getTime() - began > 60_000);
    assert.deepEqual([...refused], []);
    assert.equal(await record(), undefined, 'nothing was posted, so there is no mark');
    assert.equal((await record('dm-asked'))?.ts, '1.1');
  });

  test('jobs for one place are put off to times of their own, and cost no call', async (t) => {
    const { slack, newRequest } = await start(t);
    slack.on('chat.postMessage', { retryAfter: 30 });
    const times: number[] = [];
    for (const _ of [1, 2, 3]) {
      const request = await newRequest();
      const { later } = await request.project([card('one')]);
      assert.ok(later instanceof PostponedError);
      times.push(later.until.getTime());
    }
    assert.equal(slack.callsOf('chat.postMessage').length, 1);
    const apart = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    assert.deepEqual(apart, [1_000, 1_000]);
  });

  test('no call is started after a stop', async (t) => {
    const { slack, project } = await start(t);
    await assert.rejects(project([card('one')], AbortSignal.abort()));
    assert.equal(slack.calls.length, 0);
  });
});
