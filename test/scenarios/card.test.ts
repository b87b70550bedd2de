/** The card as an approver reads it: anomalies first, then similar users, all on one screen of a phone. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import { csv, postFile, rowOf } from './handed-files.ts';
import { startScenario } from './harness.ts';
import { be, openPage, phone } from './page.ts';
import { requestsChannel } from './person.ts';
import { mary } from './stage.ts';

const unusual = {
  ...mary,
  Username: 'ari.admim',
  Email: 'mary@elsewhere.example',
  'Security profiles': ['Agent', 'Supervisor', 'Admin'],
  Reason: 'Interim head of the night shift until the new one starts in January, agreed with HR',
};

describe('the card', { concurrency: 2 }, () => {
  test('says first what is unusual, and compares with whom the users are like', async (t) => {
    const { tara, ari, noa, ask } = await startScenario(t);
    const asked = await ask(tara, unusual);
    assert.match(
      asked.text,
      /CU-1001\n.*Admin can create users.*\n(?:.*\n)*.*First Supervisor and Admin in 90 days\.\n/,
    );
    assert.match(asked.text, /“ari\.admim” close to “ari\.admin” \(Ari Admin\)\./);
    assert.match(asked.text, /External email: elsewhere\.example\./);
    assert.ok(asked.text.indexOf('close to') < asked.text.indexOf('Access Agent'));
    await ari.press(asked, 'Compare');
    const said = await ari.notice(/Most similar existing users/);
    assert.match(said, /Mary Major \(ari\.admim\)\s+Access Agent, Supervisor, Admin/);
    assert.match(said, /\(\S+\): without .*Supervisor/);
    await noa.press(asked, 'Compare');
    const refused = await noa.notice(/Only people who hold Users – Create in production/);
    assert.doesNotMatch(refused, /Most similar/);
  });

  test('names the sender of a file whom nobody knew before', async (t) => {
    const { sandbox, tara, card, threadSays } = await startScenario(t);
    const rows = Array.from({ length: 12 }, (_none, at) => rowOf(`agent${at}`));
    const content = csv(...rows, rowOf('zoe', { email: 'zoe@' }));
    const file = { channel: requestsChannel, text: '<@U0BOT> please', content };
    const posted = await postFile(sandbox, tara.id, file);
    const offer = await threadSays(posted, /12 rows are ready/);
    assert.match(offer.text, /1 row needs to be corrected and is left out\. Correct it here, or/);
    await tara.press(offer, 'Request 12 users');
    const asked = await card(/requests 12 users/);
    assert.match(asked.text, /First request of Tara Lead, and for 12 users/);
  });

  test('compares the rarest users of a file first', async (t) => {
    const { sandbox, tara, ari, card, threadSays } = await startScenario(t);
    const rows = [rowOf('anna'), rowOf('ben', { security: 'Supervisor' }), rowOf('cleo')];
    const posted = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: '<@U0BOT> please',
      content: csv(...rows),
    });
    const offer = await threadSays(posted, /3 rows/);
    await tara.press(offer, offer.buttons[0] ?? '');
    await ari.press(await card(/3 users in production/), 'Compare');
    const said = await ari.notice(/Most similar existing users/);
    assert.match(said, /\(ben\).*Access Supervisor.*\(anna\) and 1 other with the same access/s);
  });
});

describe('on a phone', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());

  test('name, access, what is unusual, reason and buttons fit on one screen', async (t) => {
    const { sandbox, tara, ask } = await startScenario(t, { workspace: { withPage: true } });
    const longName = {
      'First name': 'Maximiliana Konstantina',
      'Last name': 'von Hohenlohe-Langenburg',
    };
    await ask(tara, { ...unusual, ...longName });
    const page = await openPage(t, browser, sandbox.url, phone);
    await be(page, 'Ari Admin');
    const message = page.getByTestId('message').filter({ hasText: 'Hohenlohe-Langenburg' });
    await message.getByRole('button', { name: 'Approve' }).waitFor();
    for (const words of ['Access', 'Admin can create users', 'Reason', 'Deny', 'Compare']) {
      assert.ok(await message.getByText(words).first().isVisible(), words);
    }
    const box = await message.boundingBox();
    t.diagnostic(`the card takes ${Math.round(box?.height ?? 0)} px of 700`);
    if (process.env.SHOTS) await message.screenshot({ path: `${process.env.SHOTS}/card-390.png` });
    assert.ok(box && box.height <= 620, `${box?.height} px`);
    // The help must be readable on a phone as well.
    await tara.command('help', requestsChannel);
    await be(page, 'Tara Lead');
    const help = page.getByTestId('message').filter({ hasText: 'opens a form for one' });
    await help.waitFor();
    const helpBox = await help.boundingBox();
    t.diagnostic(`the help takes ${Math.round(helpBox?.height ?? 0)} px of 700`);
    assert.ok(helpBox && helpBox.height <= 700, `${helpBox?.height} px`);
  });
});
