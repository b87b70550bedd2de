/**
 * Many users from a file: the five ways to submit it, its findings, the approval, the receipt, and the corrected
 * file.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Message } from '../../sandbox/api/messages.ts';
import { csv, fileIn, postFile, rowOf } from './handed-files.ts';
import { startScenario } from './harness.ts';
import { generalChannel, requestsChannel } from './person.ts';
import { eventually } from './sandbox-calls.ts';
import { seen } from './seen.ts';
import { acceptedCalls, createsOf } from './wire.ts';

const mention = '<@U0BOT> please';

describe('a file posted in the requests channel', () => {
  test('is checked at once, requested without its wrong rows, approved, created and answered', async (t) => {
    const { sandbox, tara, ari, card, threadSays } = await startScenario(t);
    const content = csv(
      rowOf('anna'),
      rowOf('ben', { routing: 'Basic Ruting Profile' }),
      rowOf('cleo', { security: 'Agent|Supervisor' }),
      rowOf('jdoe'),
    );
    const posted = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: `${mention} new starters in November`,
      content,
    });

    const offer = await threadSays(posted, /2 rows are ready to request/);
    assert.match(offer.text, /2 rows need to be corrected/);
    assert.match(
      offer.text,
      /Row 3, Nia ben · Routing profile: .*Basic Ruting Profile.*Basic Routing Profile/s,
    );
    assert.match(offer.text, /Row 5, Nia jdoe · Username: .*jdoe/s);
    assert.deepEqual(offer.buttons, [
      'Request 2 users',
      'Use the suggestion',
      'Choose for all',
      'Fix here',
      'Cancel',
    ]);
    assert.equal(
      (await sandbox.wire('connect')).filter((call) => call.name === 'CreateUser').length,
      0,
    );
    const thread = () => ari.thread(posted);
    const report = await fileIn(sandbox, thread, /report\.csv$/);
    assert.match(report, /^first name,last name,.*,status,problem,suggestion\r\n/);

    // Only the person who sent the file may request its rows.
    await ari.press(offer, 'Request 2 users');
    await ari.isTold(/Only Tara Lead/);
    await tara.press(offer, 'Request 2 users');

    const asked = await card(/requests 2 users in production .* november\.csv/);
    assert.match(asked.text, /2 × Agent, 1 × Supervisor/);
    assert.match(asked.text, /Supervisor can listen in on calls/);
    assert.match(asked.text, /Reason new starters in November/);
    assert.match(asked.text, /2 rows of the file were left out/);
    assert.deepEqual(asked.buttons, ['Approve 2', 'Deny', 'Show rows', 'Compare', 'Withdraw']);
    await ari.press(asked, 'Show rows');
    await ari.notice(/Nia anna \(anna\)/);

    await ari.press(asked, 'Approve 2');
    await card(/✅ 2 created · approved by Ari Admin/);
    await threadSays(asked, /2 of 2 users are in production now/);
    assert.equal((await sandbox.connectUser('anna'))?.routingProfile, 'Basic Routing Profile');
    assert.deepEqual((await sandbox.connectUser('cleo'))?.securityProfiles.toSorted(), [
      'Agent',
      'Supervisor',
    ]);
    assert.equal(await sandbox.connectUser('ben'), undefined);
    await tara.isSent(/2 created/);

    // When the results file is corrected and sent again, only the missing user is requested.
    const results = await fileIn(sandbox, () => ari.thread(asked), /results\.csv$/);
    assert.match(results, /created/);
    const corrected = results.replaceAll('Basic Ruting Profile', 'Basic Routing Profile');
    const again = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: mention,
      name: 'corrected.csv',
      content: corrected,
    });
    const second = await threadSays(again, /1 row is ready to request/);
    assert.match(second.text, /2 rows were created earlier/);
    await tara.press(second, second.buttons[0] ?? '');
    const secondCard = await card(/requests 1 user in production .* corrected\.csv/);
    await ari.press(secondCard, 'Approve 1');
    await threadSays(secondCard, /1 of 1 users? (is|are) in production now/);
    assert.ok(await sandbox.connectUser('ben'));
    assert.equal(await createsOf(sandbox, 'anna'), 1);
  });

  test('becomes a separate request when a message has several files, and the bot says so once', async (t) => {
    const { sandbox, tara, ari, threadSays, stopBot, startBot } = await startScenario(t);
    const files = ['north.csv', 'south.csv', 'east.csv'].map((name, index) => ({
      name,
      contentBase64: Buffer.from(csv(rowOf(`agent${index}`))).toString('base64'),
    }));
    const posted = seen(
      (
        await sandbox.call<{ message: Message }>('POST', '/messages', {
          user: tara.id,
          channel: requestsChannel,
          text: mention,
          files,
        })
      ).message,
    );
    const said = await threadSays(posted, /3 files are 3 requests/);
    assert.match(said.text, /CU-(\d+) north\.csv\nCU-\d+ south\.csv\nCU-\d+ east\.csv$/);
    const offers = async () =>
      (await ari.thread(posted)).filter((message) =>
        /1 row is ready to request/.test(message.text),
      );
    await eventually('three answers', async () => (await offers()).length === 3);
    for (const offer of await offers())
      assert.match(said.text, new RegExp(/CU-\d+/.exec(offer.text)?.[0] ?? 'none'));
    // A bot that finds the message again after a restart posts nothing more.
    await stopBot();
    await startBot();
    await eventually('the bot is there', async () => (await tara.command('help')).outcome === 'ok');
    const repeated = (await ari.thread(posted)).filter((message) =>
      /3 files are/.test(message.text),
    );
    assert.equal(repeated.length, 1);
  });

  test('is ignored when the message does not mention the bot', async (t) => {
    const { sandbox, tara, ari, database } = await startScenario(t);
    const plain = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      content: csv(rowOf('anna')),
    });
    const meant = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: mention,
      content: csv(rowOf('ben')),
    });
    await eventually('the second is answered', async () => (await ari.thread(meant)).length > 0);
    assert.equal((await ari.thread(plain)).length, 0);
    assert.equal((await database.query('select 1 from requests')).length, 1);
  });

  test('is found once when the bot starts after it was down (H5)', async (t) => {
    const { sandbox, tara, database, threadSays, stopBot, startBot } = await startScenario(t);
    await stopBot();
    const posted = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: mention,
      content: csv(rowOf('anna')),
    });
    await startBot();
    await threadSays(posted, /1 row is ready to request/);
    await stopBot();
    await startBot();
    // The bot searches for files in the background after its start; when it is stopped, it finishes this search
    // first.
    await stopBot();
    assert.equal((await database.query('select 1 from requests')).length, 1);
  });
});

describe('a failed row', () => {
  test('is tried again under the same approval, with a results file of its own', async (t) => {
    const { sandbox, tara, ari, card, threadSays } = await startScenario(t);
    const posted = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: mention,
      content: csv(rowOf('anna'), rowOf('ben'), rowOf('cleo')),
    });
    await tara.press(await threadSays(posted, /3 rows are ready to request/), 'Request 3 users');
    const asked = await card(/requests 3 users/);
    const ben = { instance: 'production', action: 'add-user', user: { username: 'ben' } } as const;
    await sandbox.website({ ...ben, user: { ...ben.user, securityProfileIds: ['Trainee'] } });
    await ari.press(asked, 'Approve 3');
    const failed = await card(/⚠ 2 created, 1 failed/);
    assert.deepEqual(failed.buttons, ['Retry 1 failed', 'Evidence']);
    await threadSays(asked, /2 of 3 users are in production now.*Row 3.*already exists/s);
    const first = await fileIn(sandbox, () => ari.thread(asked), /-results\.csv$/);
    assert.match(first, /ben,.*failed/);

    await sandbox.website({ instance: 'production', action: 'delete-user', id: 'ben' });
    await ari.press(failed, 'Retry 1 failed');
    await card(/✅ 3 created/);
    await threadSays(asked, /3 of 3 users are in production now/);
    const second = await fileIn(sandbox, () => ari.thread(asked), /-results-2\.csv$/);
    assert.doesNotMatch(second, /failed/);
    await tara.isSent(/3 created\. The results file/);
    const thread = await ari.thread(asked);
    assert.equal(
      thread.filter((message) => /users are in production now/.test(message.text)).length,
      1,
    );
    for (const name of ['anna', 'ben', 'cleo']) assert.ok(await sandbox.connectUser(name));
    assert.equal(await createsOf(sandbox, 'anna'), 1);
  });
});

describe('the other ways in', () => {
  test('a direct message to the bot', async (t) => {
    const { sandbox, tara } = await startScenario(t);
    await postFile(sandbox, tara.id, { channel: 'U0BOT', content: csv(rowOf('anna')) });
    const offer = await eventually('the offer is there', async () => {
      const [root] = await tara.directMessages();
      const replies = root ? await tara.thread(root, root.raw.channel) : [];
      return replies.find((reply) => /1 row is ready to request/.test(reply.text));
    });
    assert.deepEqual(offer.buttons, ['Request 1 user', 'Cancel']);
  });

  test('the message shortcut, on a file that somebody else posted', async (t) => {
    const { sandbox, tara, noa, threadSays } = await startScenario(t);
    const posted = await postFile(sandbox, noa.id, {
      channel: requestsChannel,
      content: csv(rowOf('anna')),
    });
    const at = { channel: requestsChannel, messageTs: posted.ts };
    await sandbox.call('POST', '/shortcuts', {
      user: tara.id,
      callbackId: 'add_users_from_file',
      ...at,
    });
    await threadSays(posted, /1 row is ready to request/);
  });

  test('the form of /connect-add-user file', async (t) => {
    const { sandbox, tara } = await startScenario(t);
    await tara.command('file');
    const form = await tara.form();
    const contentBase64 = Buffer.from(csv(rowOf('anna'))).toString('base64');
    const { file } = await sandbox.call<{ file: { id: string } }>('POST', '/files', {
      user: tara.id,
      name: 'list.csv',
      contentBase64,
    });
    const values = { file: { file: { file_ids: [file.id] } } };
    await sandbox.call('POST', `/views/${form.id}/submit`, { user: tara.id, values });
    await tara.isSent(/list\.csv.*1 row is ready to request/s);
  });

  test('templates come by direct message and can be sent back as they are', async (t) => {
    const { tara } = await startScenario(t);
    await tara.command('template');
    const files = await eventually('three templates', async () => {
      const all = (await tara.directMessages()).flatMap((message) => message.raw.files);
      return all.length === 3 ? all : undefined;
    });
    assert.deepEqual(files.map((file) => file.name.split('.').at(-1)).toSorted(), [
      'csv',
      'json',
      'xlsx',
    ]);
  });
});

describe('a template filled in with users who exist', { concurrency: 2 }, () => {
  test('is sent only to a person who may see them; unchanged rows are ignored, and a new user is created', async (t) => {
    const { sandbox, tara, ari, bea, card, threadSays } = await startScenario(t);
    await tara.command('template csv like agent');
    await tara.isTold(
      /filled in with users of production is for those who hold Users – View/,
      generalChannel,
    );
    await ari.command('template csv like nobody here');
    await ari.isTold(/Nobody in production has “nobody here” in their name/, generalChannel);

    await ari.command('template csv like basic agent');
    const message = await ari.isSent(/Filled in with \d+ users who exist/);
    const text = await fileIn(sandbox, () => ari.directMessages(), /^production-users\.csv$/);
    const [header = '', ...rows] = text.trim().split('\r\n');
    const known = (await sandbox.connect()).users.map(({ username }) => username);
    assert.ok(rows.length >= 2 && rows.every((row) => known.some((name) => row.includes(name))));
    assert.equal(message.text.includes(`Filled in with ${rows.length} users`), true);

    const file = { channel: requestsChannel, text: mention };
    const again = await postFile(sandbox, ari.id, { ...file, content: text });
    await threadSays(
      again,
      /All users in november\.csv were already created.*There is nothing to do/s,
    );

    const columns = header.split(',');
    const example = rows[0]?.split(',') ?? [];
    const like = (changes: Readonly<Record<string, string>>) =>
      columns.map((title, at) => changes[title] ?? example[at] ?? '').join(',');
    const fresh = like({
      'first name': 'Zoe',
      'user login': 'zoe.new',
      'email address': 'zoe@harbour.example',
    });
    const changed = like({ 'last name': 'Otherwise' });
    const content = [header, changed, ...rows.slice(1), fresh, ''].join('\r\n');
    const posted = await postFile(sandbox, ari.id, { ...file, name: 'more.csv', content });
    const offer = await threadSays(posted, /1 row is ready to request/);
    assert.match(offer.text, /already exists in production/);
    await ari.press(offer, 'Request 1 user');
    await bea.press(await card(/Zoe/), 'Approve 1');
    await card(/✅ 1 created/);
    assert.ok(await sandbox.connectUser('zoe.new'));
  });
});

describe('a template by its format', { concurrency: 2 }, () => {
  for (const [words, name] of [
    ['template xlsx', 'production-users.xlsx'],
    ['template json sso', 'sso-users.json'],
  ] as const) {
    test(`${words} is one file`, async (t) => {
      const { tara } = await startScenario(t);
      await tara.command(words);
      const files = await eventually('a template', async () => {
        const all = (await tara.directMessages()).flatMap((message) => message.raw.files);
        return all.length > 0 ? all : undefined;
      });
      assert.deepEqual(
        files.map((file) => file.name),
        [name],
      );
    });
  }
});

describe('steering what is being created', () => {
  test('a quota that fills up in the middle pauses once; resumed, every user is created once', async (t) => {
    const { sandbox, tara, ari, card, threadSays, database } = await startScenario(t);
    const names = Array.from({ length: 60 }, (_, index) => `agent${index}`);
    const posted = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: mention,
      content: csv(...names.map((name) => rowOf(name))),
    });
    await tara.press(await threadSays(posted, /60 rows are ready to request/), 'Request 60 users');
    const asked = await card(/requests 60 users/);
    const before = (await sandbox.connect()).users.length;
    await sandbox.configureConnect({ usersQuota: before + 25 });
    await ari.press(asked, 'Approve 60');
    const stopped = await card(/⏸ Paused at 25 of 60\. production is full.*Then press Resume/);
    assert.deepEqual(stopped.buttons, ['Resume', 'Cancel the rest']);
    const events = await database.query(`select 1 from audit_events where kind = 'stopped'`);
    assert.equal(events.length, 1, 'however many sends met it');

    await sandbox.configureConnect({ usersQuota: 500 });
    await tara.press(stopped, 'Resume');
    await card(/✅ 60 created/);
    const there = (await sandbox.connect()).users.map((user) => user.username);
    assert.deepEqual(
      there.filter((username) => names.includes(username)).toSorted(),
      names.toSorted(),
    );
    const notes = (await ari.thread(asked)).filter((message) =>
      /production is full|There is room again/.test(message.text),
    );
    assert.equal(notes.length, 1);
  });

  test('hundreds of rows cost few messages and few edits, and the card tells how it goes', async (t) => {
    const { sandbox, tara, ari, card, threadSays, settled } = await startScenario(t, {
      instance: { pace: { ratePerSecond: 120, burst: 20 } },
      connect: { usersQuota: 2_000 },
    });
    const rows = 600;
    const names = Array.from({ length: rows }, (_, index) => `agent${index}`);
    const posted = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: mention,
      content: csv(...names.map((name) => rowOf(name))),
    });
    const offer = await threadSays(posted, /600 rows are ready to request/);
    await tara.press(offer, offer.buttons[0] ?? '');
    await ari.press(await card(/requests 600 users/), 'Approve 600');
    const progress = await card(/of 600 · \d+ per second · about/);
    assert.match(
      progress.text,
      /█*░+ \d+ of 600 · (\d+) per second · about \d+ (second|minute)s? left/,
    );
    assert.deepEqual(progress.buttons, ['Pause', 'Cancel the rest']);
    await card(/✅ 600 created/);
    await fileIn(sandbox, () => ari.thread(progress), /results\.csv$/);
    await settled();

    const posts = await acceptedCalls(sandbox, 'chat.postMessage');
    const uploads = await acceptedCalls(sandbox, 'files.completeUploadExternal');
    assert.ok(
      posts.length + uploads.length < 20,
      `${posts.length} messages, ${uploads.length} files`,
    );
    const edits = (await acceptedCalls(sandbox, 'chat.update')).filter((call) =>
      JSON.stringify(call.request).includes('per second'),
    );
    const [first, last] = [edits.at(0), edits.at(-1)].map((edit) => Date.parse(edit?.at ?? ''));
    // One more edit is allowed: two seconds after the approval the decision is shown without its receipt.
    const mostEdits = ((last ?? 0) - (first ?? 0)) / 3_000 + 2;
    assert.ok(edits.length >= 1 && edits.length <= mostEdits + 0.5, `${edits.length} edits`);
  });

  test('a request is paused, resumed, and its rest cancelled', async (t) => {
    const { sandbox, tara, ari, card } = await startScenario(t, {
      instance: { pace: { ratePerSecond: 4, burst: 1 } },
    });
    const names = Array.from({ length: 12 }, (_, index) => `agent${index}`);
    const content = csv(...names.map((name) => rowOf(name)));
    const posted = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: mention,
      content,
    });
    const offer = await eventually('the offer', async () =>
      (await ari.thread(posted)).find((message) => message.buttons.length > 0),
    );
    await tara.press(offer, 'Request 12 users');
    await ari.press(await card(/requests 12 users/), 'Approve 12');
    await ari.press(await card(/░/), 'Pause');
    const paused = await card(/Paused at \d+ of 12/);
    assert.deepEqual(paused.buttons, ['Resume', 'Cancel the rest']);
    await tara.press(paused, 'Cancel the rest');
    const done = await card(/created, \d+ cancelled/);
    const created = Number(/(\d+) created/.exec(done.text)?.[1]);
    const there = (await sandbox.connect()).users.filter((user) => names.includes(user.username));
    assert.equal(there.length, created);
    assert.ok(created < 12);
  });
});
