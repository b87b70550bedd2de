import assert from 'node:assert/strict';
import { test } from 'node:test';
import { notRead } from '../../chaos/submit-file.ts';
import { explain, problem } from '../../src/errors/problem.ts';

test('a person of a chaos run posts a file again when the bot says that it did not get it', () => {
  assert.match(explain(problem('file.not-given', { name: 'users.csv' })), notRead);
  assert.match(explain(problem('file.gone', { name: 'users.csv' })), notRead);
  assert.doesNotMatch(explain(problem('file.empty')), notRead);
});
