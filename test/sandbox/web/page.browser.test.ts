import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { until } from '../../until.ts';
import {
  composer,
  modal,
  narrow,
  type PageBench,
  startPageBench,
  wide,
  write,
} from './page-bench.ts';

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

describe('the look of the page', () => {
  let bench: PageBench;
  before(async () => {
    bench = await startPageBench();
  });
  after(() => bench?.stop());

  describe('has nothing for axe to complain about', () => {
    const views: [string, string, (page: Page) => Promise<void>][] = [
      [
        'a channel with every block',
        '?as=U0TARA&channel=C0REQUESTS',
        (page) => page.getByText('Every block').waitFor(),
      ],
      [
        'a thread',
        '?as=U0TARA&channel=C0REQUESTS',
        async (page) => {
          await page.getByText('1 reply').first().click();
          await page.getByTestId('thread-pane').getByText('a reply of the bot').waitFor();
        },
      ],
      [
        'the person switcher',
        '?as=U0TARA&channel=C0REQUESTS',
        async (page) => {
          await page.getByTestId('person-switcher').click();
          await page.getByRole('listbox', { name: 'Be somebody else' }).waitFor();
        },
      ],
      [
        'a modal with an open select',
        '?as=U0SAM&channel=C0REQUESTS',
        async (page) => {
          await write(page, '/ask');
          await modal(page).getByRole('combobox', { name: 'Routing profile' }).click();
          await page.getByRole('option').first().waitFor();
        },
      ],
      [
        'the App Home',
        '?as=U0TARA&channel=U0BOT&tab=home',
        (page) => page.getByTestId('home').getByText('Your requests').waitFor(),
      ],
      [
        'Amazon Connect',
        '?as=U0TARA&channel=C0REQUESTS&drawer=connect',
        (page) => page.locator('.user-row').first().click(),
      ],
      [
        'the wire',
        '?as=U0TARA&channel=C0REQUESTS&drawer=wire',
        (page) => page.locator('.wire-row').first().click(),
      ],
      [
        'faults',
        '?as=U0TARA&channel=C0REQUESTS&drawer=faults',
        (page) => page.getByRole('button', { name: 'Switch on' }).waitFor(),
      ],
    ];
    for (const [name, search, arrive] of views) {
      for (const [size, viewport] of [
        ['1280', wide],
        ['390', narrow],
      ] as const) {
        test(`${name}, ${size} px, light and dark`, async (t) => {
          const page = await bench.visit(t, search, { viewport, colorScheme: 'light' });
          await arrive(page);
          for (const colorScheme of ['light', 'dark'] as const) {
            await page.emulateMedia({ colorScheme });
            assert.deepEqual(await violations(page), [], colorScheme);
          }
          assert.equal(await overflow(page), 0, 'nothing is wider than the window');
          if (await modal(page).isVisible())
            await modal(page).getByRole('button', { name: 'Close' }).click();
        });
      }
    }
  });

  test('a phone shows one pane at a time, with a button back', async (t) => {
    const page = await bench.visit(t, '?as=U0TARA&channel=C0REQUESTS', { viewport: narrow });
    const list = page.getByTestId('channel-list');
    assert.equal(await list.isVisible(), false);
    await page.getByRole('button', { name: 'Back to channels' }).click();
    await list.waitFor();
    await list.getByRole('button', { name: 'agent-requests' }).click();
    await page
      .getByText(/repl(y|ies)/)
      .first()
      .click();
    const thread = page.getByTestId('thread-pane');
    await thread.waitFor();
    assert.equal(await composer(page).isVisible(), false);
    await page.getByRole('button', { name: 'Back to the channel' }).click();
    await composer(page).waitFor();
  });

  test('the colors can be chosen and stay chosen', async (t) => {
    const page = await bench.visit(t, '?as=U0TARA&channel=C0REQUESTS', { colorScheme: 'light' });
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await page.getByRole('button', { name: /^Colours: as the system/ }).click();
    await page.getByRole('button', { name: /^Colours: light/ }).click();
    await page.getByRole('button', { name: /^Colours: dark/ }).waitFor();
    const dark = await until('it is dark', async () => {
      const now = await background();
      return now === light ? null : now;
    });
    await page.reload();
    await page.getByRole('button', { name: /^Colours: dark/ }).waitFor();
    await until('it is dark again', async () => (await background()) === dark);
  });

  test('the state of Amazon Connect is shown, and its limits can be changed', async (t) => {
    const page = await bench.visit(t, '?as=U0TARA&channel=C0REQUESTS&drawer=connect');
    const drawer = page.getByTestId('connect-drawer');
    await drawer.getByRole('searchbox').fill('ari.admin');
    await drawer.getByRole('button', { name: /ari\.admin/ }).click();
    await drawer.getByText(/:instance\/a1b2c3d4.*\/agent\//).waitFor();
    await drawer.getByRole('button', { name: 'Limits' }).click();
    await drawer.getByRole('spinbutton', { name: /Rate/ }).fill('7');
    await page.keyboard.press('Enter');
    await until('the rate is set', () => bench.connect.settings().ratePerSecond === 7);
  });
});

/** The violations that axe reports, as short lines with the rule and the location. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    type Found = { id: string; nodes: { target: unknown; failureSummary?: string }[] };
    const run = (window as unknown as { axe: { run(): Promise<{ violations: Found[] }> } }).axe;
    const { violations: found } = await run.run();
    return found.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${JSON.stringify(node.target)} ${node.failureSummary ?? ''}`),
    );
  });
}

/** By how many pixels the page is wider than the window. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}
