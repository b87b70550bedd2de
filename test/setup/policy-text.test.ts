/**
 * The values that setup writes into the policy file have the meaning of the answers, also where YAML would read them
 * differently.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import { newPolicy, withInstance } from '../../src/setup/policy-text.ts';

const answer = fc.string({
  unit: fc.constantFrom('a', '1', ' ', ':', '#', '-', '"', "'", '[', ']', '{', ',', '&', '*', '\n'),
  minLength: 1,
  maxLength: 8,
});
const odd = fc.oneof(
  answer,
  fc.constantFrom('no', 'null', '1e3', '0x10', '~', '2026-01-01', '!x', '---a'),
);

test('an answer is read back unchanged from a new policy file and from a changed one', () => {
  fc.assert(
    fc.property(odd, odd, (alias, domain) => {
      const answers = { alias, arn: 'arn:aws:connect:a:1:instance/b', requestsChannel: 'C1' };
      const written = newPolicy(answers, [domain]);
      assert.deepEqual(parse(written).instances, [answers]);
      assert.deepEqual(parse(written).identity.emailDomains, [domain]);
      const text = '# first\ninstances:\n  - alias: before # kept\n    requestsChannel: C1\n';
      const changed = withInstance(text, 0, { alias });
      assert.deepEqual(parse(changed).instances, [{ alias, requestsChannel: 'C1' }]);
      assert.match(changed, /^# first\n.*# kept$/ms);
    }),
    { numRuns: 500 },
  );
});
