/**
 * The bot answers when it is mentioned: helpfully, once, in an ephemeral message or thread, and never in other
 * people's conversations.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ActionResult } from '../../sandbox/api/interactions.ts';
import type { Message } from '../../sandbox/api/messages.ts';
import { csv, postFile, rowOf } from './handed-files.ts';
import { startScenario } from './harness.ts';
import { generalChannel, requestsChannel } from './person.ts';
import { eventually, type SandboxCalls } from './sandbox-calls.ts';
import { type Seen, seen } from './seen.ts';

const content = csv(rowOf('anna'));
const mention = '<@U0BOT>';

async function say(
  sandbox: SandboxCalls,
  user: string,
  text: string,
  more: { channel?: string; threadTs?: string } = {},
): Promise<Seen> {
  const body = { user, channel: requestsChannel, text, ...more };
  const { message } = await sandbox.call<{ message: Message }>('POST', '/messages', body);
  return seen(message);
}

async function ephemerals(sandbox: SandboxCalls, user: string): Promise<Seen[]> {
  const query = `user=${user}&channel=${requestsChannel}`;
  const { messages } = await sandbox.call<{ messages: Message[] }>('GET', `/messages?${query}`);
  return messages.map(seen).filter((message) => message.ephemeral);
}

describe('a message to the bot', { concurrency: 3 }, () => {
  test('a direct message or a mention is answered once with what the bot can do', async (t) => {
    const { sandbox, tara, noa, settled } = await startScenario(t);
    await sandbox.fault({ on: 'slack', kind: 'duplicate', match: 'message' }, 10);
    await say(sandbox, tara.id, 'hi', { channel: 'U0BOT' });
    await tara.isSent(/opens a form for one new Amazon Connect user/);
    await say(sandbox, tara.id, 'thanks & bye', { channel: 'U0BOT' });
    await tara.isSent(/I don’t know “thanks & bye”/);
    const asked = await say(sandbox, noa.id, `${mention} help`);
    await noa.isTold(/opens a form/);
    await settled();
    const direct = await tara.directMessages();
    assert.equal(direct.filter((message) => /opens a form/.test(message.text)).length, 2);
    assert.equal((await ephemerals(sandbox, noa.id)).length, 1);
    assert.deepEqual(await ephemerals(sandbox, tara.id), []);
    assert.deepEqual(await noa.thread(asked), []);

    // Where Slack does not allow it to search for a file, or to answer in the channel, it still answers.
    await sandbox.clearFaults();
    const method = { on: 'slack', kind: 'method' } as const;
    await sandbox.fault({ ...method, match: 'conversations.history', error: 'missing_scope' });
    await say(sandbox, tara.id, `${mention} check it`);
    await tara.isTold(/I don’t know “check it”/);
    await sandbox.fault({ ...method, match: 'chat.postEphemeral', error: 'user_not_in_channel' });
    await say(sandbox, noa.id, `${mention} help`);
    await noa.isSent(/opens a form/);
  });

  test('a file without a mention is answered once with a question, and is then checked or left', async (t) => {
    const { sandbox, tara, noa, settled, database } = await startScenario(t);
    const posted = await postFile(sandbox, tara.id, { channel: requestsChannel, content });
    const offer = async () => (await ephemerals(sandbox, tara.id)).at(-1);
    const asked = await eventually('Tara is asked', offer);
    assert.match(asked.text, /Check november\.csv for new Amazon Connect users\?/);
    assert.deepEqual(asked.buttons, ['Check it', 'Not now']);
    await tara.press(asked, 'Check it');
    await eventually('it is checked', async () =>
      (await tara.thread(posted)).find((message) =>
        /november\.csv.*1 row is ready/s.test(message.text),
      ),
    );
    assert.deepEqual(await ephemerals(sandbox, tara.id), [], 'the question is gone');
    // A mention by the same person is the same submission.
    await say(sandbox, tara.id, `${mention} please`, { threadTs: posted.ts });

    const second = await postFile(sandbox, noa.id, { channel: requestsChannel, content });
    const again = await eventually('Noa is asked', async () =>
      (await ephemerals(sandbox, noa.id)).at(-1),
    );
    await noa.press(again, 'Not now');
    await eventually('it is gone', async () => (await ephemerals(sandbox, noa.id)).length === 0);
    // Shared again, it is still the same file.
    const file = second.raw.files[0]?.id ?? '';
    const share = { user: noa.id, channel: requestsChannel, text: '', shareFiles: [file] };
    await sandbox.call('POST', '/messages', share);
    await postFile(sandbox, noa.id, { channel: requestsChannel, name: 'photo.png', content: 'x' });
    await say(sandbox, noa.id, `${mention} help`);
    await noa.isTold(/opens a form/);
    await settled();
    assert.equal((await ephemerals(sandbox, noa.id)).length, 1, 'the help and no second question');
    assert.deepEqual(await database.query('select id from requests'), [{ id: 1001 }]);
  });

  test('a mention in the thread of a file or just after it refers to that file', async (t) => {
    const { sandbox, tara, sam } = await startScenario(t);
    const posted = await postFile(sandbox, tara.id, { channel: 'C0REQUESTS', content });
    await eventually('Tara is asked', async () => (await ephemerals(sandbox, tara.id)).at(-1));
    await say(sandbox, sam.id, `${mention} please`, { threadTs: posted.ts });
    const offer = await eventually('it is checked for Sam', async () =>
      (await tara.thread(posted)).find((message) =>
        /november\.csv.*1 row is ready/s.test(message.text),
      ),
    );
    assert.match(offer.text, /CU-1001/);

    await postFile(sandbox, sam.id, { channel: requestsChannel, name: 'later.csv', content });
    await eventually('Sam is asked', async () => (await ephemerals(sandbox, sam.id)).at(-1));
    await say(sandbox, sam.id, mention);
    const questions = await eventually('Sam is asked again, as he said so', async () => {
      const all = await ephemerals(sandbox, sam.id);
      return all.length === 2 ? all : undefined;
    });
    assert.match(questions.at(-1)?.text ?? '', /Check later\.csv/);
  });

  test('says nothing in conversations of other people', async (t) => {
    const { sandbox, tara, noa, ari, settled } = await startScenario(t);
    await sandbox.call('POST', '/channels', { channel: 'C0FLOOR', action: 'join', user: 'U0BOT' });
    await say(sandbox, tara.id, 'who takes the late shift?', { channel: 'C0FLOOR' });
    await postFile(sandbox, tara.id, { channel: 'C0FLOOR', content });
    const root = await say(sandbox, tara.id, 'good morning');
    await say(sandbox, noa.id, 'morning!', { threadTs: root.ts });
    await say(sandbox, ari.id, `${mention} help`);
    await ari.isTold(/opens a form/);
    await settled();
    const calls = await sandbox.wire('web-api');
    const said = calls.filter(({ name }) => name.startsWith('chat.post'));
    assert.equal(said.length, 1, 'only what Ari requested');
  });
});

describe('the global shortcut', () => {
  test('opens the form outside of any channel', async (t) => {
    const { sandbox, tara } = await startScenario(t);
    const run = { user: tara.id, callbackId: 'add_connect_user' };
    const result = await sandbox.call<ActionResult>('POST', '/shortcuts', run);
    assert.equal(result.outcome, 'ok');
    const form = await tara.form();
    assert.ok((await form.labels()).includes('Username'));
  });
});

describe('somebody edits a message', { concurrency: 2 }, () => {
  const edit = (sandbox: SandboxCalls, message: Seen, change: { text: string; files?: object[] }) =>
    sandbox.call('POST', '/messages/edit', {
      user: message.raw.user,
      channel: message.raw.channel,
      ts: message.ts,
      ...change,
    });
  const offers = async (scenario: { tara: { thread(root: Seen): Promise<Seen[]> } }, root: Seen) =>
    (await scenario.tara.thread(root)).filter(({ text }) => /1 row is ready/.test(text));

  for (const transport of ['socket', 'http'] as const) {
    test(`a mention or a file that comes later is taken as if it had been there, once (${transport})`, async (t) => {
      const scenario = await startScenario(t, { transport });
      const { sandbox, tara, database, settled } = scenario;
      const posted = await postFile(sandbox, tara.id, { channel: requestsChannel, content });
      await sandbox.fault({ on: 'slack', kind: 'duplicate', match: 'message' }, 2);
      await edit(sandbox, posted, { text: `${mention} for November` });
      await eventually('the file is checked', async () => (await offers(scenario, posted))[0]);

      const empty = await say(sandbox, tara.id, `${mention} two of them`);
      await tara.isTold(/opens a form/);
      const contentBase64 = Buffer.from(csv(rowOf('berta'))).toString('base64');
      await edit(sandbox, empty, {
        text: `${mention} two of them`,
        files: [{ name: 'late.csv', contentBase64 }],
      });
      await eventually('the late file is checked', async () => (await offers(scenario, empty))[0]);

      // Edited again, and without a mention: no new answer.
      await edit(sandbox, posted, { text: `${mention} for December` });
      await edit(sandbox, empty, { text: 'never mind' });
      await settled();
      const rows = await database.query('select reason from requests order by id');
      assert.deepEqual(
        rows.map(({ reason }) => reason),
        ['for November', 'two of them'],
      );
      assert.equal((await offers(scenario, posted)).length, 1);
    });
  }

  test('an edited message of the bot, or one without a mention, makes no request', async (t) => {
    const { sandbox, tara, database, settled } = await startScenario(t);
    const posted = await postFile(sandbox, tara.id, { channel: generalChannel, content });
    await edit(sandbox, posted, { text: 'our list' });
    const root = await say(sandbox, tara.id, `${mention} help`);
    await tara.isTold(/opens a form/);
    await edit(sandbox, root, { text: `${mention} help!` });
    await settled();
    assert.deepEqual(await database.query('select 1 from requests'), []);
    assert.equal((await ephemerals(sandbox, tara.id)).length, 1);
  });
});
