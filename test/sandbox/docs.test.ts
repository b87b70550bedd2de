import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { calls } from '../../sandbox/calls.ts';
import { limits } from '../../sandbox/slack/limits.ts';
import { methodNames } from '../../sandbox/slack/web-api.ts';

const page = readFileSync(new URL('../../docs/sandbox.md', import.meta.url), 'utf8');

describe('docs/sandbox.md', () => {
  it('describes every call under /sandbox/ with a curl example, and no other', () => {
    const described = [...page.matchAll(/^### `([A-Z]+ \S+)`$/gm)].map(([, call]) => call);
    const there = [...Object.keys(calls), 'GET /events', 'GET /files/:id'];
    assert.deepEqual(described.sort(), there.sort());
    for (const section of page.split(/^### /m).slice(1)) assert.match(section, /```sh\n/);
  });

  it('owns up to every limit that is a guess', () => {
    const guessed = page.slice(page.indexOf('## Guessed'), page.indexOf('## Not there'));
    for (const [name, { source }] of Object.entries(limits)) {
      if (source.includes('guess')) assert.ok(guessed.includes(`\`${name}\``), name);
    }
  });

  it('lists every method of the Web API', () => {
    const covered = page.slice(page.indexOf('## Covered'), page.indexOf('## Guessed'));
    for (const name of methodNames()) {
      const [family = '', ...rest] = name.split('.');
      const last = rest.join('.');
      assert.ok(covered.includes(name) || covered.includes(`.${last}`), `${family}.${last}`);
    }
  });
});
