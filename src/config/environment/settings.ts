/** The environment variables: their purpose, where to get each value, and the form of a valid value. */
import { accessSync, constants } from 'node:fs';
import { createNearest } from '../../text/nearest.ts';
import { addressTrouble, webhookTrouble } from '../address.ts';
import { isRandom, keyBytes, oldKeys, webhookSecret } from './secrets-key.ts';

type Setting = {
  readonly purpose: string;
  readonly source: string;
  /** The problem of a non-empty value; it never contains the value, which can be a secret. */
  readonly trouble: (value: string) => string | undefined;
};

const signingSecret = 'a signing secret';
const kindsOfToken: readonly [RegExp, string][] = [
  [/^xoxb-/, 'a bot token'],
  [/^xoxp-/, 'a user’s token'],
  [/^xapp-/, 'an app-level token'],
  [/^xoxe/, 'a token for rotation'],
  [/^[0-9a-f]{32}$/i, signingSecret],
];

function token(prefix: 'xoxb-' | 'xapp-') {
  return (value: string) => {
    if (/\s/.test(value)) return 'has spaces or line breaks in it';
    if (value.startsWith(prefix) && value.length > prefix.length + 8) return undefined;
    if (value.startsWith(prefix)) return 'is cut off';
    const kind = kindsOfToken.find(([pattern]) => pattern.test(value))?.[1];
    return `does not begin with ${prefix}${kind === undefined ? '' : `: this is ${kind}`}`;
  };
}

function oneOf(...allowed: readonly string[]) {
  return (value: string) => {
    if (allowed.includes(value)) return undefined;
    const meant = createNearest(allowed)(value);
    const choice = `must be one of: ${allowed.join(', ')}`;
    return meant === undefined ? choice : `${choice}; did you mean “${meant}”?`;
  };
}

/** The two parts of `bucket-name/prefix`. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function bucketOf(text: string): { name: string; prefix: string } | undefined {
  const [, name, path = ''] =
    /^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([\w!.*'()/-]{1,500}))?$/.exec(text) ?? [];
  if (name === undefined) return undefined;
  return { name, prefix: path === '' || path.endsWith('/') ? path : `${path}/` };
}

function databaseAddressTrouble(value: string): string | undefined {
  const url = URL.parse(value);
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) return 'is not a postgres:// address';
  if (url.pathname.length <= 1) return 'names no database (…/name)';
  for (const name of ['sslrootcert', 'sslcert', 'sslkey']) {
    const file = url.searchParams.get(name);
    const trouble = file ? whyUnreadable(file) : undefined;
    if (trouble) return `names a file for ${name} that cannot be read: ${file} (${trouble})`;
  }
  return undefined;
}

function whyUnreadable(file: string): string | undefined {
  try {
    accessSync(file, constants.R_OK);
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

/** Every variable that the bot reads itself. AWS's own (region, credentials, endpoints) are the SDK's. */
export const settings = {
  SLACK_BOT_TOKEN: {
    purpose: 'The bot speaks in your workspace with it.',
    source:
      'Slack app page (https://api.slack.com/apps) → OAuth & Permissions → Bot User OAuth Token; begins with xoxb-',
    trouble: token('xoxb-'),
  },
  SLACK_APP_TOKEN: {
    purpose: 'Receives what happens in Slack over Socket Mode, without a public address.',
    source:
      'Slack app page → Basic Information → App-Level Tokens → Generate, with the scope connections:write; begins with xapp-',
    trouble: token('xapp-'),
  },
  SLACK_SIGNING_SECRET: {
    purpose: 'Proves that what arrives over HTTP comes from Slack.',
    source: 'Slack app page → Basic Information → App Credentials → Signing Secret',
    trouble: (value) => {
      const kind = kindsOfToken.find(([pattern]) => pattern.test(value))?.[1];
      if (kind !== undefined && kind !== signingSecret)
        return `is no signing secret: this is ${kind}`;
      return /^[\w-]{16,}$/.test(value)
        ? undefined
        : 'does not look like a signing secret (32 digits and letters a to f)';
    },
  },
  SLACK_TRANSPORT: {
    purpose: 'How the bot hears from Slack, if both ways are configured.',
    source: 'socket (needs SLACK_APP_TOKEN) or http (needs SLACK_SIGNING_SECRET)',
    trouble: oneOf('socket', 'http'),
  },
  HOST: {
    purpose:
      'The address that the HTTP transport and the pages of sign-ins listen on. Default: 0.0.0.0.',
    source: '127.0.0.1 when a proxy on this machine is in front',
    trouble: (value) => (/^[A-Za-z0-9.:-]+$/.test(value) ? undefined : 'is not a host name'),
  },
  PORT: {
    purpose: 'The port that the HTTP transport and the pages of sign-ins listen on. Default: 3000.',
    source: 'whatever the Request URL on the Slack app page leads to; 0 for any free one',
    trouble: (value) =>
      /^\d{1,5}$/.test(value) && Number(value) <= 65_535 ? undefined : 'is not a port (0 to 65535)',
  },
  HEALTH_PORT: {
    purpose:
      'The port of /healthz, /readyz and /metrics, for orchestrators and Prometheus. Left out, nothing is served.',
    source: 'any free port that is not open to the internet, such as 9464',
    trouble: (value) =>
      /^\d{1,5}$/.test(value) && Number(value) <= 65_535 ? undefined : 'is not a port (0 to 65535)',
  },
  HEALTH_HOST: {
    purpose: 'The address that HEALTH_PORT listens on. Default: 0.0.0.0.',
    source: '127.0.0.1 when only this machine asks',
    trouble: (value) => (/^[A-Za-z0-9.:-]+$/.test(value) ? undefined : 'is not a host name'),
  },
  SLACK_API_URL: {
    purpose:
      'Slack’s Web API; another address only for a stand-in. Default: https://slack.com/api/.',
    source: 'leave it out, unless you run a stand-in',
    trouble: addressTrouble,
  },
  DATABASE_URL: {
    purpose: 'The Postgres where requests are kept. Left out, the bot runs its own in DATA_DIR.',
    source: 'postgres://user:password@host:5432/name, from whoever runs your Postgres',
    trouble: databaseAddressTrouble,
  },
  DATABASE_DIRECT_URL: {
    purpose:
      'The same database past a pooler in transaction mode, such as PgBouncer: for migrations, and for the job engine, which listens.',
    source: 'postgres://user:password@host:5432/name: Postgres itself, not the pooler',
    trouble: databaseAddressTrouble,
  },
  DATA_DIR: {
    purpose:
      'The folder of the bot’s own database, unless there is a DATABASE_URL. Default: ./data.',
    source: 'any folder on a local disk that outlives the bot (in a container: a volume)',
    trouble: () => undefined,
  },
  EMBEDDED_AS_ROOT: {
    purpose:
      'Lets the bot run its own database although it was started as root: Postgres then runs as the account postgres, which is made if there is none.',
    source:
      '1, in a container or on a machine of the bot’s own; better: start the bot as another user',
    trouble: oneOf('1'),
  },
  SECRETS_KEY: {
    purpose:
      'Encrypts passwords that requesters type, until the user is created. Left out, the bot takes none and generates every password.',
    source: 'make one: openssl rand -base64 32',
    trouble: (value) => {
      const key = keyBytes(value);
      if (!key) return 'is not 32 bytes in base64 or hex';
      return isRandom(key) ? undefined : 'is not random: somebody could guess it';
    },
  },
  SECRETS_KEY_OLD: {
    purpose:
      'Keys that SECRETS_KEY has replaced: what was sealed with them can still be read. Left out, only SECRETS_KEY reads.',
    source: 'the value that SECRETS_KEY had before; several are separated by commas',
    trouble: (value) =>
      oldKeys(value)
        ? undefined
        : 'is not 32 bytes in base64 or hex, or several separated by commas',
  },
  AUDIT_WEBHOOK_URL: {
    purpose: 'Where every event of the audit trail is sent, such as a SIEM. Left out, nowhere.',
    source: 'an https:// address from whoever runs the SIEM (docs/audit.md)',
    trouble: webhookTrouble,
  },
  AUDIT_WEBHOOK_SECRET: {
    purpose: 'Signs what is sent to AUDIT_WEBHOOK_URL, so that the receiver knows who sent it.',
    source: 'make one: echo "whsec_$(openssl rand -base64 32)"',
    trouble: (value) =>
      webhookSecret(value) ? undefined : 'is not whsec_ and 24 to 64 bytes in base64',
  },
  AUDIT_BUCKET: {
    purpose:
      'An S3 bucket with Object Lock that keeps the head of the audit chain every hour, with a prefix if wanted. Left out, only the log does.',
    source: 'bucket-name or bucket-name/prefix; the bucket must have been made with Object Lock',
    trouble: (value) => (bucketOf(value) ? undefined : 'is not a bucket’s name, or name/prefix'),
  },
  AUDIT_BUCKET_DAYS: {
    purpose: 'For how many days nobody can delete a head in AUDIT_BUCKET. Default: 400.',
    source: 'how long your auditors look back; 1 to 3650',
    trouble: (value) =>
      /^\d{1,4}$/.test(value) && Number(value) >= 1 && Number(value) <= 3650
        ? undefined
        : 'is not a number from 1 to 3650',
  },
  OIDC_ISSUER: {
    purpose:
      'The company’s identity provider (OpenID Connect), where approvers sign in again when a rule says stepUp. Left out, no rule may.',
    source:
      'the issuer that …/.well-known/openid-configuration names, from whoever runs your sign-in',
    trouble: addressTrouble,
  },
  OIDC_CLIENT_ID: {
    purpose: 'The bot’s name at OIDC_ISSUER.',
    source:
      'register a web application there, with PUBLIC_URL and sign-in/callback behind it as redirect URI',
    trouble: () => undefined,
  },
  OIDC_CLIENT_SECRET: {
    purpose: 'Proves to OIDC_ISSUER that it is the bot.',
    source: 'the secret of that application',
    trouble: (value) => (/\s/.test(value) ? 'has spaces or line breaks in it' : undefined),
  },
  OIDC_CLAIM: {
    purpose:
      'What of a sign-in says who it was: a claim that is their email address in Slack or their username in Amazon Connect. Default: email.',
    source: 'one that people cannot change themselves',
    trouble: (value) => (/^[\w:./-]{1,100}$/.test(value) ? undefined : 'is not a claim’s name'),
  },
  PUBLIC_URL: {
    purpose:
      'The address at which the bot’s PORT is reached from outside: by people’s browsers, for OIDC_ISSUER; with HTTP by Slack, which npm run doctor looks at.',
    source: 'https://… as your proxy or load balancer has it, without /slack/events',
    trouble: addressTrouble,
  },
  AWS_ENDPOINT_URL_CONNECT: {
    purpose: 'Another address for Amazon Connect’s API, read by the AWS SDK.',
    source: 'leave it out, unless you have a VPC endpoint or run a stand-in',
    trouble: addressTrouble,
  },
  AWS_ENDPOINT_URL: {
    purpose: 'Another address for all of AWS, read by the AWS SDK.',
    source: 'leave it out, unless you run a stand-in',
    trouble: addressTrouble,
  },
  CONFIG_FILE: {
    purpose: 'The policy file: instances, and who may do what. Default: config.yaml.',
    source: 'copy config.example.yaml',
    trouble: () => undefined,
  },
  AWS_ENDPOINT_URL_S3: {
    purpose: 'Another address for S3, read by the AWS SDK; only AUDIT_BUCKET uses S3.',
    source: 'leave it out, unless you have a VPC endpoint or run a stand-in',
    trouble: addressTrouble,
  },
  LOG_LEVEL: {
    purpose: 'How much is logged. Default: info.',
    source: 'debug, info, warn, error or silent',
    trouble: oneOf('debug', 'info', 'warn', 'error', 'silent'),
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;
