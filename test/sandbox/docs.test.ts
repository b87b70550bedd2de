import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
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

  it('lists every limit that is a guess', () => {
    const guessed = page.slice(page.indexOf('## Guessed'), page.indexOf('## Not there'));
    for (const [name, { source }] of Object.entries(limits)) {
      if (source.includes('guess')) assert.ok(guessed.includes(`\`${name}\``), name);
    }
  });

  it('lists exactly the other guesses in the code', () => {
    const listed = (from: string, to: string) => {
      const part = page.slice(page.indexOf(from), page.indexOf(to));
      return [...part.matchAll(/^\| `([^`]+)` \|/gm)].map(([, file = '']) => file).sort();
    };
    const marked = (files: readonly string[], folder: string, mark: RegExp) =>
      files
        .flatMap((file) => {
          const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
          return (text.match(mark) ?? []).map(() => file.slice(folder.length));
        })
        .sort();
    const inSandbox = globSync('sandbox/{*.ts,api/**,slack/**,web/**}').filter(
      (file) => /\.tsx?$/.test(file) && file !== 'sandbox/slack/limits.ts',
    );
    const guessed = listed('The sandbox elsewhere', 'The bot, below');
    assert.ok(inSandbox.length > 50 && guessed.length > 30);
    assert.deepEqual(guessed, marked(inSandbox, 'sandbox/slack/', /\bguess(?:es)?\b/gi));
    const map = readFileSync(new URL('../../docs/architecture.md', import.meta.url), 'utf8');
    const aboutConnect = map.slice(map.indexOf('## What is a guess'));
    const inBot = globSync('src/**/*.ts').filter((file) => !aboutConnect.includes(file.slice(4)));
    assert.deepEqual(
      listed('The bot, below', '## Not there'),
      marked(inBot, 'src/', /\ba guess\b/gi),
    );
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
