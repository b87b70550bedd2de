/** AWS secrets in place of settings, read by the real clients from a stub on this machine. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { withSecrets } from '../../src/start/secret-references.ts';
import { bareEnvironment } from '../bare-environment.ts';
import { listenOnLoopback } from '../loopback.ts';

const main = join(process.cwd(), 'src/main.ts');
const doctor = join(process.cwd(), 'src/doctor/main.ts');
const policy = `instances:
  - { alias: production, arn: 'arn:aws:connect:us-west-2:111122223333:instance/1111', requestsChannel: C0REQUESTS }
`;
const botToken = 'xoxb-1111-2222-abcdefghij';
const appToken = 'xapp-1-A111-222-abcdefghij';
const arn = 'arn:aws:secretsmanager:eu-west-2:111122223333:secret:bot-AbCdEf';

/** Answers with AWS's JSON 1.1 protocol and records the requested secrets. */
async function standIn(t: TestContext, asked: string[]) {
  const secrets: Readonly<Record<string, string>> = {
    'team/slack': JSON.stringify({ botToken, appToken, number: 7 }),
    plain: `${botToken}\n`,
    [arn]: botToken,
  };
  const parameters: Readonly<Record<string, string>> = { '/team/app-token': appToken };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { SecretId, Name, WithDecryption } = JSON.parse(body);
    const [, region] =
      /Credential=[^/]+\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
    const target = String(request.headers['x-amz-target']);
    asked.push(`${target.split('.')[1]} ${SecretId ?? Name} ${region}`);
    const answer = (status: number, content: object) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(content));
    };
    if (SecretId === 'forbidden') {
      return answer(400, { __type: 'AccessDeniedException', message: 'not authorized' });
    }
    const value = target === 'AmazonSSM.GetParameter' ? parameters[Name] : secrets[SecretId];
    if (value === undefined) {
      const kind = Name === undefined ? 'ResourceNotFoundException' : 'ParameterNotFound';
      return answer(400, { __type: kind, message: 'there is none' });
    }
    if (Name === undefined) return answer(200, { SecretString: value });
    answer(200, { Parameter: { Name, Value: WithDecryption ? value : 'encrypted' } });
  });
  const port = await listenOnLoopback(server);
  t.after(() => server.close());
  return `http://127.0.0.1:${port}`;
}

async function installation(t: TestContext, asked: string[] = []) {
  const url = await standIn(t, asked);
  const folder = await mkdtemp(join(tmpdir(), 'connect-add-user-secrets-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'config.yaml'), policy);
  return async (script: string, settings: Readonly<Record<string, string>>, args = ['--check']) => {
    const lines = Object.entries(settings).map(([name, value]) => `${name}='${value}'\n`);
    await writeFile(join(folder, '.env'), lines.join(''), { mode: 0o600 });
    const env = {
      ...bareEnvironment(),
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
      AWS_ENDPOINT_URL_SSM: url,
    };
    return new Promise<{ code: number; said: string }>((resolve) => {
      execFile(process.execPath, [script, ...args], { cwd: folder, env }, (error, out, err) =>
        resolve({ code: error ? Number(error.code) : 0, said: out + err }),
      );
    });
  };
}

const region = { AWS_REGION: 'us-west-2' };

describe('secrets of AWS', () => {
  test('are read for the settings that name them, each secret once', async (t) => {
    const asked: string[] = [];
    const run = await installation(t, asked);
    const both = await run(main, {
      ...region,
      SLACK_BOT_TOKEN: 'aws-sm://team/slack#botToken',
      SLACK_APP_TOKEN: 'aws-sm://team/slack#appToken',
    });
    assert.deepEqual(both, {
      code: 0,
      said: 'The settings and the policy are valid (instances: production).\n',
    });
    assert.deepEqual(asked, ['GetSecretValue team/slack us-west-2']);

    asked.length = 0;
    const mixed = await run(main, {
      ...region,
      SLACK_BOT_TOKEN: `aws-sm://${arn}`,
      SLACK_APP_TOKEN: 'aws-ssm:///team/app-token',
    });
    assert.equal(mixed.code, 0, mixed.said);
    assert.deepEqual(asked.sort(), [
      'GetParameter /team/app-token us-west-2',
      `GetSecretValue ${arn} eu-west-2`,
    ]);
    const plain = await run(main, {
      ...region,
      SLACK_BOT_TOKEN: 'aws-sm://plain',
      SLACK_APP_TOKEN: appToken,
    });
    assert.equal(plain.code, 0, plain.said);
  });

  test('are reported by the name of their setting, without a value, when they cannot be read', async (t) => {
    const run = await installation(t);
    const url = await standIn(t, []);
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
      AWS_ENDPOINT_URL_SSM: url,
    });
    for (const [reference, words] of [
      [
        'aws-sm://forbidden',
        /could not be read: AccessDeniedException.*secretsmanager:GetSecretValue/,
      ],
      ['aws-sm://nowhere', /the secret nowhere \(us-west-2\) could not be read: ResourceNotFound/],
      ['aws-ssm://nowhere', /the parameter nowhere .*ParameterNotFound/],
      ['aws-sm://team/slack#token', /has no key token; there is: botToken, appToken, number/],
      ['aws-sm://team/slack#number', /has no key number/],
      ['aws-sm://plain#token', /is no JSON object, so it has no key token/],
      ['aws-sm://', /must look like aws-sm:\/\/name/],
      ['aws-ssm:///a#key', /must look like/],
    ] as const) {
      const env = { ...region, SLACK_BOT_TOKEN: reference, SLACK_APP_TOKEN: appToken };
      const { problems, env: left } = await withSecrets({ env, problems: [], missing: null });
      assert.deepEqual(
        problems.map(({ setting }) => setting),
        ['SLACK_BOT_TOKEN'],
        reference,
      );
      assert.match(problems[0]?.wrong ?? '', words, reference);
      assert.equal(left.SLACK_BOT_TOKEN, undefined);
      assert.ok(!JSON.stringify(problems).includes(botToken));
    }
    const regionless = await run(main, {
      SLACK_BOT_TOKEN: 'aws-sm://plain',
      SLACK_APP_TOKEN: appToken,
    });
    assert.match(regionless.said, /^One thing is missing or wrong/);
    assert.match(regionless.said, /without its Region: set AWS_REGION/);
    const looked = await run(
      doctor,
      { ...region, SLACK_BOT_TOKEN: 'aws-sm://nowhere', SLACK_APP_TOKEN: appToken },
      ['--json'],
    );
    assert.match(looked.said, /"settings\.SLACK_BOT_TOKEN","status":"fail"/);
  });

  test('are validated like a value that was written into the setting', async (t) => {
    const run = await installation(t);
    const { said } = await run(main, {
      ...region,
      SLACK_BOT_TOKEN: 'aws-ssm:///team/app-token',
      SLACK_APP_TOKEN: appToken,
    });
    assert.match(said, /SLACK_BOT_TOKEN: does not begin with xoxb-: this is an app-level token/);
  });
});
