/** The effort of a typical hire, measured in a browser with a phone's width: clicks and keys after the command. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import { startScenario } from './harness.ts';
import { openPage, phone, say } from './page.ts';
import { mary } from './stage.ts';

/** Counts a person's clicks and keys on the page from now on. */
async function counting(page: Page): Promise<() => Promise<{ clicks: number; keys: number }>> {
  await page.evaluate(() => {
    const counted = { clicks: 0, keys: 0 };
    Object.assign(window, { counted });
    window.addEventListener('click', () => counted.clicks++, true);
    window.addEventListener('keydown', () => counted.keys++, true);
  });
  return () => page.evaluate(() => (window as unknown as { counted: never }).counted);
}

async function pickMember(page: Page, form: Locator, name: string): Promise<void> {
  await form.getByRole('combobox', { name: 'From Slack' }).click();
  await page.getByRole('option', { name: new RegExp(name) }).click();
}

/** Waits until a field has this value. */
async function isFilledIn(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    (value) => [...document.querySelectorAll('input')].some((input) => input.value === value),
    text,
  );
}

describe('the usual hire', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());

  test('takes three clicks and no typing with a preset and a person selected from Slack', async (t) => {
    const { sandbox, ari, card } = await startScenario(t, { workspace: { withPage: true } });
    const address = `${sandbox.url}/?as=U0TARA&channel=C0REQUESTS`;
    const page = await openPage(t, browser, address, phone);
    await say(page, '/connect-add-user tier 1 support');
    const form = page.getByTestId('modal');
    await form.getByRole('combobox', { name: 'From Slack' }).waitFor();
    const counted = await counting(page);
    await pickMember(page, form, 'Noa Lead');
    await isFilledIn(page, 'noa.lead');
    await form.getByRole('button', { name: 'Send request' }).click();
    await form.waitFor({ state: 'detached' });
    assert.deepEqual(await counted(), { clicks: 3, keys: 0 });
    await ari.press(await card(/Noa Lead/), 'Approve');
    await card(/✅ 1 created/);
    assert.equal((await sandbox.connectUser('noa.lead'))?.routingProfile, 'Basic Routing Profile');
  });

  test('takes no more clicks without a preset, for a requester who has done it before', async (t) => {
    const { sandbox, tara, ari, card } = await startScenario(t, { workspace: { withPage: true } });
    assert.deepEqual((await (await tara.openForm()).submit(mary)).errors, {});
    await ari.press(await card(/Mary Major/), 'Approve');
    await card(/✅ 1 created/);
    const address = `${sandbox.url}/?as=U0TARA&channel=C0REQUESTS`;
    const page = await openPage(t, browser, address, phone);
    await say(page, '/connect-add-user');
    const form = page.getByTestId('modal');
    await form.getByText('Clear these choices').waitFor();
    const counted = await counting(page);
    await pickMember(page, form, 'Noa Lead');
    await isFilledIn(page, 'noa.lead');
    await form.getByRole('button', { name: 'Send request' }).click();
    await form.waitFor({ state: 'detached' });
    const { clicks, keys } = await counted();
    t.diagnostic(`the usual hire takes ${clicks} clicks of 4 and ${keys} keystrokes of 35`);
    assert.ok(clicks <= 4 && keys <= 35, `${clicks} clicks, ${keys} keys`);
    await card(/requests Noa Lead/);
  });
});
