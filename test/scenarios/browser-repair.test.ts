/** A file is corrected in Slack on a phone, in a real browser, without a download or a second post. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import { csv, postFile, rowOf } from './handed-files.ts';
import { startScenario } from './harness.ts';
import { openPage, phone } from './page.ts';
import { requestsChannel } from './person.ts';

const basic = 'Basic Routing Profile';

describe('a file on a phone', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());

  test('is corrected by suggestions, one choice for all, and a row at a time, then requested', async (t) => {
    const { sandbox, tara, ari, card } = await startScenario(t, { workspace: { withPage: true } });
    const content = csv(
      rowOf('anna'),
      ...['ben', 'cleo'].map((name) => rowOf(name, { routing: 'Basic Ruting Profile' })),
      rowOf('dora', { security: 'Agent|Supervisr' }),
      ...['eli', 'fay'].map((name) => rowOf(name, { routing: 'Hotline' })),
      rowOf('gus', { email: 'gus@harbour' }),
      rowOf('jdoe'),
    );
    const posted = await postFile(sandbox, tara.id, {
      channel: requestsChannel,
      text: '<@U0BOT> our new starters',
      content,
    });
    const address = `${sandbox.url}/?as=U0TARA&channel=${requestsChannel}&thread=${posted.ts}`;
    const page = await openPage(t, browser, address, phone);
    const thread = page.getByTestId('thread-pane');
    const form = page.getByTestId('modal');
    const tooWide = () => document.documentElement.scrollWidth - window.innerWidth;
    const fits = async (what: string) =>
      assert.equal(await page.evaluate(tooWide), 0, `${what} is wider than the phone`);

    await thread.getByText(/7 rows need to be corrected/).waitFor();
    await fits('the offer');
    await thread.getByRole('button', { name: /^Use the 3 suggestions/ }).tap();
    await form
      .getByText('Rows 3 and 4 · Routing profile: “Basic Ruting Profile” becomes')
      .waitFor();
    await form.getByText('Row 5 · Security profiles: “Supervisr” becomes').waitFor();
    await fits('the list of suggestions');
    await form.getByRole('button', { name: 'Use all 3' }).tap();

    await thread.getByText(/4 rows need to be corrected/).waitFor();
    await thread.getByRole('button', { name: 'Choose for all' }).tap();
    await form.getByRole('combobox', { name: '“Hotline”' }).tap();
    await page.keyboard.type('basic');
    await page.getByRole('option', { name: basic, exact: true }).tap();
    await fits('the choice for all');
    await form.getByRole('button', { name: 'Use for all' }).tap();

    await thread.getByText(/2 rows need to be corrected/).waitFor();
    await thread.getByRole('button', { name: 'Fix here' }).tap();
    await form.getByText('Row 8').waitFor();
    await fits('the form of a row');
    const email = form.getByRole('textbox', { name: 'Email' });
    assert.equal(await email.inputValue(), 'gus@harbour');
    await email.fill('gus@');
    await form.getByTestId('modal-submit').tap();
    await form.getByRole('alert').filter({ hasText: 'gus@' }).waitFor();
    await email.fill('gus@harbour.example');
    await form.getByTestId('modal-submit').tap();
    await form.getByText('Row 9').waitFor();
    await form.getByRole('textbox', { name: 'Username' }).fill('jdoe.two');
    await form.getByTestId('modal-submit').tap();
    await form.waitFor({ state: 'detached' });

    await thread.getByText(/8 rows are ready to request/).waitFor();
    await thread.getByRole('button', { name: 'Request 8 users' }).tap();
    await ari.press(await card(/requests 8 users/), 'Approve 8');
    await card(/✅ 8 created/);
    assert.equal((await sandbox.connectUser('fay'))?.routingProfile, basic);
    assert.deepEqual((await sandbox.connectUser('dora'))?.securityProfiles.toSorted(), [
      'Agent',
      'Supervisor',
    ]);
    assert.equal((await sandbox.connectUser('jdoe.two'))?.email, 'jdoe@harbour.example');
  });
});
