/**
 * Answers appear where the question was asked: in the thread, in channels without the bot, and for people who cannot
 * see the channel.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ActionResult } from '../../sandbox/api/interactions.ts';
import type { Message } from '../../sandbox/api/messages.ts';
import { csv, postFile, rowOf } from './handed-files.ts';
import { startScenario } from './harness.ts';
import { type Person, requestsChannel } from './person.ts';
import { eventually, type SandboxCalls } from './sandbox-calls.ts';
import { type Seen, seen } from './seen.ts';

const mention = '<@U0BOT> please';
const content = csv(rowOf('anna'), rowOf('ben', { routing: 'Basic Ruting Profile' }));

/** Chooses "Add users from file" on a message. */
function useShortcut(sandbox: SandboxCalls, who: Person, message: Seen) {
  const { channel, ts } = message.raw;
  const run = { user: who.id, callbackId: 'add_users_from_file', channel, messageTs: ts };
  return sandbox.call<ActionResult>('POST', '/shortcuts', run);
}

describe('the shortcut on a message', () => {
  test('says what is missing where the bot is no member, in public and in private', async (t) => {
    const { sandbox, ari, tara, database } = await startScenario(t);
    for (const [who, channel] of [
      [ari, 'G0OPS'],
      [tara, 'C0FLOOR'],
    ] as const) {
      const posted = await postFile(sandbox, who.id, { channel, content });
      assert.equal((await useShortcut(sandbox, who, posted)).outcome, 'ok');
      const told = await who.isTold(/not in this conversation.*november\.csv/s, channel);
      assert.match(told, /Invite me with \/invite .* or send me the file in a direct message/);
    }
    assert.deepEqual(await database.query('select id from requests'), []);
  });

  test('answers in direct messages where the bot sees the file and is no member', async (t) => {
    const { sandbox, tara } = await startScenario(t);
    const posted = await postFile(sandbox, tara.id, { channel: 'C0FLOOR', content });
    // The same file is shared in a second channel.
    await sandbox.call('POST', '/channels', { channel: 'C0FLOOR', action: 'join', user: 'U0BOT' });
    const shared = await useShortcut(sandbox, tara, posted);
    assert.equal(shared.outcome, 'ok');
    await eventually('the answer is in the thread', async () =>
      (await tara.thread(posted, 'C0FLOOR')).find((message) =>
        /1 row is ready to request/.test(message.text),
      ),
    );
    await sandbox.call('POST', '/channels', { channel: 'C0FLOOR', action: 'leave', user: 'U0BOT' });
    const file = posted.raw.files[0]?.id ?? '';
    const { message } = await sandbox.call<{ message: Message }>('POST', '/messages', {
      user: tara.id,
      channel: 'U0BOT',
      text: '',
      shareFiles: [file],
    });
    assert.ok(message.files.length > 0);
    assert.equal((await useShortcut(sandbox, tara, posted)).outcome, 'ok');
    await tara.isSent(/1 row is ready to request/);
  });

  test('takes a file that a bot posted, such as its own report', async (t) => {
    const { sandbox, tara } = await startScenario(t);
    const posted = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: mention,
      content,
    });
    const report = await eventually('the report is there', async () =>
      (await tara.thread(posted)).find((message) => message.raw.files.length > 0),
    );
    assert.equal((await useShortcut(sandbox, tara, report)).outcome, 'ok');
    await eventually('the report is read', async () =>
      (await tara.thread(posted)).find((message) =>
        /CU-1002.*1 row is ready to request/s.test(message.text),
      ),
    );
  });
});

describe('a file in a reply', () => {
  test('is accepted when the reply is also sent to the channel', async (t) => {
    const { sandbox, tara } = await startScenario(t);
    const root = await postFile(sandbox, tara.id, { channel: requestsChannel, content: 'x' });
    await sandbox.call<{ message: Message }>('POST', '/messages', {
      user: tara.id,
      channel: requestsChannel,
      text: mention,
      threadTs: root.ts,
      broadcast: true,
      files: [
        {
          name: 'broadcast.csv',
          contentBase64: Buffer.from(csv(rowOf('anna'))).toString('base64'),
        },
      ],
    });
    await eventually('the answer is in the thread', async () =>
      (await tara.thread(root)).find((message) =>
        /broadcast\.csv.*1 row is ready to request/s.test(message.text),
      ),
    );
  });
});

describe('a refusal to a button inside a thread', () => {
  test('is posted in that thread', async (t) => {
    const { sandbox, tara, ari, threadSays } = await startScenario(t);
    const posted = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: mention,
      content,
    });
    const offer = await threadSays(posted, /1 row is ready to request/);
    await ari.press(offer, 'Request 1 user');
    const told = await eventually('Ari is told in the thread', async () => {
      const query = `user=${ari.id}&channel=${requestsChannel}&thread_ts=${posted.ts}`;
      const { messages } = await sandbox.call<{ messages: Message[] }>('GET', `/messages?${query}`);
      return messages.map(seen).find((message) => message.ephemeral);
    });
    assert.match(told.text, /Only Tara Lead/);
    assert.equal(told.raw.threadTs, posted.ts);
  });
});

describe('somebody who does not see the messages', () => {
  test('is told by the card’s text who requests, for whom, why and what is to be done', async (t) => {
    const { tara, ask } = await startScenario(t);
    const asked = await ask(tara);
    const { screenReader, notification } = asked.raw.heard;
    assert.match(
      screenReader,
      /^Tara Lead \(@?.*\) requests Mary Major \(Mary\) in production · CU-1001\n/,
    );
    for (const words of ['Basic Routing Profile', 'back-fill for J. Ortiz']) {
      assert.ok(screenReader.includes(words), words);
    }
    assert.match(screenReader, /Needs 1 approval from somebody with Users – Create/);
    assert.match(notification, /Tara Lead .*requests Mary Major/s);
    const sent = await tara.isSent(/is in #/);
    assert.match(sent.raw.heard.screenReader, /in #agent-requests\. You’ll get the result here\./);
  });
});

describe('a requests channel that another company sees', { concurrency: 2 }, () => {
  test('is said on the card, and at the start', async (t) => {
    const { sandbox, tara, ask, stopBot, startBot, logSays } = await startScenario(t);
    await stopBot();
    const eve = { channel: requestsChannel, action: 'join', user: 'U0EVE' };
    await sandbox.call('POST', '/channels', eve);
    await startBot();
    await logSays(/shared with another company/);
    const asked = await ask(tara);
    assert.match(asked.text, /shared with another company: people there see this request/);
  });

  test('gets no card when the policy refuses that, and the requester is told why', async (t) => {
    const instance = { sharedChannel: 'refuse' } as const;
    const { sandbox, tara, ari, stopBot, startBot } = await startScenario(t, { instance });
    await sandbox.call('POST', '/channels', {
      channel: requestsChannel,
      action: 'join',
      user: 'U0EVE',
    });
    await stopBot();
    await assert.rejects(startBot(), /shared with another company.*sharedChannel/s);
    await sandbox.call('POST', '/channels', {
      channel: requestsChannel,
      action: 'leave',
      user: 'U0EVE',
    });
    await startBot();
    assert.deepEqual(await ari.messages(), []);
    await tara.openForm();
  });
});

describe('a file of another company', () => {
  test('has the name that files.info returns', async (t) => {
    const { sandbox, tara } = await startScenario(t);
    const channel = requestsChannel;
    await sandbox.call('POST', '/channels', { channel, action: 'join', user: 'U0EVE' });
    const posted = await postFile(sandbox, 'U0EVE', { channel, name: 'partner.csv', content });
    assert.equal((await useShortcut(sandbox, tara, posted)).outcome, 'ok');
    let last: string[] = [];
    await eventually(
      'the answer names it',
      async () => {
        last = (await tara.thread(posted)).map((message) => message.text);
        return last.find((text) => /partner\.csv.*1 row is ready/s.test(text));
      },
      { seen: () => last },
    );
  });
});

describe('who has to notice', { concurrency: 2 }, () => {
  test('is mentioned on the card once, and reminded with a link until the decision', async (t) => {
    const card = {
      notify: ['S0LEADS', 'U0BEA'],
      directMessage: ['U0ARI', 'U0TARA'],
      confirmAbove: 0,
    };
    const {
      sandbox,
      tara,
      ari,
      ask,
      card: cardSays,
      settled,
    } = await startScenario(t, {
      instance: { card },
    });
    const asked = await ask(tara);
    const told = await ari.isSent(/Waiting for approval\. Open the card/);
    assert.match(JSON.stringify(told.raw.blocks), /archives\/C0REQUESTS\/p\d+/);
    const { message_ts } = linkOf(told);
    assert.equal(message_ts, asked.ts);
    await tara.isSent(/is on its way|Open the card/);

    // Above the policy's number of users, an approval requires a confirmation.
    const approve = { user: ari.id, channel: requestsChannel, messageTs: asked.ts };
    const unconfirmed = sandbox.call('POST', '/actions', {
      ...approve,
      actionId: 'approve_request',
    });
    await assert.rejects(unconfirmed, /will be created in production/);
    await ari.press(asked, 'Approve');
    await cardSays(/✅ 1 created/);
    await ari.isSent(/No longer waiting/);
    await settled();
    const notified = (await sandbox.wire('web-api')).filter((call) =>
      call.mentions?.includes('S0LEADS'),
    );
    assert.deepEqual(
      notified.map((call) => [call.name, call.mentions?.includes('U0BEA')]),
      [['chat.postMessage', true]],
    );
    const direct = await tara.directMessages();
    assert.ok(
      direct.every((message) => !/Waiting for approval/.test(message.text)),
      'not oneself',
    );
  });
});

/** The message to which the link in another message leads. */
function linkOf(message: Seen): { message_ts: string } {
  const digits = /\/p(\d{10})(\d{6})/.exec(JSON.stringify(message.raw.blocks));
  return { message_ts: `${digits?.[1]}.${digits?.[2]}` };
}
