/** The documentation site contains every page, and each of its links has a target. */
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { describe, test } from 'node:test';
import { nav } from '../../docs/site/nav.ts';
import { buildSite } from '../../docs/site/site.ts';

const site = buildSite(process.cwd(), nav);
const text = (file: string) => String(site.files.get(file));

describe('the site of the documentation', () => {
  test('has every page, each once', () => {
    const listed = nav.flatMap(({ pages }) => pages);
    assert.deepEqual(listed.toSorted(), [...globSync('docs/*.md'), ...globSync('*.md')].sort());
  });

  test('has no link that leads nowhere, to a page, a heading or a file', () => {
    assert.deepEqual(site.broken, []);
    const anchors = (html: string) =>
      new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    let followed = 0;
    for (const [file, content] of site.files) {
      if (!file.endsWith('.html')) continue;
      for (const [, href = ''] of String(content).matchAll(/(?:href|src)="(?![a-z]+:)([^"]+)"/g)) {
        const [target = '', anchor] = href.split('#');
        const there = target === '' ? file : target;
        assert.ok(site.files.has(there), `${file}: ${href}`);
        if (anchor !== undefined) assert.ok(anchors(text(there)).has(anchor), `${file}: ${href}`);
        followed += 1;
      }
    }
    assert.ok(followed > 500);
  });

  test('a link that leads nowhere is found', () => {
    const [group] = nav;
    assert.ok(group);
    // In a single page, links to other pages are links to files; links to its own headings stay.
    const { broken } = buildSite(process.cwd(), [{ title: 'One', pages: ['test/docs/broken.md'] }]);
    assert.deepEqual(broken, [
      'test/docs/broken.md: nowhere.md',
      'test/docs/broken.md: #no-such-heading',
    ]);
  });

  test('quoted code is shown as text and not as markup', () => {
    assert.match(text('install.html'), /<code>permission denied|&lt;this repository&gt;/);
    assert.doesNotMatch(text('install.html'), /<this repository>/);
  });
});
