/** A person attaches a file in a real browser: its findings, the request, the approval, and the results file. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import { csv, rowOf } from './handed-files.ts';
import { startScenario } from './harness.ts';
import { be, desk, openPage } from './page.ts';

describe('a file in a browser', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());

  test('is attached, its mistakes are read, the rest is requested, approved, and the results downloaded', async (t) => {
    const { sandbox } = await startScenario(t, { workspace: { withPage: true } });
    const page = await openPage(t, browser, `${sandbox.url}/?as=U0TARA&channel=C0REQUESTS`, desk);
    const composer = page.getByTestId('composer');
    const thread = page.getByTestId('thread-pane');
    const messages = page.getByTestId('message');
    const content = csv(
      rowOf('anna'),
      rowOf('ben', { routing: 'Basic Ruting Profile' }),
      rowOf('cleo'),
    );

    await composer.locator('input[type=file]').setInputFiles({
      name: 'november.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(content),
    });
    await composer.getByRole('textbox').click();
    await page.keyboard.type('<@U0BOT> our new starters');
    await page.keyboard.press('Enter');

    const posted = messages.filter({ hasText: 'our new starters' });
    await posted.getByRole('button', { name: /repl/ }).click();
    await thread.getByText(/2 rows are ready to request/).waitFor();
    await thread.getByText(/Did you mean Basic Routing Profile\?/).waitFor();
    await thread.getByRole('button', { name: 'Request 2 users' }).click();

    const card = messages.filter({ hasText: 'requests 2 users' });
    await card.getByText(/1 row of the file was left out/).waitFor();
    await be(page, 'Ari Admin');
    await card.getByRole('button', { name: 'Approve 2' }).click();
    await card.getByText(/2 created · approved by Ari Admin/).waitFor();
    await card.getByRole('button', { name: /repl/ }).click();
    await thread.getByText(/2 of 2 users are in/).waitFor();

    const results = thread.getByRole('link', { name: /results\.csv/ });
    await results.waitFor();
    const href = await results.getAttribute('href');
    const text = await (await fetch(new URL(href ?? '', sandbox.url))).text();
    assert.match(text, /anna,.*,created,[0-9a-f-]{36},arn:aws:connect:/);
    assert.match(text, /ben,.*,invalid,,,/);
    assert.ok(await sandbox.connectUser('cleo'));
  });
});
