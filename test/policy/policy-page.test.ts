import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { readPolicy } from '../../src/config/policy-file/read-policy.ts';
import { policies, policyPage } from './policy-page.ts';

describe('docs/policy.md', () => {
  test('says what the schema says', () => {
    const file = 'docs/policy.md';
    const page = policyPage();
    if (process.env.UPDATE_DOCS) writeFileSync(file, page);
    assert.equal(readFileSync(file, 'utf8'), page);
  });

  for (const [name] of policies) {
    test(`shows a policy that is right as it is: ${name}`, () => {
      const file = `docs/policies/${name}.yaml`;
      const read = readPolicy(readFileSync(file, 'utf8'), file);
      assert.deepEqual(read.ok ? [] : read.problems, []);
    });
  }
});
