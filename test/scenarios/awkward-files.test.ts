/**
 * Files that cannot be fetched, or whose content does not match their type: their thread gets one clear sentence, and
 * nothing is lost.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { csv, fileIn, postFile, rowOf, websiteHeader } from './handed-files.ts';
import { startScenario } from './harness.ts';
import { requestsChannel } from './person.ts';
import { createsOf, everybodyMentioned, everythingSaid } from './wire.ts';

const mention = '<@U0BOT>';
const channel = requestsChannel;

describe('a file that Slack does not hand over', { concurrency: 3 }, () => {
  for (const as of ['html', 'redirect', 'forbidden'] as const) {
    test(`because it answers with ${as}, is requested where the bot can read it`, async (t) => {
      const { sandbox, tara, threadSays } = await startScenario(t);
      await sandbox.fault({ on: 'slack', kind: 'file', as }, 5);
      const posted = await postFile(sandbox, tara.id, {
        channel,
        text: mention,
        content: csv(rowOf('anna')),
      });
      await threadSays(posted, /Slack didn’t give me access to november\.csv.*direct message/s);
    });
  }

  test('is fetched again when the download breaks off, and the thread says so meanwhile', async (t) => {
    const { sandbox, tara, threadSays } = await startScenario(t);
    await sandbox.fault({ on: 'slack', kind: 'file', as: 'cut' }, 2);
    const posted = await postFile(sandbox, tara.id, {
      channel,
      text: mention,
      content: csv(rowOf('anna')),
    });
    await threadSays(posted, /1 row is ready to request/);
  });

  test('is waited for while Slack fails', async (t) => {
    const { sandbox, tara, threadSays } = await startScenario(t);
    await sandbox.fault({ on: 'slack', kind: 'method', match: 'files.info', error: 'http_500' }, 1);
    const posted = await postFile(sandbox, tara.id, {
      channel,
      text: mention,
      content: csv(rowOf('anna')),
    });
    await threadSays(posted, /1 row is ready to request/);
  });
});

describe('a file that is not what it seems', { concurrency: 3 }, () => {
  const files: readonly (readonly [what: string, content: string | Uint8Array, said: RegExp])[] = [
    [
      'a picture',
      Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      /Send a \.csv, \.xlsx or \.json file/,
    ],
    ['a login page', '<!doctype html><html><title>Sign in</title></html>', /web page/],
    ['nothing', ' \r\n', /empty/],
    ['a header only', websiteHeader, /no users? below it/],
    [
      'a protected workbook',
      Buffer.from('d0cf11e0a1b11ae1000000000000000000000000', 'hex'),
      /\.xlsx|protected|Save/,
    ],
    [
      'an open quote',
      csv('Nia,"One,nia@harbour.example,nia,Basic Routing Profile,Agent,soft,,yes,30'),
      /never closed/,
    ],
  ];
  for (const [what, content, said] of files) {
    test(`but ${what} gets one sentence that says what to do`, async (t) => {
      const { sandbox, tara, ari, threadSays } = await startScenario(t);
      const posted = await postFile(sandbox, tara.id, { channel, text: mention, content });
      const answer = await threadSays(posted, said);
      assert.deepEqual(answer.buttons, ['Upload corrected file']);
      assert.ok(answer.text.length < 500, answer.text);
      assert.equal(
        (await ari.messages()).filter((message) => message.text.includes(' requests ')).length,
        0,
      );
    });
  }
});

describe('what is in a file', () => {
  test('H6: cannot mention anybody, nor become a formula in the files that come back', async (t) => {
    const { sandbox, tara, threadSays } = await startScenario(t);
    const row =
      '<!channel>,=HYPERLINK("x"),not-an-address,nia,<!here> *bold*,Agent,soft,,yes,30'.replace(
        '=HYPERLINK("x")',
        '"=HYPERLINK(""x"")"',
      );
    const posted = await postFile(sandbox, tara.id, {
      channel,
      text: mention,
      content: csv(row, rowOf('anna')),
    });
    await threadSays(posted, /1 row is ready to request/);
    const report = await fileIn(sandbox, () => tara.thread(posted), /report\.csv$/);
    assert.match(report, /"'=HYPERLINK/);
    const mentioned = (await everybodyMentioned(sandbox)).filter((who) => who !== 'U0BOT');
    assert.deepEqual(mentioned, []);
  });

  test('H4: passwords are in no message, no report and no table, and reach Connect', async (t) => {
    const { sandbox, tara, ari, database, card, threadSays, log } = await startScenario(t);
    const header = websiteHeader.replace('user login', 'password,user login');
    const content = `${header}\r\nNia,One,nia@harbour.example,Sup3rSecretPass,nia,Basic Routing Profile,Agent,soft,,yes,30\r\nBo,Two,bo@harbour.example,An0therSecret,bo,No Such Profile,Agent,soft,,yes,30\r\n`;
    const posted = await postFile(sandbox, tara.id, { channel, text: mention, content });
    const offer = await threadSays(posted, /the file stays in Slack/);
    await tara.press(offer, offer.buttons[0] ?? '');
    const asked = await card(/requests 1 user/);
    await ari.press(asked, 'Approve 1');
    await card(/✅ 1 created/);
    assert.equal((await sandbox.connectUser('nia'))?.hasPassword, true);
    assert.equal(await createsOf(sandbox, 'nia'), 1);
    const secrets = /Sup3rSecretPass|An0therSecret/;
    const tables = await database.query(
      'select (select json_agg(r) from rows r)::text || (select json_agg(r) from request_files r)::text || (select json_agg(j.data) from jobs.job j)::text as all',
    );
    assert.doesNotMatch(JSON.stringify(tables), secrets);
    const report = await fileIn(sandbox, () => tara.thread(posted), /report\.csv$/);
    const results = await fileIn(sandbox, () => tara.thread(asked), /results\.csv$/);
    for (const file of [report, results]) assert.doesNotMatch(file, secrets);
    await tara.isSent(/1 created/);
    assert.doesNotMatch(log(), secrets);
    assert.doesNotMatch(await everythingSaid(sandbox), secrets);
  });
});
