/** The AWS CLI itself against the sandbox: commands that admins type, and the bot's own JSON template. */
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { type ConnectSandbox, startConnect } from '../../../sandbox/connect/server.ts';
import { instances } from '../../../sandbox/seed.ts';
import { createAwsGateway } from '../../../src/connect/aws/aws-gateway.ts';
import { createDirectory } from '../../../src/connect/directory.ts';
import { offerOf } from '../../../src/users/files/templates/example.ts';
import { templateJson } from '../../../src/users/files/templates/template-json.ts';
import { branch, production, sso } from './sandbox-client.ts';

const run = promisify(execFile);
const isInstalled = spawnSync('aws', ['--version']).status === 0;
const skip = isInstalled ? false : 'the AWS command line is not installed';

let connectSandbox: ConnectSandbox;
before(async () => {
  connectSandbox = await startConnect({ port: 0, settings: { ratePerSecond: 1e6, burst: 1e6 } });
});
after(() => connectSandbox.stop());

// biome-ignore lint/suspicious/noExplicitAny: the output is read as a stranger would, without types
async function aws(args: readonly string[], env: Record<string, string> = {}): Promise<any> {
  const { stdout } = await run(
    'aws',
    [...args, '--endpoint-url', connectSandbox.url, '--output', 'json'],
    {
      env: {
        ...process.env,
        AWS_ACCESS_KEY_ID: 'x',
        AWS_SECRET_ACCESS_KEY: 'y',
        AWS_DEFAULT_REGION: 'us-west-2',
        AWS_PAGER: '',
        ...env,
      },
    },
  );
  return stdout.trim() === '' ? undefined : JSON.parse(stdout);
}

const refusal = (pattern: RegExp) => (error: unknown) =>
  error instanceof Error && 'stderr' in error && pattern.test(String(error.stderr));

/** The template that the bot makes for this instance, as a file. */
async function templateOf(t: TestContext, instanceId: string): Promise<string> {
  const alias = instances.find(({ id }) => id === instanceId)?.alias ?? '';
  const gateway = createAwsGateway(
    { alias, instanceId, region: 'us-west-2', endpoint: connectSandbox.url },
    { credentials: { accessKeyId: 'x', secretAccessKey: 'y' } },
  );
  t.after(() => gateway.close());
  const snapshot = await createDirectory(gateway, { now: () => new Date() }).get();
  const folder = await mkdtemp(join(tmpdir(), 'connect-add-user-cli-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'user.json');
  await writeFile(file, templateJson(snapshot.facts.identityMode, offerOf(snapshot)));
  return file;
}

describe('the AWS command line', { skip, concurrency: 2 }, () => {
  for (const [kind, instanceId, more] of [
    ['CONNECT_MANAGED', production, ['--password', 'Pass@Word1']],
    ['SAML', sso, []],
    ['EXISTING_DIRECTORY', branch, []],
  ] as const) {
    it(`sends the bot's own JSON template of a ${kind} instance as it is`, async (t) => {
      const file = await templateOf(t, instanceId);
      const created = await aws([
        'connect',
        'create-user',
        '--cli-input-json',
        `file://${file}`,
        ...more,
      ]);
      assert.match(created.UserArn, new RegExp(`instance/${instanceId}/agent/`));
      const user = connectSandbox.state(instanceId).users.find(({ id }) => id === created.UserId);
      assert.equal(user?.username, 'mary.major');
      assert.deepEqual(user?.securityProfiles, ['Agent']);
      assert.equal(user?.hasPassword, kind === 'CONNECT_MANAGED');
    });
  }

  it('pages through lists and searches, and filters them', async () => {
    const at = ['--instance-id', production];
    const users = await aws(['connect', 'list-users', ...at, '--page-size', '7']);
    assert.equal(users.UserSummaryList.length, connectSandbox.state(production).users.length);
    const some = await aws(['connect', 'list-users', ...at, '--max-items', '3']);
    assert.equal(some.UserSummaryList.length, 3);
    const next = ['--max-items', '3', '--starting-token', some.NextToken];
    const others = await aws(['connect', 'list-users', ...at, ...next]);
    assert.equal(others.UserSummaryList.length, 3);
    const german = { TagFilter: { TagCondition: { TagKey: 'Country', TagValue: 'DE' } } };
    const filter = ['--search-filter', JSON.stringify(german)];
    const found = await aws(['connect', 'search-users', ...at, ...filter, '--page-size', '3']);
    assert.equal(found.Users.length, found.ApproximateTotalCount);
  });

  it('gets the same error messages as from Amazon Connect', async () => {
    const both = {
      TagFilter: { TagCondition: { TagKey: 'a' } },
      UserAttributeFilter: { TagCondition: { TagKey: 'a' } },
    };
    const search = ['connect', 'search-users', '--instance-id', production, '--search-filter'];
    await assert.rejects(aws([...search, JSON.stringify(both)]), refusal(/AccessDeniedException/));
    await assert.rejects(
      aws(['connect', 'list-instances', '--next-token', 'bogus']),
      refusal(/InvalidRequestException/),
    );
  });

  it('looks at other Regions, partitions and accounts, with a role too', async () => {
    const arns = async (...env: [Record<string, string>?]) =>
      (await aws(['connect', 'list-instances'], ...env)).InstanceSummaryList.map(
        ({ Arn }: { Arn: string }) => Arn,
      );
    assert.equal((await arns()).length, 3);
    const gov = {
      AWS_DEFAULT_REGION: 'us-gov-west-1',
      AWS_ACCESS_KEY_ID: 'AKIAGOVEXAMPLE000000',
    };
    assert.match((await arns(gov))[0], /^arn:aws-us-gov:/);
    const { Credentials: role } = await aws([
      'sts',
      'assume-role',
      '--role-arn',
      'arn:aws:iam::210987654321:role/connect-add-user',
      '--role-session-name',
      'admin',
      '--external-id',
      'harbour-7391',
    ]);
    const asRole = {
      AWS_ACCESS_KEY_ID: role.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: role.SecretAccessKey,
      AWS_SESSION_TOKEN: role.SessionToken,
    };
    assert.match((await arns(asRole))[0], /:210987654321:/);
  });
});
