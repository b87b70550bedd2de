/** A message eventually shows what the database holds, even when edits or their answers are lost. */
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { Post } from '../../src/messages/post.ts';
import { lines } from '../../src/messages/rich-text.ts';
import { createProjector } from '../../src/slack/posts/projector.ts';
import { createNewerBlocks } from '../../src/slack/posts/send-newer-blocks.ts';
import { PostponedError } from '../../src/storage/jobs.ts';
import { approvedRequest, newUser } from '../provisioning/approved.ts';
import { log, testServices } from '../services.ts';
import { until } from '../until.ts';
import { slackStub } from './stub.ts';

const card = (text: string): Post => ({
  key: 'card',
  to: { channel: 'C0REQUESTS' },
  text,
  blocks: [lines('x', [[text]])],
});

/** A Slack with one card, and bots that edit it. */
async function start(t: TestContext) {
  const { services, pass } = await testServices(t);
  const { db, now } = services;
  const slack = await slackStub(t);
  let shown = '';
  slack.on('chat.postMessage', ({ text }) => {
    shown = text ?? '';
    return { ok: true, ts: '1700000000.000001' };
  });
  const edited = ({ text }: Readonly<Record<string, string>>) => {
    shown = text ?? '';
    return { ok: true };
  };
  slack.on('chat.update', edited);
  const id = await approvedRequest(services, [{ user: newUser('mary') }]);
  const signal = new AbortController().signal;
  const bot = () => {
    const projector = createProjector({
      client: slack.client,
      newerBlocks: createNewerBlocks({ now, log }),
      db,
      now,
      log,
      botUserId: 'U0BOT',
    });
    return (text: string) => projector.project(id, [card(text)], signal);
  };
  return { slack, pass, now, bot, project: bot(), edited, shown: () => shown };
}

describe('an edit whose answer was lost', () => {
  test('is made again, even when the message should look as it did before', async (t) => {
    const { slack, project, edited, shown } = await start(t);
    await project('paused');
    slack.on('chat.update', (params) => {
      edited(params);
      return 'lost';
    });
    await assert.rejects(project('running'));
    assert.equal(shown(), 'running', 'it took effect, and nobody heard of it');
    slack.on('chat.update', edited);
    // Paused again before the job's retry: the text is the same as before the lost edit.
    await project('paused');
    assert.equal(shown(), 'paused', 'or nobody could press Resume');
  });

  test('cannot undo a newer edit for long, because the message is edited again twice', async (t) => {
    const { slack, project, edited, shown, pass, now } = await start(t);
    await project('one');
    slack.on('chat.update', 'lost');
    await assert.rejects(project('two'));
    slack.on('chat.update', edited);
    const { later } = await project('three');
    assert.ok(later instanceof PostponedError, 'the job comes back');
    const inMs = later.until.getTime() - now().getTime();
    assert.ok(inMs > 10_000 && inMs <= 15_000, `${inMs}`);
    // The lost edit takes effect only now.
    edited({ text: 'two' });
    assert.ok((await project('three')).later, 'not yet');
    assert.equal(shown(), 'two');
    pass(15_000);
    const second = await project('three');
    assert.equal(shown(), 'three');
    assert.ok(second.later instanceof PostponedError);
    edited({ text: 'two' });
    pass(60_000);
    assert.equal((await project('three')).later, null);
    assert.equal(shown(), 'three');
    const calls = slack.callsOf('chat.update').length;
    pass(600_000);
    assert.equal((await project('three')).later, null);
    assert.equal(slack.callsOf('chat.update').length, calls, 'that is over');
  });

  test('is ignored when Slack certainly did not make it', async (t) => {
    const { slack, project, edited } = await start(t);
    await project('one');
    slack.on('chat.update', { ok: false, error: 'ratelimited' });
    await assert.rejects(project('two'));
    slack.on('chat.update', edited);
    assert.equal((await project('one')).later, null);
    assert.equal(slack.callsOf('chat.update').length, 1, 'it still shows the first text');
    assert.equal((await project('two')).later, null);
  });
});

test('a bot that hung in the middle of an edit has the message edited once more', async (t) => {
  const { slack, project, bot, edited, shown } = await start(t);
  await project('one');
  const gate = Promise.withResolvers<void>();
  let calls = 0;
  slack.on('chat.update', async (params) => {
    calls++;
    if (params.text === 'two') await gate.promise;
    return edited(params);
  });
  const hanging = project('two');
  await until('the first edit is on its way', () => calls === 1);
  await bot()('three');
  assert.equal(shown(), 'three');
  gate.resolve();
  const { later } = await hanging;
  assert.equal(shown(), 'two', 'the older edit took effect last');
  assert.ok(later instanceof PostponedError, 'it is looked at once more');
  await bot()('three');
  assert.equal(shown(), 'three');
});
