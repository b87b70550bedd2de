/** Patterns with `*` that rules use for profiles, permissions and values of tags. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matches } from '../../src/policy/pattern.ts';

const table: readonly [pattern: string, yes: readonly string[], no: readonly string[]][] = [
  ['Agent', ['agent', 'AGENT'], ['Agents', 'an Agent', '']],
  ['Agent *', ['Agent tier 2', 'agent '], ['Agent', 'Agents 2']],
  ['* Lead', ['Team Lead', ' lead'], ['Lead', 'Team Leads']],
  ['*', ['', 'anything'], []],
  ['a*a', ['aa', 'aba'], ['a', 'ab']],
  ['a*b*c', ['abc', 'axxbxxc', 'abbc'], ['ac', 'acb', 'ab']],
  ['*ab*ab*', ['abab', 'xabyabz'], ['aab', 'aba']],
  ['a**b', ['ab', 'axb'], ['a', 'b']],
  ['EMEA*é', ['emea É'], ['EMEA e']],
];

test('a pattern matches names regardless of case, with any text in place of a star', () => {
  for (const [pattern, yes, no] of table) {
    for (const name of yes) assert.ok(matches(pattern, name), `${pattern} means ${name}`);
    for (const name of no) assert.ok(!matches(pattern, name), `${pattern} does not mean ${name}`);
  }
  const long = 'a'.repeat(5_000);
  assert.ok(!matches(`${'*a'.repeat(50)}*b`, long), 'and a long name takes no time');
});
