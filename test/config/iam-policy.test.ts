import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { z } from 'zod';

const root = new URL('../../', import.meta.url);

const policy = z
  .object({
    Statement: z.array(
      z.object({
        Effect: z.literal('Allow'),
        Action: z.array(z.string()),
        Resource: z.union([z.string(), z.array(z.string())]),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('docs/iam-policy.json', root), 'utf8')));

describe('docs/iam-policy.json', () => {
  test('allows exactly the calls that the code makes', () => {
    const used = new Set(['connect:TagResource']); // asked for by CreateUser with tags
    for (const file of globSync('src/connect/**/*.ts', { cwd: root })) {
      const source = readFileSync(new URL(file, root), 'utf8');
      for (const [, name] of source.matchAll(/new (\w+)Command\b/g)) used.add(`connect:${name}`);
    }
    const allowed = new Set(policy.Statement.flatMap(({ Action }) => Action));
    assert.deepEqual([...allowed].sort(), [...used].sort());
  });

  test('reaches one instance and nothing beside it', () => {
    for (const { Resource } of policy.Statement) {
      for (const resource of [Resource].flat()) {
        assert.match(
          resource,
          /^arn:aws:connect:REGION:ACCOUNT_ID:instance\/INSTANCE_ID(\/(agent|agent-group|routing-profile|security-profile)\/\*)?$/,
        );
      }
    }
  });
});
