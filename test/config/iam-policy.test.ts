/** The policy that `npm run iam-policy` prints, compared with the calls in the code and with a configuration. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { allOperations } from '../../src/iam-policy/iam-policy.ts';

const root = new URL('../../', import.meta.url);

// biome-ignore lint/suspicious/noExplicitAny: the output is read as IAM would, without types
type Printed = any;

function print(t: TestContext, yaml: string, ...args: string[]): Printed {
  const folder = mkdtempSync(join(tmpdir(), 'iam-policy-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'config.yaml');
  writeFileSync(file, yaml);
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['src/iam-policy/main.ts', '--config', file, ...args],
    { cwd: root, encoding: 'utf8' },
  );
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

const instance = (lines: string) => `instances:\n  - requestsChannel: C0123456789\n${lines}`;
const arn = (partition: string, region: string) =>
  `arn:${partition}:connect:${region}:123456789012:instance/a1b2c3d4-5678-90ab-cdef-111122223333`;
const plain = instance(`    alias: a\n    arn: ${arn('aws', 'eu-central-1')}\n`);

const resourcesOf = (policy: Printed): string[] =>
  policy.Statement.flatMap(({ Resource }: Printed) => [Resource].flat());
const actionsOf = (policy: Printed): string[] =>
  policy.Statement.flatMap(({ Action }: Printed) => Action);

describe('npm run iam-policy', () => {
  test('allows writing heads of the audit trail to their bucket, and no other action on the bucket', (t) => {
    const policy = print(t, plain, '--audit-bucket', 'my-audit/heads');
    const ofS3 = policy.Statement.filter(({ Action }: Printed) =>
      [Action].flat().some((name: string) => name.startsWith('s3:')),
    );
    assert.deepEqual(
      ofS3.map(({ Action, Resource }: Printed) => [Action, Resource]),
      [
        [['s3:PutObject', 's3:PutObjectRetention'], 'arn:aws:s3:::my-audit/heads/audit-head-*'],
        [['s3:GetBucketObjectLockConfiguration'], 'arn:aws:s3:::my-audit'],
      ],
    );
    assert.ok(!actionsOf(print(t, plain)).some((name) => name.startsWith('s3:')));
  });

  test('allows exactly the operations that the code calls', (t) => {
    const used = new Set(['TagResource']); // required by CreateUser with tags
    for (const file of globSync('src/**/*.ts', { cwd: root })) {
      const source = readFileSync(new URL(file, root), 'utf8');
      if (!source.includes('@aws-sdk/client-connect')) continue;
      for (const [, name] of source.matchAll(/new (\w+)Command\b/g)) used.add(name ?? '');
    }
    // Called by npm run setup, with the credentials of the person who runs it.
    used.delete('ListInstances');
    assert.deepEqual([...allOperations].sort(), [...used].sort());
    const allowed = new Set(actionsOf(print(t, plain)).map((action) => action.slice(8)));
    used.delete('AssociateTrafficDistributionGroupUser');
    assert.deepEqual([...allowed].sort(), [...used].sort(), 'and none that this one does not need');
    const groups = `${plain}    trafficDistributionGroups: [aed5e191-313e-4fdb-898b-4be15e488cca]\n`;
    assert.ok(
      actionsOf(print(t, groups)).includes('connect:AssociateTrafficDistributionGroupUser'),
    );
  });

  test('reaches the instances of the configuration and nothing beside them', (t) => {
    for (const resource of resourcesOf(print(t, plain))) {
      assert.match(
        resource,
        /^arn:aws:connect:eu-central-1:123456789012:instance\/a1b2c3d4-5678-90ab-cdef-111122223333(\/(agent|agent-group|routing-profile|security-profile)\/\*)?$/,
      );
    }
  });

  test('writes the partition of each Region', (t) => {
    for (const [partition, region] of [
      ['aws-us-gov', 'us-gov-west-1'],
      ['aws-cn', 'cn-north-1'],
    ] as const) {
      const own = instance(`    alias: a\n    arn: ${arn(partition, region)}\n`);
      const byId = instance(`    alias: a\n    instanceId: abc\n    region: ${region}\n`);
      for (const yaml of [own, byId]) {
        for (const resource of resourcesOf(print(t, yaml))) {
          assert.ok(resource.startsWith(`arn:${partition}:connect:${region}:`), resource);
        }
      }
    }
  });

  test('prints, for instances with roles, what the bot needs and what each role allows and trusts', (t) => {
    const role = 'arn:aws:iam::123456789012:role/bot';
    const { bot, roles } = print(
      t,
      instance(
        `    alias: a\n    arn: ${arn('aws', 'eu-central-1')}\n    roleArn: ${role}\n    externalId: x-1\n`,
      ),
    );
    assert.deepEqual(actionsOf(bot), ['sts:AssumeRole']);
    assert.deepEqual(resourcesOf(bot), [role]);
    assert.ok(actionsOf(roles[role].policy).includes('connect:CreateUser'));
    assert.deepEqual(roles[role].trustPolicy.Statement[0].Condition, {
      StringEquals: { 'sts:ExternalId': 'x-1' },
    });
  });

  test('denies listed security profiles and allows directories when options say so', (t) => {
    const policy = print(t, plain, '--never', 'admin-id', '--describe-directories');
    const denied = policy.Statement.filter(({ Effect }: Printed) => Effect === 'Deny');
    assert.deepEqual(denied, [
      {
        Sid: 'NeverTheseProfiles',
        Effect: 'Deny',
        Action: ['connect:CreateUser'],
        Resource: [`${arn('aws', 'eu-central-1')}/security-profile/admin-id`],
      },
    ]);
    assert.ok(actionsOf(policy).includes('ds:DescribeDirectories'));
  });
});
