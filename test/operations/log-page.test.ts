/** docs/logs.md lists every message of the log, with its level, and no other. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { logMessages } from './log-messages.ts';

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
