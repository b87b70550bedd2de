/** The pages lead somewhere: links, anchors and the files that CONTRIBUTING names exist. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { logMessages } from './operations/log-messages.ts';

const pages = [...globSync('*.md'), ...globSync('docs/**/*.md')];

/** GitHub's anchor of a heading. */
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

  test('name files that exist, where CONTRIBUTING and the map name a path', () => {
    const named = ['CONTRIBUTING.md', 'docs/architecture.md'].flatMap((page) =>
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
