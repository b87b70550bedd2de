import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPage } from '../../../sandbox/page.ts';

test('the page is built in memory: a document, its script and its style, and nothing else', async () => {
  const environment = process.env.NODE_ENV;
  const page = await createPage();
  const document = await page('/');
  assert.equal(document?.type, 'text/html; charset=utf-8');
  const html = document.body.toString();
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(html)?.[1] ?? '';
  const style = /href="(\/assets\/[^"]+\.css)"/.exec(html)?.[1] ?? '';
  assert.equal((await page(script))?.type, 'text/javascript; charset=utf-8');
  assert.equal((await page(style))?.type, 'text/css; charset=utf-8');
  assert.equal(await page('/../page.ts'), null);
  assert.equal(await page('/main.tsx'), null);
  assert.equal(process.env.NODE_ENV, environment);
});
