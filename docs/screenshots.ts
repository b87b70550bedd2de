/**
 * `node docs/screenshots.ts`: makes the pictures of the README and of docs/team-lead.md out of the real thing:
 * `npm run sandbox` in a process of its own, and a browser in which Tara requests Mary Major and Ari approves; then, on a
 * phone, Tara requests somebody by a preset and corrects a file.
 */
import type { Locator, Page } from 'playwright-core';
import { launchBrowser } from '../test/browser.ts';
import { repository, startSandbox } from './sandbox-process.ts';

const channel = 'C0REQUESTS';
const desk = { width: 1180, height: 820 };
/** As wide as a phone, and high enough for what a picture shows. */
const phone = { width: 390, height: 1000 };

const { address, stop } = await startSandbox();
const browser = await launchBrowser();
try {
  const tara = await visit('U0TARA');
  await fillIn(await openForm(tara));
  await scrolledToTop(modal(tara));
  await picture(modal(tara), 'form.png');
  await modal(tara).getByTestId('modal-submit').click();
  await modal(tara).waitFor({ state: 'detached' });

  const ari = await visit('U0ARI');
  const card = ari.getByTestId('message').filter({ hasText: 'Needs 1 approval' });
  await card.waitFor();
  await picture(card, 'card.png');
  await card.getByRole('button', { name: 'Approve' }).click();

  const done = ari.getByTestId('message').filter({ hasText: '1 created' });
  await done.waitFor();
  await done.getByText(/\d+ repl/).click();
  const thread = ari.getByTestId('thread-pane');
  await thread.getByText('arn:aws:connect').waitFor();
  // High enough for the whole thread.
  await ari.setViewportSize({ ...desk, height: 960 });
  await picture(thread, 'receipt.png');

  await presetHire(await visit('U0TARA', phone));
  await repair(await visit('U0TARA', phone));
} finally {
  await browser.close();
  await stop();
}

async function visit(person: string, viewport = desk): Promise<Page> {
  const context = await browser.newContext({
    viewport,
    deviceScaleFactor: 2,
    colorScheme: 'light',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(`${address}/?as=${person}&channel=${channel}`);
  await page.getByTestId('person-switcher').waitFor();
  return page;
}

function modal(page: Page): Locator {
  return page.getByTestId('modal');
}

/** A preset and somebody out of Slack: nothing is typed. */
async function presetHire(page: Page): Promise<void> {
  await say(page, '/connect-add-user tier 1 support');
  const form = modal(page);
  await form.getByRole('combobox', { name: 'From Slack' }).click();
  await page.getByRole('option', { name: /Noa Lead/ }).click();
  await page.keyboard.press('Tab');
  await page.waitForFunction(() =>
    [...document.querySelectorAll('input')].some(({ value }) => value === 'noa.lead'),
  );
  await picture(form, 'preset-form.png');
  await form.getByTestId('modal-submit').click();
  await form.waitFor({ state: 'detached' });
  const card = page.getByTestId('message').filter({ hasText: 'requests Noa Lead' });
  await card.getByText(/Needs 1 approval/).waitFor();
  await picture(card, 'preset-card.png');
}

/** A file with mistakes of several kinds, from what is wrong to the rows one after the other. */
async function repair(page: Page): Promise<void> {
  const header = 'first name,last name,username,email,routing profile,security profile';
  const row = (first: string, last: string, changes: { email?: string; routing?: string } = {}) => {
    const username = `${first}.${last}`.toLowerCase();
    const { email = `${username}@harbour.example`, routing = 'Basic Routing Profile' } = changes;
    return [first, last, username, email, routing, 'Agent'].join(',');
  };
  const rows = [
    row('Anna', 'Berg'),
    row('Ben', 'Carter', { routing: 'Basic Ruting Profile' }),
    row('Cleo', 'Dahl', { routing: 'Basic Ruting Profile' }),
    row('Dora', 'Engel', { email: 'dora.engel@harbour' }),
    row('Eli', 'Frost', { routing: 'Hotline' }),
  ];
  await page
    .getByTestId('composer')
    .locator('input[type=file]')
    .setInputFiles({
      name: 'november.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from([header, ...rows, ''].join('\r\n')),
    });
  await say(page, '<@U0BOT> our new starters');
  const posted = page.getByTestId('message').filter({ hasText: 'our new starters' });
  await posted.getByText(/\d+ repl/).click();
  const thread = page.getByTestId('thread-pane');
  const offer = thread.getByTestId('message').filter({ hasText: 'need to be corrected' });
  await offer.getByRole('button', { name: /^Use the/ }).waitFor();
  await picture(offer, 'repair-offer.png');
  await offer.getByRole('button', { name: 'Fix here' }).click();
  await modal(page)
    .getByText('Dora')
    .or(modal(page).getByText(/^Row \d/))
    .first()
    .waitFor();
  await modal(page).getByRole('button', { name: 'Skip this row' }).click();
  await modal(page)
    .getByText(/^Row 4/)
    .waitFor();
  await picture(modal(page), 'repair-row.png');
}

async function openForm(page: Page): Promise<Locator> {
  await say(page, '/connect-add-user');
  await modal(page).getByLabel('First name').waitFor();
  return modal(page);
}

async function say(page: Page, text: string): Promise<void> {
  const composer = page.getByTestId('composer').getByRole('textbox');
  await composer.fill(text);
  await composer.press('Escape');
  await composer.press('Enter');
}

async function fillIn(form: Locator): Promise<void> {
  await form.getByLabel('First name').fill('Mary');
  await form.getByLabel('Last name').fill('Major');
  await form.getByLabel('Username').fill('Mary');
  await form.getByLabel('Email').fill('mary.major@harbour.example');
  await choose(form, 'Routing profile', 'Basic Routing Profile');
  await choose(form, 'Security profiles', 'Agent');
  await choose(form, 'Hierarchy group', 'Bristol / Sales / Team Osprey');
  await form.getByRole('radio', { name: 'Desk phone' }).click();
  await form.getByLabel('Desk phone number').fill('+1 555 555 1212');
  await form.getByLabel('After-call work (seconds)').fill('60');
  await form.getByLabel('Reason').fill('Back-fill for J. Ortiz');
}

/** What a person sees first: the names, the username, the profiles. */
async function scrolledToTop(form: Locator): Promise<void> {
  await form.getByLabel('First name').focus();
  await form.getByText('Instance', { exact: true }).scrollIntoViewIfNeeded();
}

async function choose(form: Locator, label: string, name: string): Promise<void> {
  const field = form.getByRole('combobox', { name: label });
  await field.click();
  await field.fill(name);
  await form.page().getByRole('option', { name, exact: true }).click();
}

async function picture(part: Locator, name: string): Promise<void> {
  await part.page().evaluate(() => document.fonts.ready);
  await part.screenshot({ path: `${repository}docs/images/${name}`, animations: 'disabled' });
}
