/**
 * `node docs/screenshots.ts`: makes the pictures of the README out of the real thing: `npm run sandbox` in a
 * process of its own, and a browser in which Tara asks for Mary Major and Ari approves.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { launchBrowser } from '../test/browser.ts';

const repository = fileURLToPath(new URL('..', import.meta.url));
const channel = 'C0REQUESTS';

const { address, sandbox } = await startSandbox();
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
  await picture(thread, 'receipt.png');
} finally {
  await browser.close();
  const gone = once(sandbox, 'exit');
  sandbox.kill('SIGTERM');
  await gone;
}

/** The sandbox with the bot in it, on any free ports. */
async function startSandbox(): Promise<{ address: string; sandbox: ChildProcess }> {
  const child = spawn(process.execPath, ['sandbox/main.ts'], {
    cwd: repository,
    env: { ...process.env, SANDBOX_PORT: '0', SANDBOX_CONNECT_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(child.stdout)) {
    const ready = /^sandbox ready: (\S+)$/.exec(line)?.[1];
    if (!ready) continue;
    // Read on, or a full pipe would stop it.
    child.stdout.resume();
    return { address: ready, sandbox: child };
  }
  throw new Error('the sandbox did not start');
}

async function visit(person: string): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1180, height: 820 },
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

async function openForm(page: Page): Promise<Locator> {
  const composer = page.getByTestId('composer').getByRole('textbox');
  await composer.fill('/connect-add-user');
  await composer.press('Escape');
  await composer.press('Enter');
  await modal(page).getByLabel('First name').waitFor();
  return modal(page);
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
