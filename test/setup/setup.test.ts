/** `npm run setup`, as a new operator runs it: in an empty folder, with the sandbox's Amazon Connect. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { parseEnv, promisify } from 'node:util';
import { parse } from 'yaml';
import { awsCredentials } from '../../sandbox/bot.ts';
import { bot, region, instances as worlds } from '../../sandbox/seed.ts';
import { startWorkspace } from '../../sandbox/workspace.ts';
import type { SetupFlags } from '../../src/setup/questions.ts';
import type { Asker } from '../../src/setup/read-answer.ts';
import { runSetup } from '../../src/setup/run-setup.ts';
import { bareEnvironment } from '../bare-environment.ts';

const root = process.cwd();
const project = {
  env: readFileSync('.env.example', 'utf8'),
  policy: readFileSync('config.example.yaml', 'utf8'),
  manifest: readFileSync('manifest.yml', 'utf8'),
};
const [production] = worlds;
const tokens = { SLACK_BOT_TOKEN: bot.botToken, SLACK_APP_TOKEN: bot.appToken };

async function emptyFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'connect-add-user-setup-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

type Ended = { readonly code: number; readonly said: string };

function command(file: string, cwd: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  return promisify(execFile)(process.execPath, [join(root, file), ...args], {
    cwd,
    env: { ...bareEnvironment(), ...env },
  }).then(
    ({ stdout, stderr }): Ended => ({ code: 0, said: stdout + stderr }),
    (error: { code: number; stdout: string; stderr: string }): Ended => ({
      code: error.code,
      said: error.stdout + error.stderr,
    }),
  );
}

/** A folder, and the commands that run in it with the sandbox's Amazon Connect. */
async function installation(t: TestContext) {
  const workspace = await startWorkspace({});
  t.after(() => workspace.stop());
  const folder = await emptyFolder(t);
  const env = {
    ...awsCredentials,
    AWS_REGION: '',
    AWS_ENDPOINT_URL_CONNECT: workspace.connect.url,
  };
  return {
    folder,
    text: (name: string) => readFile(join(folder, name), 'utf8'),
    setup: (args: readonly string[], more: NodeJS.ProcessEnv = {}) =>
      command('src/setup/main.ts', folder, ['--yes', ...args], { ...env, ...more }),
    start: (args: readonly string[]) => command('src/main.ts', folder, args, env),
  };
}

const first = ['--region', region, '--instance', 'harbour-production', '--channel', 'C0REQUESTS'];

describe('npm run setup', () => {
  test('writes all files of an installation, with which the bot would start', async (t) => {
    const { folder, text, setup, start } = await installation(t);
    const ran = await setup([...first, '--email-domains', 'harbour.example'], tokens);
    assert.equal(ran.code, 0, ran.said);

    const env = parseEnv(await text('.env'));
    assert.partialDeepStrictEqual(env, { ...tokens, SLACK_TRANSPORT: 'socket' });
    assert.equal((await stat(join(folder, '.env'))).mode & 0o777, 0o600);
    assert.ok(!ran.said.includes(bot.botToken), 'no secret is shown');
    assert.match(await text('.env'), /# The bot speaks in your workspace with it/);

    const { instances, identity } = parse(await text('config.yaml'));
    assert.equal(instances.length, 1);
    assert.equal(instances[0].alias, 'harbour-production');
    assert.match(instances[0].arn, new RegExp(`:${region}:\\d+:instance/${production?.id}$`));
    assert.equal(instances[0].requestsChannel, 'C0REQUESTS');
    assert.deepEqual(identity.emailDomains, ['harbour.example']);

    assert.equal(await text('app-manifest.yml'), project.manifest);
    const policy = await command(
      'src/iam-policy/main.ts',
      folder,
      ['--config', join(folder, 'config.yaml')],
      {},
    );
    assert.equal(await text('iam-policy.json'), policy.said);

    const link = /https:\/\/api\.slack\.com\/apps\?new_app=1&manifest_yaml=(\S+)/.exec(ran.said);
    assert.deepEqual(parse(decodeURIComponent(link?.[1] ?? '')), parse(project.manifest));
    assert.match(ran.said, /https:\/\/console\.aws\.amazon\.com\/iam\/home#\/policies\/create/);
    assert.match(
      ran.said,
      /\d\. Give the bot AWS credentials: .*AWS_PROFILE, or AWS_ACCESS_KEY_ID/,
    );
    assert.match(ran.said, /\d\. Choose the database: DATABASE_URL in \.env .*its own in \.\/data/);

    const checked = await start(['--check']);
    assert.deepEqual(checked, {
      code: 0,
      said: 'The settings and the policy are valid (instances: harbour-production).\n',
    });
  });

  test('run again it changes only what is asked, and no comment and no secret', async (t) => {
    const { folder, text, setup } = await installation(t);
    await setup(first, tokens);
    const edited = `${(await text('config.yaml')).replace(
      'requestsChannel: C0REQUESTS',
      'requestsChannel:   C0REQUESTS   # decided here',
    )}\noperators: [ U0BEA ]   # tell Bea\n`;
    await writeFile(join(folder, 'config.yaml'), edited);
    const envBefore = await text('.env');

    const again = await setup([]);
    assert.equal(again.code, 0, again.said);
    assert.match(
      again.said,
      /^\.env: as it was\nconfig\.yaml: as it was\napp-manifest\.yml: as it was/m,
    );

    const moved = await setup(['--channel', 'C0OTHER'], {
      SLACK_BOT_TOKEN: 'xoxb-another-bots-token',
    });
    assert.equal(moved.code, 0, moved.said);
    assert.equal(
      await text('config.yaml'),
      edited.replace('C0REQUESTS   #', 'C0OTHER   #'),
      'everything else is as it was, to the letter',
    );
    assert.match(moved.said, /SLACK_BOT_TOKEN is in \.env already and stays/);
    assert.equal(await text('.env'), envBefore);
  });

  test('a change to HTTP brings the manifest its address, and the key its own line', async (t) => {
    const { folder, text, setup, start } = await installation(t);
    await setup(first, tokens);
    const ran = await setup(['--url', 'bot.harbour.example', '--typed-passwords'], {
      SLACK_SIGNING_SECRET: bot.signingSecret,
    });
    assert.equal(ran.code, 0, ran.said);
    const url = 'https://bot.harbour.example/slack/events';
    const { features, settings } = parse(await text('app-manifest.yml'));
    assert.equal(features.slash_commands[0].url, url);
    assert.equal(settings.event_subscriptions.request_url, url);
    assert.equal(settings.interactivity.request_url, url);
    assert.equal(settings.interactivity.message_menu_options_url, url);
    assert.equal(settings.socket_mode_enabled, false);
    const env = parseEnv(await text('.env'));
    const known = { SLACK_TRANSPORT: 'http', PUBLIC_URL: 'https://bot.harbour.example/' };
    assert.partialDeepStrictEqual(env, { ...known, ...tokens });
    assert.equal(Buffer.from(env.SECRETS_KEY ?? '', 'base64').length, 32);
    assert.equal((await start(['--check'])).code, 0);

    const again = await setup(['--typed-passwords']);
    assert.match(again.said, /\.env: as it was.*app-manifest\.yml: as it was/s);

    const set = `${await text('.env')}AWS_PROFILE=bot\nDATABASE_URL=postgres://a:b@c/d\n`;
    await writeFile(join(folder, '.env'), set);
    assert.doesNotMatch((await setup([])).said, /AWS credentials|Choose the database/);
  });

  test('a second instance is added, and an existing one is recognized by its id', async (t) => {
    const { text, setup } = await installation(t);
    await setup(first, tokens);
    const [, second] = worlds;
    assert.ok(second);
    const place = ['--region', second.region, '--instance', second.id];
    const missing = await setup(place);
    assert.equal(missing.code, 1);
    assert.match(missing.said, /--channel is missing/);
    const added = await setup([...place, '--alias', 'second', '--channel', 'C0SECOND']);
    assert.equal(added.code, 0, added.said);
    const { instances } = parse(await text('config.yaml'));
    assert.deepEqual(
      instances.map(({ alias, requestsChannel }: Record<string, string>) => [
        alias,
        requestsChannel,
      ]),
      [
        ['harbour-production', 'C0REQUESTS'],
        ['second', 'C0SECOND'],
      ],
    );
    assert.match(await text('config.yaml'), /# Made by npm run setup/);
    const unclear = await setup(['--channel', 'C0THIRD']);
    assert.match(unclear.said, /--alias is missing.*harbour-production, second/);
    const policy = JSON.parse(await text('iam-policy.json'));
    assert.ok(JSON.stringify(policy).includes(second.id));
  });

  test('a wrong value is reported with its flag, and nothing is written', async (t) => {
    const folder = await emptyFolder(t);
    const arn = `arn:aws:connect:${region}:111122223333:instance/1111`;
    const given = { instance: arn, channel: 'C0REQUESTS' };
    const list = async () => [
      { id: '1111', arn, alias: 'one' },
      { id: '2222', arn: arn.replace('1111', '2222'), alias: 'two' },
    ];
    const run = (flags: SetupFlags, env = {}) =>
      runSetup({ folder, env, project, flags, asker: null, print: () => {}, list });
    for (const [flags, message] of [
      [{}, /--region is missing/],
      [{ region: 'eu-centrl-1' }, /--region: there is no Region eu-centrl-1; did you mean eu-cent/],
      [{ region, instance: 'oen' }, /no instance “oen” in us-west-2\. There is: one \(1111\); two/],
      [{ region }, /--instance is missing/],
      [{ ...given, channel: '#agents' }, /--channel: must be a channel’s id/],
      [{ ...given, alias: 'our team' }, /--alias: must be 1 to 40 letters/],
      [{ ...given, transport: 'webhook' }, /--transport: must be socket or http/],
      [{ ...given, transport: 'http' }, /--url is missing/],
      [{ ...given, url: 'http://bot.example.com' }, /--url: is not an https address/],
      [{ ...given, 'email-domains': 'gmail.com' }, /--email-domains: is a public mail service/],
    ] as const) {
      await assert.rejects(run(flags), { message });
    }
    await assert.rejects(run(given, { SLACK_BOT_TOKEN: tokens.SLACK_APP_TOKEN }), {
      message: /^SLACK_BOT_TOKEN does not begin with xoxb-: this is an app-level token/,
    });
    await assert.rejects(stat(join(folder, '.env')), { code: 'ENOENT' });
    assert.equal((await command('src/setup/main.ts', folder, ['--chanel', 'C1'], {})).code, 2);
  });

  test('on a terminal it asks, offers the instances by number, and asks again after a wrong answer', async (t) => {
    const folder = await emptyFolder(t);
    const said: string[] = [];
    const replies = [
      '',
      region,
      '2',
      '',
      '#agents',
      'C0REQUESTS',
      '',
      bot.botToken,
      'nonsense',
      '',
    ];
    const reply = async (question: string) => {
      said.push(question);
      assert.ok(replies.length > 0, `asked too much: ${question}`);
      return replies.shift() ?? '';
    };
    const asker: Asker = { ask: reply, askSecret: reply };
    await runSetup({
      folder,
      env: {},
      project,
      flags: {},
      asker,
      print: (text) => void said.push(text),
      list: async (where) =>
        ['one', 'two'].map((alias) => ({
          id: `0000-${alias}`,
          arn: `arn:aws:connect:${where}:111122223333:instance/0000-${alias}`,
          alias,
        })),
    });
    assert.deepEqual(replies, []);
    const { instances } = parse(await readFile(join(folder, 'config.yaml'), 'utf8'));
    assert.deepEqual(instances, [
      {
        alias: 'two',
        arn: `arn:aws:connect:${region}:111122223333:instance/0000-two`,
        requestsChannel: 'C0REQUESTS',
      },
    ]);
    const env = parseEnv(await readFile(join(folder, '.env'), 'utf8'));
    assert.equal(env.SLACK_BOT_TOKEN, bot.botToken);
    const all = said.join('\n');
    assert.match(all, /This must be a channel’s id/);
    assert.match(all, /This does not begin with xapp-/);
    assert.match(all, /Put SLACK_APP_TOKEN into \.env \(or run this again\)/);
    assert.ok(!all.includes(bot.botToken));
  });
});

describe('example values that nobody replaced', () => {
  test('are refused at the start, each with its setting and its line', async (t) => {
    const folder = await emptyFolder(t);
    await writeFile(join(folder, '.env'), project.env);
    await writeFile(join(folder, 'config.yaml'), project.policy);
    const started = await command('src/main.ts', folder, ['--check'], {});
    assert.equal(started.code, 1);
    assert.match(started.said, /SLACK_BOT_TOKEN: is still the example’s value/);
    assert.match(started.said, /SLACK_APP_TOKEN: is still the example’s value/);
    assert.match(
      started.said,
      /arn \(config\.yaml, line \d+\): a1b2c3d4-\S+ is still the example’s/,
    );
    assert.match(started.said, /requestsChannel \(config\.yaml, line \d+\): C0123456789/);
    const looked = await command('src/doctor/main.ts', folder, ['--json'], {});
    assert.match(looked.said, /"settings\.SLACK_BOT_TOKEN","status":"fail"/);
  });

  test('are all known: every id of the example policy is refused', async (t) => {
    const folder = await emptyFolder(t);
    await writeFile(join(folder, '.env'), project.env);
    await writeFile(join(folder, 'config.yaml'), project.policy);
    const { said } = await command('src/main.ts', folder, ['--check'], {});
    const ids = project.policy
      .replaceAll(/^\s*#.*$/gm, '')
      .matchAll(/\b[CSUW]0\d{9}\b|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|vpce-[0-9a-f]+/g);
    for (const [id] of ids) assert.ok(said.includes(`${id} is still the example’s`), id);
  });

  test('a Region with a typing error names its setting', async (t) => {
    const folder = await emptyFolder(t);
    const env = { SLACK_BOT_TOKEN: bot.botToken, SLACK_APP_TOKEN: bot.appToken };
    const arn = 'arn:aws:connect:us-wset-2:111122223333:instance/1111';
    await writeFile(
      join(folder, 'config.yaml'),
      `instances:\n  - { alias: one, arn: '${arn}', requestsChannel: C0REQUESTS }\n  - { alias: two, instanceId: '2222', region: eu-centrl-1, requestsChannel: C0REQUESTS }\n`,
    );
    const { said } = await command('src/main.ts', folder, ['--check'], env);
    assert.match(
      said,
      /instances\[0\]\.arn .*: there is no Region us-wset-2; did you mean “us-west-2”/,
    );
    assert.match(
      said,
      /instances\[1\]\.region .*: there is no Region eu-centrl-1; did you mean “eu-central-1”/,
    );
  });
});
