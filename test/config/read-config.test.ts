import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { parseEnv } from 'node:util';
import { parse, stringify } from 'yaml';
import { settings } from '../../src/config/environment/settings.ts';
import {
  type ConfigProblem,
  formatConfigProblems,
  readConfig,
} from '../../src/config/read/read-config.ts';

const root = new URL('../../', import.meta.url);
const text = (name: string) => readFileSync(new URL(name, root), 'utf8');
const example = text('config.example.yaml');

const env = {
  SLACK_BOT_TOKEN: 'xoxb-1111-2222-abcdefghij',
  SLACK_APP_TOKEN: 'xapp-1-A111-222-abcdefghij',
};

const smallest = {
  instances: [
    {
      alias: 'production',
      arn: 'arn:aws:connect:us-west-2:123456789012:instance/a1b2c3d4-5678-90ab-cdef-EXAMPLE11111',
      requestsChannel: 'C0123456789',
    },
  ],
};

function missing(path: string): never {
  throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
}

function read(options: { env?: Record<string, string | undefined>; policy?: unknown } = {}) {
  const { policy = smallest } = options;
  const yaml = typeof policy === 'string' ? policy : stringify(policy);
  return readConfig({ ...env, ...options.env }, () => yaml);
}

function configOf(options: Parameters<typeof read>[0] = {}) {
  const result = read(options);
  if (!result.ok) assert.fail(formatConfigProblems(result.problems));
  return result.config;
}

function problemsOf(options: Parameters<typeof read>[0]): readonly ConfigProblem[] {
  const result = read(options);
  assert.equal(result.ok, false, 'should be refused');
  return result.ok ? [] : result.problems;
}

/** The only problem, as `setting: wrong`. */
function onlyProblem(options: Parameters<typeof read>[0]): string {
  const problems = problemsOf(options);
  assert.equal(problems.length, 1, JSON.stringify(problems, null, 2));
  return `${problems[0]?.setting}: ${problems[0]?.wrong}`;
}

/** The smallest policy with a changed instance. */
const withInstance = (change: Record<string, unknown>) => ({
  instances: [{ ...smallest.instances[0], ...change }],
});

describe('the configuration', () => {
  test('the defaults are safe: only creators request, a second person approves, and only links identify people', () => {
    const config = configOf();
    assert.match(config.policyHash, /^[0-9a-f]{64}$/);
    assert.deepEqual(config, {
      policyHash: config.policyHash,
      retentionDays: 90,
      slack: {
        botToken: env.SLACK_BOT_TOKEN,
        transport: { kind: 'socket', appToken: env.SLACK_APP_TOKEN },
        apiUrl: 'https://slack.com/api/',
      },
      database: { kind: 'embedded', dataDir: './data' },
      log: { level: 'info' },
      passwordsExpireAfterMs: 24 * 3600_000,
      identity: { ways: ['link'], links: {}, emailDomains: [], localPartDomains: {} },
      openRequestsPerPerson: 20,
      operators: [],
      instances: [
        {
          alias: 'production',
          instanceId: 'a1b2c3d4-5678-90ab-cdef-EXAMPLE11111',
          region: 'us-west-2',
          account: '123456789012',
          requestsChannel: 'C0123456789',
          samlEmail: 'refuse',
          pace: { ratePerSecond: 2, burst: 5 },
          readPace: { ratePerSecond: 2, burst: 5 },
          card: { notify: [], directMessage: [], confirmAbove: null },
          sharedChannel: 'warn',
          tagUsers: true,
          neverCount: [],
          defaultTags: {},
          presets: [],
          requiredTags: [],
          welcome: false,
          trafficDistributionGroups: [],
          serviceCloudVoice: false,
          mayRequest: { anyone: false, usergroups: [], people: [], creators: true },
          approval: { needed: 'always', allowOwn: false, expiresAfterMs: 3 * 24 * 3600_000 },
        },
      ],
    });
  });

  test('a configuration cannot be changed after it was read', () => {
    const config = configOf({ env: { SECRETS_KEY: Buffer.from(bytes()).toString('base64') } });
    assert.throws(() => Object.assign(config.instances[0]?.approval ?? {}, { allowOwn: true }));
    assert.throws(() => Object.assign(config.identity.links, { U1: 'admin' }));
    assert.throws(() => Object.assign(config.slack, { botToken: 'x' }));
  });

  test('everything wrong is said at once, in the environment and in the file', () => {
    const problems = problemsOf({
      env: { SLACK_BOT_TOKEN: '', LOG_LEVEL: 'debgu', PORT: '99999' },
      policy: {
        instances: [
          { alias: 'a b', requestsChannel: '#agents', approvals: {} },
          smallest.instances[0],
        ],
        identity: { ways: ['email'] },
      },
    });
    const places = problems.map(({ setting }) => setting.replace(/ \(.*/, ''));
    assert.deepEqual(places.sort(), [
      'LOG_LEVEL',
      'PORT',
      'SLACK_BOT_TOKEN',
      'identity.emailDomains',
      'instances[0]',
      'instances[0].alias',
      'instances[0].approvals',
      'instances[0].requestsChannel',
    ]);
  });

  test('a problem says where in the file, what the setting is for and where a value is found', () => {
    const [problem] = problemsOf({ policy: withInstance({ requestsChannel: '#agents' }) });
    assert.match(
      problem?.setting ?? '',
      /^instances\[0\]\.requestsChannel \(config\.yaml, line 4, column \d+\)$/,
    );
    assert.match(problem?.purpose ?? '', /channel where requests/);
    assert.match(problem?.source ?? '', /Channel ID/);
  });

  test('the text for the terminal ends with the way to try it without settings', () => {
    const shown = formatConfigProblems(problemsOf({ env: { SLACK_BOT_TOKEN: '' } }));
    assert.match(shown, /SLACK_BOT_TOKEN: is missing/);
    assert.match(shown, /OAuth & Permissions → Bot User OAuth Token; begins with xoxb-/);
    assert.match(shown, /npm run sandbox needs no settings.*$/);
  });

  test('H4: no problem repeats the value of a secret', () => {
    const secret = 'VerySecretValue0123456789';
    for (const name of Object.keys(settings)) {
      const result = read({ env: { [name]: `${secret} \n${secret}` } });
      if (!result.ok) {
        assert.doesNotMatch(formatConfigProblems(result.problems), /VerySecret/, name);
      }
    }
    const [swapped] = problemsOf({ env: { SLACK_BOT_TOKEN: `xapp-${secret}` } });
    assert.match(swapped?.wrong ?? '', /this is an app-level token/);
    assert.doesNotMatch(JSON.stringify(swapped), /VerySecret/);
  });
});

describe('the environment', () => {
  test('the app token means Socket Mode, the signing secret HTTP', () => {
    const { transport } = configOf({
      env: { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'a'.repeat(32), HOST: '::1', PORT: '0' },
    }).slack;
    assert.deepEqual(transport, {
      kind: 'http',
      signingSecret: 'a'.repeat(32),
      host: '::1',
      port: 0,
    });
  });

  test('the public address of the bot is read when it is set', () => {
    const env = { SLACK_APP_TOKEN: undefined, SLACK_SIGNING_SECRET: 'a'.repeat(32) };
    const { transport } = configOf({
      env: { ...env, PUBLIC_URL: 'https://bot.example.com/a' },
    }).slack;
    assert.equal(transport.kind === 'http' && transport.publicUrl, 'https://bot.example.com/a/');
  });

  test('with both tokens, SLACK_TRANSPORT is required and decides', () => {
    const both = { SLACK_SIGNING_SECRET: 'a'.repeat(32) };
    assert.match(onlyProblem({ env: both }), /^SLACK_TRANSPORT: is missing/);
    const http = configOf({ env: { ...both, SLACK_TRANSPORT: 'http' } });
    assert.equal(http.slack.transport.kind, 'http');
    const socket = configOf({ env: { ...both, SLACK_TRANSPORT: 'socket' } });
    assert.equal(socket.slack.transport.kind, 'socket');
  });

  test('without any token, both transports are named in the problem', () => {
    const problem = onlyProblem({ env: { SLACK_APP_TOKEN: undefined } });
    assert.match(problem, /^SLACK_APP_TOKEN: is missing.*SLACK_SIGNING_SECRET/);
    assert.match(
      onlyProblem({ env: { SLACK_TRANSPORT: 'http' } }),
      /^SLACK_SIGNING_SECRET: is missing/,
    );
  });

  test('a misspelled variable is pointed out beside the missing one', () => {
    const problem = onlyProblem({ env: { SLACK_BOT_TOKEN: undefined, SLACK_BOT_TOKN: 'xoxb-1' } });
    assert.match(
      problem,
      /SLACK_BOT_TOKEN: is missing; you set SLACK_BOT_TOKN: is it misspelled\?/,
    );
  });

  test('Slack is spoken to over https, or on this machine', () => {
    const api = (url: string) => ({ env: { SLACK_API_URL: url } });
    assert.equal(
      configOf(api('http://127.0.0.1:4000/api')).slack.apiUrl,
      'http://127.0.0.1:4000/api/',
    );
    assert.equal(configOf(api('http://[::1]:4000/api/')).slack.apiUrl, 'http://[::1]:4000/api/');
    assert.match(onlyProblem(api('http://slack.example/api/')), /must be https.*secrets/);
    for (const url of ['http://127.0.0.1.example.com/', 'http://localhost.example/']) {
      assert.match(onlyProblem(api(url)), /must be https/, url);
    }
    assert.match(onlyProblem(api('slack.com')), /not an https/);
    assert.match(onlyProblem(api('https://me:pw@slack.com/')), /user name or password/);
  });

  test('DATABASE_URL wins over the embedded database and must name one', () => {
    const url = 'postgres://bot:secret@db.example:5432/bot';
    assert.deepEqual(configOf({ env: { DATABASE_URL: url, DATA_DIR: '/d' } }).database, {
      kind: 'url',
      url,
    });
    assert.deepEqual(configOf({ env: { DATA_DIR: '/d' } }).database, {
      kind: 'embedded',
      dataDir: '/d',
    });
    assert.match(onlyProblem({ env: { DATABASE_URL: 'mysql://db/bot' } }), /not a postgres/);
    assert.match(onlyProblem({ env: { DATABASE_URL: 'postgres://db' } }), /names no database/);
  });

  test('the secrets key is 32 random bytes, in base64 or hex', () => {
    const key = Buffer.from(bytes());
    for (const shown of [key.toString('base64'), key.toString('base64url'), key.toString('hex')]) {
      assert.deepEqual(configOf({ env: { SECRETS_KEY: shown } }).secretsKey, new Uint8Array(key));
    }
    const tooShort = key.subarray(1).toString('base64');
    assert.match(onlyProblem({ env: { SECRETS_KEY: tooShort } }), /not 32 bytes/);
    assert.match(onlyProblem({ env: { SECRETS_KEY: '00'.repeat(32) } }), /not random/);
    assert.equal(configOf().secretsKey, undefined);
  });
});

describe('the policy file', () => {
  test('the policy of the Kubernetes example is valid', () => {
    const policy = text('deploy/kubernetes/overlays/production/config.yaml');
    assert.deepEqual(
      configOf({ policy }).instances.map(({ alias }) => alias),
      ['production'],
    );
  });

  test('config.example.yaml is valid and shows every option', () => {
    const { instances, identity } = configOf({ policy: example });
    assert.equal(instances.length, 2);
    assert.equal(instances[1]?.approval.needed, 'always');
    assert.equal(instances[0]?.approval.needed, 'unless-permitted');
    assert.equal(instances[1]?.mayRequest.anyone, true);
    assert.deepEqual(identity.ways, ['link', 'email', 'email-local-part']);
    const shown = pathsIn(parse(example));
    const known = pathsInSchema(JSON.parse(text('docs/config.schema.json')));
    // docs/policy.md shows rules, in five complete policies.
    const left = [...known].filter((path) => !shown.has(path) && !/(^|\.)rules/.test(path));
    // Shown once for all instances.
    assert.deepEqual(left, [
      '$schema',
      'instances[].mayRequest.usergroups',
      'instances[].mayRequest.people',
      'instances[].mayRequest.creators',
      'instances[].approval.allowOwn',
      'instances[].approval.iKnow',
      'instances[].approval.expiresAfter',
      // Shown as a comment, because it would contradict the rest.
      'approval.iKnow',
      // Shown as comments, because they need an identity provider.
      'identity.linkBySignIn',
      'identity.linkBySignIn.usernameClaim',
      'identity.linkBySignIn.maxAge',
      'identity.linkBySignIn.acrValues',
    ]);
    assert.match(example, /^# yaml-language-server: \$schema=\.\/docs\/config\.schema\.json/);
  });

  test('.env.example names every variable, and lacks nothing but the real tokens', () => {
    const file = text('.env.example');
    for (const name of Object.keys(settings)) assert.match(file, new RegExp(`^#?${name}=`, 'm'));
    const asIs = readConfig(parseEnv(file), () => example);
    assert.equal(asIs.ok, true);
    const all = file.replaceAll(/^#(?=[A-Z_]+=)/gm, '');
    const everything = readConfig(parseEnv(all), () => example);
    assert.equal(
      everything.ok,
      true,
      everything.ok ? '' : formatConfigProblems(everything.problems),
    );
  });

  test('a missing or unreadable file is one problem', () => {
    const absent = readConfig({ ...env, CONFIG_FILE: 'policy.yaml' }, missing);
    assert.equal(absent.ok, false);
    assert.deepEqual(absent.ok || absent.problems.map((problem) => problem.wrong), [
      'there is no file policy.yaml',
    ]);
  });

  test('a syntax error in YAML is shown with its line', () => {
    assert.match(
      onlyProblem({ policy: 'instances:\n  - alias: "prod\n' }),
      /config\.yaml, line \d/,
    );
    assert.match(
      onlyProblem({ policy: 'a: 1\na: 2\n' }),
      /line 2, column 1: Map keys must be unique/,
    );
    const bomb =
      'a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n';
    assert.match(onlyProblem({ policy: bomb }), /refers to itself/);
  });

  test('an empty file, a list or a plain text is reported as a policy without instances', () => {
    for (const policy of ['', '# nothing yet\n', '- a\n', 'hello']) {
      assert.equal(read({ policy }).ok, false, JSON.stringify(policy));
    }
    assert.match(onlyProblem({ policy: '' }), /^instances \(config\.yaml\): is missing/);
    assert.match(onlyProblem({ policy: 'instances: []' }), /at least one instance/);
  });

  test('an unknown setting is an error that suggests the closest known one', () => {
    const problem = onlyProblem({ policy: withInstance({ requestChannel: 'C1' }) });
    assert.match(
      problem,
      /requestChannel \(config\.yaml, line 5, column \d+\): .*did you mean “requestsChannel”/,
    );
    assert.match(onlyProblem({ policy: { ...smallest, aproval: {} } }), /did you mean “approval”/);
    const way = { ...smallest, identity: { ways: ['emial'], emailDomains: ['example.com'] } };
    assert.match(onlyProblem({ policy: way }), /identity\.ways\[0\].*did you mean “email”/);
  });

  test('an instance is named by its ARN, or by id and Region', () => {
    const byId = { arn: undefined, instanceId: 'a1b2', region: 'eu-west-2' };
    const [instance] = configOf({ policy: withInstance(byId) }).instances;
    assert.deepEqual([instance?.instanceId, instance?.region], ['a1b2', 'eu-west-2']);
    for (const arn of [
      'arn:aws-us-gov:connect:us-gov-west-1:123456789012:instance/a1',
      'arn:aws:connect:ap-southeast-1:123456789012:instance/a1',
    ]) {
      assert.equal(read({ policy: withInstance({ arn }) }).ok, true, arn);
    }
    assert.match(onlyProblem({ policy: withInstance({ arn: undefined }) }), /give arn/);
    assert.match(
      onlyProblem({ policy: withInstance({ region: 'us-east-1' }) }),
      /contradicts the arn/,
    );
    assert.match(onlyProblem({ policy: withInstance({ instanceId: 'a1' }) }), /one of the two/);
    const noRegion = withInstance({ arn: undefined, instanceId: 'a1' });
    assert.match(onlyProblem({ policy: noRegion }), /region.*is missing/);
    const user = 'arn:aws:connect:us-west-2:123456789012:instance/a1/agent/b2';
    assert.match(onlyProblem({ policy: withInstance({ arn: user }) }), /must look like arn/);
  });

  test('two instances must differ in name and in instance id', () => {
    const [one] = smallest.instances;
    const twice = { instances: [one, { ...one, alias: 'Production' }] };
    const shown = formatConfigProblems(problemsOf({ policy: twice }));
    assert.match(shown, /instances\[1\]\.alias .*alias of instances\[0\] too/);
    assert.match(shown, /same Connect instance as instances\[0\]/);
  });

  test('rules that let everybody in, or nobody, are refused with the reason', () => {
    const refused = (change: Record<string, unknown>) =>
      formatConfigProblems(problemsOf({ policy: { ...smallest, ...change } }));
    assert.match(refused({ mayRequest: { creators: false } }), /lets nobody request/);
    for (const way of ['email', 'email-local-part']) {
      assert.match(refused({ identity: { ways: [way] } }), /emailDomains.*unsafe/);
    }
    const mail = { ways: ['email'], emailDomains: ['gmail.com'] };
    assert.match(refused({ identity: mail }), /anybody in the world/);
    assert.match(refused({ identity: { emailDomains: ['@Example.com'] } }), /small letters/);
    assert.match(
      refused({ identity: { ways: ['email'], emailDomains: ['a.de'], links: { U12: 'x' } } }),
      /never looked at/,
    );
    assert.match(
      refused({ identity: { links: { U12: 'admin', U34: 'Admin' } } }),
      /approve what the other/,
    );
    assert.match(refused({ identity: { links: { tara: 'admin' } } }), /“tara” must be a member id/);
    assert.match(refused({ identity: { ways: [] } }), /at least one way/);
    const http = { endpoint: 'http://connect.example/' };
    assert.match(refused(withInstance(http)), /must be https/);
    assert.match(refused(withInstance({ loginUrl: 'javascript:alert(1)' })), /https/);
  });

  test('an empty mayRequest permits nobody', () => {
    assert.match(onlyProblem({ policy: `${stringify(smallest)}mayRequest:\n` }), /mayRequest/);
    const { mayRequest } = configOf({ policy: { ...smallest, mayRequest: { people: ['U123'] } } })
      .instances[0] ?? { mayRequest: undefined };
    assert.deepEqual(mayRequest, {
      anyone: false,
      usergroups: [],
      people: ['U123'],
      creators: true,
    });
  });

  test('times are written as a number with a unit', () => {
    const expiry = (expiresAfter: unknown) => ({
      policy: { ...smallest, approval: { expiresAfter } },
    });
    const ms = (said: string) => configOf(expiry(said)).instances[0]?.approval.expiresAfterMs;
    assert.equal(ms('3 days'), 3 * 24 * 3600_000);
    assert.equal(ms('1 week'), 7 * 24 * 3600_000);
    assert.equal(ms('1.5 hours'), 90 * 60_000);
    assert.equal(ms('90minutes'), 90 * 60_000);
    assert.match(onlyProblem(expiry(3)), /must be text/);
    assert.match(onlyProblem(expiry('3')), /must be a time such as/);
    assert.match(onlyProblem(expiry('0 days')), /between 1 minute/);
    assert.match(onlyProblem(expiry('2000 days')), /90 days/);
  });

  test('values of the wrong kind are told apart from missing ones', () => {
    const pace = (value: unknown) => onlyProblem({ policy: withInstance({ pace: value }) });
    assert.match(pace({ ratePerSecond: '2', burst: 5 }), /ratePerSecond.*must be a number/);
    assert.match(pace({ ratePerSecond: 2 }), /burst.*is missing/);
    assert.match(pace({ ratePerSecond: 0, burst: 5 }), /ratePerSecond.*more than 0/);
    assert.match(pace({ ratePerSecond: 2, burst: 2000 }), /burst.*at most 1000/);
    assert.match(pace({ ratePerSecond: 2, burst: 1.5 }), /burst.*whole number/);
    assert.match(onlyProblem({ policy: withInstance({ tagUsers: 'yes' }) }), /true or false/);
    assert.match(
      onlyProblem({ policy: withInstance({ defaultCountry: 'Germany' }) }),
      /two capital letters/,
    );
  });
});

/** 32 constant bytes that look random. */
function bytes(): Uint8Array {
  return createHash('sha256').update('a key of these tests').digest();
}

function pathsIn(value: unknown, at = '', found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) {
    for (const item of value) pathsIn(item, `${at}[]`, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      const path = at === '' ? name : `${at}.${name}`;
      found.add(path);
      pathsIn(member, path, found);
    }
  }
  return found;
}

type JsonSchema = { properties?: Record<string, JsonSchema>; items?: JsonSchema };

function pathsInSchema(schema: JsonSchema, at = '', found = new Set<string>()): Set<string> {
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    const path = at === '' ? name : `${at}.${name}`;
    found.add(path);
    pathsInSchema(member, path, found);
  }
  if (schema.items) pathsInSchema(schema.items, `${at}[]`, found);
  return found;
}

describe('the identity provider', () => {
  const oidc = {
    OIDC_ISSUER: 'https://sso.example.com',
    OIDC_CLIENT_ID: 'connect-add-user',
    OIDC_CLIENT_SECRET: 'a secret'.replace(' ', '-'),
    PUBLIC_URL: 'https://bot.example.com',
  };
  const rules = [
    {
      name: 'Sign in',
      requesters: { anyone: true },
      approval: { stepUp: { maxAge: '2 minutes', acrValues: ['mfa'] } },
    },
  ];

  test('is read, with email as the claim and PORT for its pages', () => {
    const { signIn } = configOf({ env: { ...oidc, PORT: '8080', HOST: '127.0.0.1' } });
    assert.deepEqual(signIn, {
      issuer: 'https://sso.example.com',
      clientId: 'connect-add-user',
      clientSecret: 'a-secret',
      claim: 'email',
      publicUrl: 'https://bot.example.com/',
      listen: { host: '127.0.0.1', port: 8080 },
    });
    assert.equal(configOf().signIn, undefined);
  });

  test('is required when a rule has stepUp, together with all of its settings', () => {
    const policy = { ...smallest, rules };
    assert.equal(
      onlyProblem({ policy }),
      'OIDC_ISSUER: is missing: a rule of production says stepUp, and nobody could sign in',
    );
    const { instances } = configOf({ env: oidc, policy });
    const outcome = instances[0]?.rules?.[0]?.outcome;
    assert.deepEqual(outcome?.kind === 'ask' && outcome.approval.stepUp, {
      maxAgeMs: 120_000,
      acrValues: ['mfa'],
    });
    for (const name of ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'PUBLIC_URL'] as const) {
      assert.match(
        onlyProblem({ env: { ...oidc, [name]: '' } }),
        new RegExp(`^${name}: is missing: it belongs to OIDC_ISSUER`),
      );
    }
  });

  test('is required for links that are proved by a sign-in, with a separate claim', () => {
    const linkBySignIn = { usernameClaim: 'preferred_username' };
    const policy = { ...smallest, identity: { linkBySignIn } };
    assert.match(onlyProblem({ policy }), /^OIDC_ISSUER: is missing.*identity\.linkBySignIn/);
    assert.deepEqual(configOf({ env: oidc, policy }).identity.linkBySignIn, {
      usernameClaim: 'preferred_username',
      maxAgeMs: 300_000,
      acrValues: [],
    });
    assert.match(
      onlyProblem({ env: { ...oidc, OIDC_CLAIM: 'preferred_username' }, policy }),
      /^identity\.linkBySignIn\.usernameClaim.* is OIDC_CLAIM too/,
    );
    const never = { linkBySignIn, ways: ['email'], emailDomains: ['example.com'] };
    assert.match(
      onlyProblem({ env: oidc, policy: { ...smallest, identity: never } }),
      /identity\.linkBySignIn.*never looked at/,
    );
  });

  test('must use https, except on this machine', () => {
    for (const name of ['OIDC_ISSUER', 'PUBLIC_URL'] as const) {
      assert.match(onlyProblem({ env: { ...oidc, [name]: 'http://sso.example.com' } }), /https/);
      assert.ok(read({ env: { ...oidc, [name]: 'http://127.0.0.1:4000' } }).ok);
    }
  });
});
