import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { Post } from '../../src/messages/post.ts';
import { lines } from '../../src/messages/rich-text.ts';
import { readPosts } from '../../src/slack/posts/posts-store.ts';
import { createProjector } from '../../src/slack/posts/projector.ts';
import { approvedRequest, newUser } from '../provisioning/approved.ts';
import { log, testServices } from '../services.ts';
import { until } from '../until.ts';
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
  const { services } = await testServices(t);
  const slack = await slackStub(t);
  let posted = 0;
  slack.on('chat.postMessage', () => ({ ok: true, ts: `1700000000.00000${++posted}` }));
  slack.on('conversations.open', { ok: true, channel: { id: 'D0TARA' } });
  const id = await approvedRequest(services, [{ user: newUser('mary') }]);
  const { db, now } = services;
  const projector = createProjector({ client: slack.client, db, now, log });
  return {
    slack,
    id,
    project: (posts: Post[], signal = running) => projector.project(id, posts, signal),
    record: async (key = 'card') => (await readPosts(db, id)).find((post) => post.key === key),
    /** The message as a lost answer leaves it: posted, with its mark, unknown to us. */
    found: (key: string, ts: string): Answer => ({
      ok: true,
      messages: [
        { ts: '1.1', text: 'somebody else’s' },
        {
          ts: '1.2',
          metadata: { event_type: 'connect_add_user_post', event_payload: { request: 1, key } },
        },
        {
          ts,
          metadata: { event_type: 'connect_add_user_post', event_payload: { request: id, key } },
        },
      ],
    }),
  };
}

describe('making Slack match', () => {
  test('posts what is missing, once, marked as what it is', async (t) => {
    const { slack, project, id, record } = await start(t);
    assert.equal((await project([card('one')])).size, 0);
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

  test('waits with the thread while there is no card to hang it on', async (t) => {
    const { slack, project } = await start(t);
    slack.on('chat.postMessage', { ok: false, error: 'not_in_channel' });
    const refused = await project([card('one'), reply('decision', 'approved')]);
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

  test('it is posted when Slack surely does not have it', async (t) => {
    const { slack, project, record } = await start(t);
    slack.on('chat.postMessage', 'lost', { ok: true, ts: '1700000005.000001' });
    await assert.rejects(project([card('one')]));
    slack.on('conversations.history', { ok: true, messages: [] });
    await project([card('one')]);
    assert.equal((await record())?.ts, '1700000005.000001');
  });

  test('nor is it posted by a process that slept since it marked the message', async (t) => {
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
    // Another bot has posted it meanwhile.
    slack.on('conversations.history', found('card', '1700000000.000009'));
    await project([card('one')]);
    assert.deepEqual(slack.callsOf('chat.postMessage'), []);
    assert.equal((await record())?.ts, '1700000000.000009');
  });

  test('another request’s message and another key are not ours', async (t) => {
    const { slack, project, found } = await start(t);
    slack.on('chat.postMessage', 'lost', { ok: true, ts: '1700000005.000001' });
    await assert.rejects(project([card('one')]));
    slack.on('conversations.history', found('receipt', '1.3'));
    await project([card('one')]);
    assert.equal(slack.callsOf('chat.postMessage').length, 2);
  });
});

describe('when Slack refuses', () => {
  test('what somebody has to mend is answered, the rest goes on', async (t) => {
    const { slack, project, record } = await start(t);
    slack.on('chat.postMessage', (params) =>
      params.channel === 'C0REQUESTS'
        ? { ok: false, error: 'is_archived' }
        : { ok: true, ts: '1.1' },
    );
    const refused = await project([card('one'), direct]);
    assert.deepEqual([...refused], [['card', 'is_archived']]);
    assert.equal(await record(), undefined, 'a refusal leaves no mark');
    assert.equal((await record('dm-asked'))?.ts, '1.1');
  });

  test('what may pass is thrown, to be tried again', async (t) => {
    const { slack, project, record } = await start(t);
    slack.on('chat.postMessage', { ok: false, error: 'internal_error' });
    await assert.rejects(project([card('one')]), /internal_error/);
    assert.equal(await record(), undefined);
  });

  test('a message that was deleted or is too old to edit is left as it is', async (t) => {
    for (const error of ['message_not_found', 'cant_update_message', 'edit_window_closed']) {
      const { slack, project } = await start(t);
      await project([card('one')]);
      slack.on('chat.update', { ok: false, error });
      assert.equal((await project([card('two')])).size, 0);
      await project([card('two')]);
      assert.equal(slack.callsOf('chat.update').length, 1, 'and not tried for ever');
      assert.equal(slack.callsOf('chat.postMessage').length, 1);
    }
  });
});

describe('when Slack asks for patience', () => {
  test('it gets it, and the message is posted once', async (t) => {
    const { slack, project, record } = await start(t);
    slack.on('chat.postMessage', { retryAfter: 0 }, { retryAfter: 0 }, { ok: true, ts: '1.1' });
    await project([card('one')]);
    assert.equal(slack.callsOf('chat.postMessage').length, 3);
    assert.equal((await record())?.ts, '1.1');
  });

  test('a longer wait than a minute is left to the job', async (t) => {
    const { slack, project } = await start(t);
    slack.on('chat.postMessage', { retryAfter: 61 });
    await assert.rejects(project([card('one')]), /61 seconds/);
    assert.equal(slack.callsOf('chat.postMessage').length, 1);
  });

  test('a stop ends the wait', async (t) => {
    const { slack, project } = await start(t);
    slack.on('chat.postMessage', { retryAfter: 30 });
    const stopping = new AbortController();
    const run = project([card('one')], stopping.signal);
    await until('the first try', () => slack.calls.length === 1);
    stopping.abort();
    await assert.rejects(run);
  });

  test('nothing is begun after a stop', async (t) => {
    const { slack, project } = await start(t);
    await assert.rejects(project([card('one')], AbortSignal.abort()));
    assert.equal(slack.calls.length, 0);
  });
});
