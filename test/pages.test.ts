/** Links, anchors and the files that CONTRIBUTING names exist. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { logMessages } from './operations/log-messages.ts';

const pages = [...globSync('*.md'), ...globSync('docs/**/*.md')];

/** The anchor that GitHub makes from a heading. */
function anchorOf(heading: string): string {
  return heading
    .replace(/`|\*|\[|\]\([^)]*\)/g, '')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

function anchorsIn(file: string): Set<string> {
  const headings = readFileSync(file, 'utf8').matchAll(/^#{1,6} (.+)$/gm);
  return new Set([...headings].map(([, heading = '']) => anchorOf(heading)));
}

describe('the pages', () => {
  test('link to files and headings that exist', () => {
    assert.ok(pages.length > 8);
    const broken = pages.flatMap((page) =>
      [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)]
        .map(([, target = '']) => target)
        .filter((target) => {
          const [file = '', anchor] = target.split('#');
          const whole = file === '' ? page : path.join(path.dirname(page), file);
          if (!existsSync(whole)) return true;
          return anchor !== undefined && !anchorsIn(whole).has(anchor);
        })
        .map((target) => `${page}: ${target}`),
    );
    assert.deepEqual(broken, []);
  });

  test('name files that exist, where CONTRIBUTING, the map and the threat model name a path', () => {
    const pagesWithPaths = ['CONTRIBUTING.md', 'docs/architecture.md', 'docs/security.md'];
    const named = pagesWithPaths.flatMap((page) =>
      [
        ...readFileSync(page, 'utf8').matchAll(
          /`((?:src|test|sandbox|docs|bench|chaos)\/[\w./-]+)`/g,
        ),
      ].map(([, file = '']) => ({ page, file })),
    );
    assert.ok(named.length > 30);
    const missing = named.filter(({ file }) => !existsSync(file));
    assert.deepEqual(
      missing.map(({ page, file }) => `${page}: ${file}`),
      [],
    );
  });

  test('name a test for each attack of the threat model', () => {
    const [, defended = ''] = readFileSync('docs/security.md', 'utf8').split('## What is defended');
    const [table = ''] = defended.split('\n## ');
    const rows = table
      .split('\n')
      .filter((line) => line.startsWith('| ') && !/^\| Attack/.test(line));
    assert.ok(rows.length > 50, `${rows.length} rows`);
    const untested = rows.filter((row) => {
      const tests = [...(row.split(' | ').at(-1) ?? '').matchAll(/`(test\/[\w./-]+\.test\.ts)`/g)];
      return tests.length === 0;
    });
    assert.deepEqual(untested, []);
  });

  test('the page of log messages lists what the code logs, each with its level', () => {
    const { messages, unreadable } = logMessages();
    assert.deepEqual(unreadable, [], 'the message is one string, so that it can be looked up');
    assert.ok(messages.length > 80);
    const listed = [
      ...readFileSync('docs/logs.md', 'utf8').matchAll(/^\| (.+?) \| (debug|info|warn|error) \|/gm),
    ].map((row) => `${row[2]}: ${row[1]}`);
    assert.deepEqual(
      listed.toSorted(),
      [...new Set(messages.map(({ level, message }) => `${level}: ${message}`))].toSorted(),
    );
  });
});
