/** The page in a browser, with a real sandbox and a small Bolt app, for the page's tests. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { type ConnectSandbox, startConnect } from '../../../sandbox/connect/server.ts';
import { createPage } from '../../../sandbox/page.ts';
import { launchBrowser } from '../../browser.ts';
import { startBolt } from '../slack/bolt.ts';
import { startTestSandbox, type TestSandbox } from '../slack/harness.ts';
import { everyBlock, listen, type Told } from './blocks-app.ts';

export const wide = { width: 1280, height: 800 };
export const narrow = { width: 390, height: 844 };

export type PageBench = {
  sandbox: TestSandbox;
  connect: ConnectSandbox;
  /** The interactions that the bot has received. */
  told: Told;
  /** The `ts` of the message with every block in #agent-requests; it has one reply. */
  card: string;
  /**
   * Opens the page in a new browser context, which is closed when the test ends. The test fails if the page has
   * thrown an error.
   */
  visit(t: TestContext, search: string, options?: VisitOptions): Promise<Page>;
  stop(): Promise<void>;
};

export type VisitOptions = { viewport?: typeof wide; colorScheme?: 'light' | 'dark' };

export async function startPageBench(): Promise<PageBench> {
  const told: Told = [];
  const connect = await startConnect({ port: 0 });
  const sandbox = await startTestSandbox({ connect, page: await createPage(), rateLimits: false });
  const bolt = await startBolt(sandbox, 'socket', (app) => listen(app, told));
  const channel = 'C0REQUESTS';
  const posted = await sandbox.api('chat.postMessage', {
    channel,
    text: 'every block',
    blocks: everyBlock,
  });
  assert.equal(posted.ok, true, JSON.stringify(posted));
  const card: string = posted.ts;
  await sandbox.api('chat.postMessage', { channel, thread_ts: card, text: 'a reply of the bot' });
  const browser = await launchBrowser();

  return {
    sandbox,
    connect,
    told,
    card,
    async visit(t, search, options = {}) {
      const context = await browser.newContext({ viewport: wide, ...options });
      const page = await context.newPage();
      const errors: string[] = [];
      t.after(async () => {
        await context.close();
        assert.deepEqual(errors, [], 'the page threw');
      });
      page.setDefaultTimeout(10_000);
      page.on('pageerror', (error) => errors.push(String(error)));
      await page.goto(`${sandbox.url}/${search}`);
      await page.getByTestId('person-switcher').waitFor();
      return page;
    },
    async stop() {
      await browser.close();
      await bolt.stop();
      await sandbox.stop();
      await connect.stop();
    },
  };
}

/** The text field of the open channel. */
export function composer(page: Page): Locator {
  return page.getByTestId('composer').getByRole('textbox');
}

export async function write(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

export function modal(page: Page): Locator {
  return page.getByTestId('modal');
}

/** The element that has the focus: its block in a modal, otherwise its class. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    const block = element?.closest('[data-block-id]')?.getAttribute('data-block-id');
    return block ?? element?.className ?? '';
  });
}
