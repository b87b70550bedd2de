import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { until } from '../../until.ts';
import { type PageBench, startPageBench, write } from './page-bench.ts';

describe('a long channel on the page', () => {
  let bench: PageBench;
  before(async () => {
    bench = await startPageBench();
  });
  after(() => bench?.stop());

  test('a channel of a thousand messages opens, scrolls and updates fast', async (t) => {
    for (let index = 0; index < 1000; index += 1) {
      await bench.sandbox.call('POST', '/messages', {
        user: index % 3 === 0 ? 'U0TARA' : 'U0SAM',
        channel: 'C0GENERAL',
        text: `message ${index} with *some* words ${'and more '.repeat(index % 9)}`,
      });
    }
    const page = await bench.visit(t, '?as=U0TARA&channel=C0REQUESTS');
    await page.getByText('Every block').waitFor();
    const opened = performance.now();
    await page
      .getByTestId('channel-list')
      .getByRole('button', { name: /general/ })
      .click();
    await page.getByText('message 999 with').waitFor();
    assert.ok(performance.now() - opened < 2000, 'opens within two seconds');

    const log = page.getByRole('log');
    await until('everything is loaded', async () => {
      await log.evaluate((element) => element.scrollTo(0, 0));
      return (await page.getByText('This is the beginning of').count()) === 1;
    });
    await until('all of it', async () => (await page.getByTestId('message').count()) >= 1000);
    // Another test can slow the machine down, so the page's speed is the best of three runs.
    const runs = [
      await page.evaluate(slowestFrame),
      await page.evaluate(slowestFrame),
      await page.evaluate(slowestFrame),
    ];
    const frameMs = Math.min(...runs);
    assert.ok(frameMs < 250, `the slowest frame while scrolling took ${Math.round(frameMs)} ms`);

    const at = performance.now();
    await log.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await write(page, 'the newest');
    await log.getByText('the newest').waitFor();
    const took = Math.round(performance.now() - at);
    assert.ok(took < 2000, `a new message among a thousand took ${took} ms`);
  });
});

/**
 * Scrolls through the list, one step per frame, and returns the longest time between two frames in ms. Runs in the
 * page.
 */
async function slowestFrame(): Promise<number> {
  const element = document.querySelector('.message-scroll');
  element?.scrollTo(0, 0);
  let slowest = 0;
  let last = performance.now();
  for (let step = 0; step < 60; step += 1) {
    element?.scrollBy(0, 300);
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    slowest = Math.max(slowest, now - last);
    last = now;
  }
  return slowest;
}
