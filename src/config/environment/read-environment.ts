/** Reads the environment: all values, or all problems in it. */
import { createNearest } from '../../text/nearest.ts';
import { withSlash } from '../address.ts';
import type { Config, DatabaseConfig, SignInConfig, SlackConfig, Transport } from '../config.ts';
import type { ConfigProblem } from '../problems.ts';
import { keyBytes, oldKeys, webhookSecret } from './secrets-key.ts';
import { bucketOf, type SettingName, settings } from './settings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export type EnvironmentRead = {
  readonly problems: readonly ConfigProblem[];
  /** Absent when there are problems. */
  readonly values?: Pick<
    Config,
    | 'slack'
    | 'database'
    | 'log'
    | 'secretsKey'
    | 'oldSecretsKeys'
    | 'health'
    | 'auditWebhook'
    | 'auditBucket'
    | 'signIn'
  >;
  readonly configFile: string;
};

export function readEnvironment(env: Environment): EnvironmentRead {
  // An empty variable counts as not set, such as `SLACK_APP_TOKEN=` in a .env file.
  const get = (name: SettingName) => env[name]?.trim() || undefined;
  const problems: ConfigProblem[] = [];
  const complain = (name: SettingName, wrong: string) => {
    const { purpose, source } = settings[name];
    problems.push({ setting: name, wrong, purpose, source });
  };
  for (const name of Object.keys(settings) as SettingName[]) {
    const value = get(name);
    const trouble = value === undefined ? undefined : settings[name].trouble(value);
    if (trouble !== undefined) complain(name, trouble);
  }
  const wanted = (name: SettingName, otherwise = ''): string => {
    const value = get(name);
    if (value === undefined) complain(name, `is missing${misspelled(env, name)}${otherwise}`);
    return value ?? '';
  };

  const botToken = wanted('SLACK_BOT_TOKEN');
  const transport = readTransport(get, wanted, complain);
  const slack: SlackConfig | undefined = transport && {
    botToken,
    transport,
    apiUrl: withSlash(get('SLACK_API_URL') ?? 'https://slack.com/api/'),
  };
  const database = databaseOf(env);
  if (get('DATABASE_DIRECT_URL') !== undefined && get('DATABASE_URL') === undefined) {
    complain('DATABASE_DIRECT_URL', 'is set, and DATABASE_URL is not');
  }
  const secretsKey = keyBytes(get('SECRETS_KEY') ?? '');
  const old = get('SECRETS_KEY_OLD');
  if (old !== undefined && get('SECRETS_KEY') === undefined) {
    complain('SECRETS_KEY_OLD', 'is set, and SECRETS_KEY is not');
  }
  const webhookUrl = get('AUDIT_WEBHOOK_URL');
  const webhookKey = webhookSecret(get('AUDIT_WEBHOOK_SECRET') ?? '');
  if (webhookUrl !== undefined && get('AUDIT_WEBHOOK_SECRET') === undefined) {
    complain('AUDIT_WEBHOOK_SECRET', 'is missing: without it nobody can tell who sent the events');
  }
  const bucket = bucketOf(get('AUDIT_BUCKET') ?? '');
  const signIn = readSignIn(get, wanted);
  const level = (get('LOG_LEVEL') ?? 'info') as Config['log']['level'];
  const configFile = get('CONFIG_FILE') ?? 'config.yaml';
  if (!slack || problems.length > 0) return { problems, configFile };
  const healthPort = get('HEALTH_PORT');
  const values = {
    slack,
    database,
    log: { level },
    ...(signIn ? { signIn } : {}),
    ...(secretsKey ? { secretsKey } : {}),
    ...(secretsKey && old !== undefined ? { oldSecretsKeys: oldKeys(old) ?? [] } : {}),
    ...(bucket
      ? { auditBucket: { ...bucket, retainDays: Number(get('AUDIT_BUCKET_DAYS') ?? 400) } }
      : {}),
    ...(webhookUrl !== undefined && webhookKey
      ? { auditWebhook: { url: webhookUrl, secret: webhookKey } }
      : {}),
    ...(healthPort === undefined
      ? {}
      : { health: { host: get('HEALTH_HOST') ?? '0.0.0.0', port: Number(healthPort) } }),
  };
  return { problems, values, configFile };
}

/** The database setting alone, for commands that need nothing else of the configuration. */
export function databaseOf(env: Environment): DatabaseConfig {
  const url = env.DATABASE_URL?.trim() || undefined;
  const directUrl = env.DATABASE_DIRECT_URL?.trim() || undefined;
  return url === undefined
    ? { kind: 'embedded', dataDir: env.DATA_DIR?.trim() || './data' }
    : { kind: 'url', url, ...(directUrl === undefined ? {} : { directUrl }) };
}

/** Which of the two transports is used. An ambiguous configuration is reported and never guessed. */
function readTransport(
  get: (name: SettingName) => string | undefined,
  wanted: (name: SettingName, otherwise?: string) => string,
  complain: (name: SettingName, wrong: string) => void,
): Transport | undefined {
  const appToken = get('SLACK_APP_TOKEN');
  const signingSecret = get('SLACK_SIGNING_SECRET');
  const chosen = get('SLACK_TRANSPORT');
  if (chosen === undefined && appToken !== undefined && signingSecret !== undefined) {
    complain(
      'SLACK_TRANSPORT',
      'is missing: SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set, and only one way can be right',
    );
    return undefined;
  }
  if (chosen === 'http' || (chosen === undefined && signingSecret !== undefined)) {
    const host = get('HOST') ?? '0.0.0.0';
    const port = Number(get('PORT') ?? 3000);
    const publicUrl = get('PUBLIC_URL');
    return {
      kind: 'http',
      signingSecret: wanted('SLACK_SIGNING_SECRET'),
      host,
      port,
      ...(publicUrl === undefined ? {} : { publicUrl: withSlash(publicUrl) }),
    };
  }
  const otherwise =
    chosen === 'socket' ? '' : ' (or set SLACK_SIGNING_SECRET, to hear from Slack over HTTP)';
  return { kind: 'socket', appToken: wanted('SLACK_APP_TOKEN', otherwise) };
}

/** The identity provider, if there is one; then all of its settings are required. */
function readSignIn(
  get: (name: SettingName) => string | undefined,
  wanted: (name: SettingName, otherwise?: string) => string,
): SignInConfig | undefined {
  const issuer = get('OIDC_ISSUER');
  if (issuer === undefined) return undefined;
  const belongs = ': it belongs to OIDC_ISSUER';
  return {
    issuer,
    clientId: wanted('OIDC_CLIENT_ID', belongs),
    clientSecret: wanted('OIDC_CLIENT_SECRET', belongs),
    claim: get('OIDC_CLAIM') ?? 'email',
    publicUrl: withSlash(wanted('PUBLIC_URL', belongs)),
    listen: { host: get('HOST') ?? '0.0.0.0', port: Number(get('PORT') ?? 3000) },
  };
}

/** An unknown variable that is set and whose name is close to the missing one. */
function misspelled(env: Environment, missing: SettingName): string {
  const others = Object.keys(env).filter((name) => !(name in settings) && env[name]);
  const found = createNearest(others)(missing);
  return found === undefined ? '' : `; you set ${found}: is it misspelled?`;
}
