/** An approver in a real browser: the link in Slack, its page, the company's sign-in, and the card. */
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import { listenOnLoopback } from '../loopback.ts';
import { ari, startSignInScenario } from '../sign-in/scenario.ts';
import { desk, openPage } from './page.ts';

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listenOnLoopback(server);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

describe('a fresh sign-in in a browser', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());

  test('begins at the link that only the approver sees, and ends at the card', async (t) => {
    const scenario = await startSignInScenario(t, {
      port: await freePort(),
      workspace: { withPage: true },
      accounts: [
        { ...ari, name: 'Ari Admin' },
        { sub: 'bea-1', name: 'Bea Berg', email: 'bea@harbour.example' },
      ],
    });
    const { tara, sandbox, ask } = scenario;
    await ask(tara);
    const page = await openPage(t, browser, `${sandbox.url}/?as=U0ARI&channel=C0REQUESTS`, desk);
    const card = page.getByTestId('message').filter({ hasText: 'requests Mary Major' });
    await card.getByRole('button', { name: 'Approve' }).click();
    const link = page.getByRole('link', { name: 'Sign in' });
    const href = (await link.getAttribute('href')) ?? '';
    const own = await page.context().newPage();
    const refused: string[] = [];
    own.on('console', (message) => {
      if (message.type() === 'error') refused.push(message.text());
    });
    await own.goto(href);
    await own.getByRole('heading', { name: 'Approve CU-1001?' }).waitFor();
    await own.getByRole('button', { name: 'Sign in and approve' }).click();
    await own.getByRole('heading', { name: 'The sandbox’s identity provider' }).waitFor();
    await own.getByRole('combobox').selectOption('mfa');
    await own.getByRole('button', { name: /Ari Admin/ }).click();
    await own.getByRole('heading', { name: 'You are signed in' }).waitFor();
    await card.getByText(/1 created · approved by Ari Admin/).waitFor();
    // The pages' content security policy blocks none of their own resources.
    assert.deepEqual(
      refused.filter((text) => !/favicon/.test(text)),
      [],
    );
  });
});
