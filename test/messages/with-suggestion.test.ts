import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withSuggestion } from '../../src/errors/problem.ts';

test('a suggestion is said once, also where the wrong value holds it', () => {
  assert.equal(
    withSuggestion('“<b>Mia</b>” has marks of a web page in it.', 'Mia'),
    '“<b>Mia</b>” has marks of a web page in it. Did you mean Mia?',
  );
  assert.equal(
    withSuggestion('Did you mean +1 206 555 0151?', '+1 206 555 0151'),
    'Did you mean +1 206 555 0151?',
  );
  assert.equal(withSuggestion('There is no “Agnt”.', undefined), 'There is no “Agnt”.');
});
