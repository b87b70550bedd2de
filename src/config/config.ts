/** The one frozen, validated configuration: what the environment and the policy file say together. */

import type { Rule, StepUp } from '../policy/rule.ts';
import type { Preset } from '../users/preset.ts';

export type Transport =
  | { readonly kind: 'socket'; readonly appToken: string }
  | {
      readonly kind: 'http';
      readonly signingSecret: string;
      readonly host: string;
      readonly port: number;
      /** Where Slack reaches the bot, without the path of the request URL; ends in `/`. Absent: not known here. */
      readonly publicUrl?: string;
    };

export type SlackConfig = {
  readonly botToken: string;
  readonly transport: Transport;
  /** The address of Slack's Web API, ending in `/`. Only tests and the sandbox set a different one. */
  readonly apiUrl: string;
};

export type DatabaseConfig =
  | {
      readonly kind: 'url';
      readonly url: string;
      /** Past a pooler in transaction mode, for what takes a session; absent: `url` keeps sessions. */
      readonly directUrl?: string;
    }
  | { readonly kind: 'embedded'; readonly dataDir: string };

/** Ways from a Slack person to a Connect user, tried in the policy's order. */
export type IdentityWay = 'link' | 'email' | 'email-local-part';

export type IdentityPolicy = {
  readonly ways: readonly IdentityWay[];
  /** Slack user id → Connect username. */
  readonly links: Readonly<Record<string, string>>;
  /** Email domains of the company, lower case; the two email ways take no other. */
  readonly emailDomains: readonly string[];
  /** Instance → the one domain in which the part before the @ counts. One domain alone needs no entry. */
  readonly localPartDomains: Readonly<Record<string, string>>;
  /** Absent: an admin confirms every link. */
  readonly linkBySignIn?: LinkBySignIn;
};

/** A fresh sign-in that proves which Connect user somebody is. */
export type LinkBySignIn = StepUp & {
  /** The claim that is the username in Amazon Connect. */
  readonly usernameClaim: string;
};

export type WhoMayRequest = {
  /** Anyone who is a full member of the workspace. */
  readonly anyone: boolean;
  readonly usergroups: readonly string[];
  readonly people: readonly string[];
  /** Everybody who holds Users – Create in that instance. */
  readonly creators: boolean;
};

export type ApprovalPolicy = {
  /** `always`; or `unless-permitted`: who holds Users – Create creates at once. */
  readonly needed: 'always' | 'unless-permitted';
  readonly allowOwn: boolean;
  readonly expiresAfterMs: number;
};

export type AssumedRole = {
  readonly arn: string;
  /** What the role's trust policy requires. */
  readonly externalId?: string;
  /** What CloudTrail shows; `connect-add-user` unless given. */
  readonly sessionName?: string;
};

/** How people are made aware of a card, and asked again before they press its buttons. */
export type CardPolicy = {
  /** User groups and people that the card mentions when it is posted. */
  readonly notify: readonly string[];
  /** User groups and people that get a direct message about each card that waits for an approval. */
  readonly directMessage: readonly string[];
  /** An approval of more users than this asks again; null: none does. */
  readonly confirmAbove: number | null;
};

/** The circuit breaker. Null: no limit. */
export type UserLimits = {
  readonly perHour: number | null;
  readonly perDay: number | null;
  readonly perApprover: { readonly perHour: number | null; readonly perDay: number | null };
  /** Slack ids of the people who are informed. */
  readonly tell: readonly string[];
};

/** A preset, and who may use it; everybody who may request where nobody is named. */
export type ConfiguredPreset = Preset & {
  readonly usergroups: readonly string[];
  readonly people: readonly string[];
};

export type WebhookConfig = {
  readonly url: string;
  /** The key of the signature. */
  readonly secret: Uint8Array;
};

/** An S3 bucket with Object Lock that keeps heads of the audit chain. */
export type AuditBucket = {
  readonly name: string;
  /** Empty, or ends in a slash. */
  readonly prefix: string;
  /** For how long nobody can delete a head. */
  readonly retainDays: number;
};

/** The company's identity provider, for approvals that need a fresh sign-in. */
export type SignInConfig = {
  /** OpenID Connect's issuer, as it names itself. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The claim that says who signed in: their address in Slack, or their username in Amazon Connect. */
  readonly claim: string;
  /** Where browsers reach the bot. Ends in `/`. */
  readonly publicUrl: string;
  /** Where its pages are served with Socket Mode; with HTTP they are beside the request URL. */
  readonly listen: { readonly host: string; readonly port: number };
};

export type InstanceConfig = {
  readonly alias: string;
  /** Instance id; an ARN in the file is taken apart. */
  readonly instanceId: string;
  readonly region: string;
  /**
   * The AWS account of the instance, out of its ARN or its role's. Absent where neither tells: then it is the
   * account of the bot's own credentials.
   */
  readonly account?: string;
  /** The role that is assumed for it (STS); absent: the bot's own credentials. */
  readonly role?: AssumedRole;
  /** The Connect endpoint; absent for AWS's own. */
  readonly endpoint?: string;
  /** Slack channel id where cards go. */
  readonly requestsChannel: string;
  /** ISO 3166 country that a phone number without `+` is read in; absent: such numbers are refused. */
  readonly defaultCountry?: string;
  /** Whether a SAML instance takes an email address (AWS's docs contradict themselves). */
  readonly samlEmail: 'refuse' | 'allow';
  /** Tags that every user gets unless theirs say otherwise. */
  readonly defaultTags: Readonly<Record<string, string>>;
  /** In the order of the policy file. */
  readonly presets: readonly ConfiguredPreset[];
  /** For people who are picked out of Slack; absent: `{first}.{last}`, and none with single sign-on. */
  readonly usernamePattern?: string;
  /** Whether a new user who was picked out of Slack gets a welcome there. */
  readonly welcome: boolean;
  /** Keys of tags that every user needs. */
  readonly requiredTags: readonly string[];
  /** Ids of traffic distribution groups that every new user joins. */
  readonly trafficDistributionGroups: readonly string[];
  /** How many users the instance may have, if known. */
  readonly userQuota?: number;
  /** Whether Salesforce Service Cloud Voice manages the instance. */
  readonly serviceCloudVoice: boolean;
  /** Where people sign in, if not the address that Connect tells. */
  readonly loginUrl?: string;
  /** The pace of CreateUser in this account and Region. */
  readonly pace: { readonly ratePerSecond: number; readonly burst: number };
  /** The pace of each operation that reads, in the same place. */
  readonly readPace: { readonly ratePerSecond: number; readonly burst: number };
  /** Whether the bot marks the users it creates with its own tags (requires connect:TagResource). */
  readonly tagUsers: boolean;
  readonly card: CardPolicy;
  /** Whether the requests channel may be one that another company sees, through Slack Connect. */
  readonly sharedChannel: 'warn' | 'refuse';
  /** Permissions that never count when somebody's are compared with those they hand out. */
  readonly neverCount: readonly string[];
  readonly mayRequest: WhoMayRequest;
  readonly approval: ApprovalPolicy;
  /** How many users may be created; beyond it creating pauses. Absent: no limit. */
  readonly limits?: UserLimits;
  /** In place of the two above; absent where the policy file has no rules. */
  readonly rules?: readonly Rule[];
};

export type Config = {
  readonly slack: SlackConfig;
  /** Where health and metrics are served; absent: nowhere. */
  readonly health?: { readonly host: string; readonly port: number };
  readonly database: DatabaseConfig;
  /** 32 bytes that encrypt typed passwords at rest; absent: passwords cannot be typed. */
  readonly secretsKey?: Uint8Array;
  /** Keys that it has replaced: they read, and seal nothing anymore. */
  readonly oldSecretsKeys?: readonly Uint8Array[];
  /** How long a typed password is kept at most, from when it was sent. */
  readonly passwordsExpireAfterMs: number;
  readonly identity: IdentityPolicy;
  /** Requests of one person that may be open at a time. */
  readonly openRequestsPerPerson: number;
  /** SHA-256 (hex) of the policy file's text: which policy a decision was made under. */
  readonly policyHash: string;
  /** Days after which personal data of requests that ended is erased. */
  readonly retentionDays: number;
  readonly instances: readonly InstanceConfig[];
  /** Slack people or channels that are told when the bot gives up on something. */
  readonly operators: readonly string[];
  /** Absent: nobody can be asked to sign in afresh. */
  readonly signIn?: SignInConfig;
  /** Where the audit trail's events are sent; absent: nowhere. */
  readonly auditWebhook?: WebhookConfig;
  /** Where heads of the audit chain are kept too; absent: in the log alone. */
  readonly auditBucket?: AuditBucket;
  readonly log: { readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent' };
};
