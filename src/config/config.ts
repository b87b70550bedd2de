/** The single frozen, validated configuration, from the environment and the policy file. */

import type { Rule, StepUp } from '../policy/rule.ts';
import type { Preset } from '../users/preset.ts';

export type Transport =
  | { readonly kind: 'socket'; readonly appToken: string }
  | {
      readonly kind: 'http';
      readonly signingSecret: string;
      readonly host: string;
      readonly port: number;
      /**
       * The address at which Slack reaches the bot, without the path of the request URL; ends in `/`. When absent, it
       * is not known here.
       */
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
      /**
       * The address without a pooler in transaction mode, for work that requires a session; when absent, `url`
       * supports sessions.
       */
      readonly directUrl?: string;
    }
  | { readonly kind: 'embedded'; readonly dataDir: string };

/** Methods of identifying the Connect user of a Slack person, tried in the policy's order. */
export type IdentityWay = 'link' | 'email' | 'email-local-part';

export type IdentityPolicy = {
  readonly ways: readonly IdentityWay[];
  /** Slack user id → Connect username. */
  readonly links: Readonly<Record<string, string>>;
  /** Email domains of the company, in lower case; the two email methods accept no other domain. */
  readonly emailDomains: readonly string[];
  /** Instance → the only domain in which the part before the @ counts. A single domain needs no entry. */
  readonly localPartDomains: Readonly<Record<string, string>>;
  /** When absent, an admin confirms every link. */
  readonly linkBySignIn?: LinkBySignIn;
};

/** A fresh sign-in that proves which Connect user a person is. */
export type LinkBySignIn = StepUp & {
  /** The claim that contains the username in Amazon Connect. */
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
  /** `always`; or `unless-permitted`: a person who holds Users – Create creates users without an approval. */
  readonly needed: 'always' | 'unless-permitted';
  readonly allowOwn: boolean;
  readonly expiresAfterMs: number;
};

export type AssumedRole = {
  readonly arn: string;
  /** The external id that the role's trust policy requires. */
  readonly externalId?: string;
  /** The name in CloudTrail; `connect-add-user` by default. */
  readonly sessionName?: string;
};

/** How people are notified of a card, and when its buttons require a confirmation. */
export type CardPolicy = {
  /** User groups and people that the card mentions when it is posted. */
  readonly notify: readonly string[];
  /** User groups and people that get a direct message about each card that waits for an approval. */
  readonly directMessage: readonly string[];
  /** An approval of more users than this requires a confirmation; null means that none does. */
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

/** A preset, and who may use it; without names, everybody who may request users. */
export type ConfiguredPreset = Preset & {
  readonly usergroups: readonly string[];
  readonly people: readonly string[];
};

export type WebhookConfig = {
  readonly url: string;
  /** The key of the signature. */
  readonly secret: Uint8Array;
};

/** An S3 bucket with Object Lock that stores heads of the audit chain. */
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
  /**
   * The claim that identifies the person who signed in: their address in Slack, or their username in Amazon Connect.
   */
  readonly claim: string;
  /** The address at which browsers reach the bot. Ends in `/`. */
  readonly publicUrl: string;
  /** Where its pages are served with Socket Mode; with HTTP they are served on the port of the request URL. */
  readonly listen: { readonly host: string; readonly port: number };
};

export type InstanceConfig = {
  readonly alias: string;
  /** Instance id, extracted if the file has an ARN. */
  readonly instanceId: string;
  readonly region: string;
  /**
   * The AWS account of the instance, from its ARN or its role's. Absent when neither is given; then it is the account
   * of the bot's own credentials.
   */
  readonly account?: string;
  /** The role that is assumed for it (STS); when absent, the bot's own credentials are used. */
  readonly role?: AssumedRole;
  /** The Connect endpoint; absent for AWS's own. */
  readonly endpoint?: string;
  /** Slack channel id where cards go. */
  readonly requestsChannel: string;
  /** ISO 3166 country of phone numbers without `+`; when absent, such numbers are refused. */
  readonly defaultCountry?: string;
  /** Whether a SAML instance accepts an email address (AWS's docs contradict each other). */
  readonly samlEmail: 'refuse' | 'allow';
  /** Tags that every user gets, unless the user has other values for them. */
  readonly defaultTags: Readonly<Record<string, string>>;
  /** In the order of the policy file. */
  readonly presets: readonly ConfiguredPreset[];
  /** For people selected from Slack; when absent, `{first}.{last}`, and no pattern with single sign-on. */
  readonly usernamePattern?: string;
  /** Whether a new user who was selected from Slack gets a welcome message there. */
  readonly welcome: boolean;
  /** Keys of tags that every user needs. */
  readonly requiredTags: readonly string[];
  /** Ids of traffic distribution groups that every new user joins. */
  readonly trafficDistributionGroups: readonly string[];
  /** How many users the instance may have, if known. */
  readonly userQuota?: number;
  /** Whether Salesforce Service Cloud Voice manages the instance. */
  readonly serviceCloudVoice: boolean;
  /** The sign-in address, if it differs from the one that Connect reports. */
  readonly loginUrl?: string;
  /** The pace of CreateUser in this account and Region. */
  readonly pace: { readonly ratePerSecond: number; readonly burst: number };
  /** The pace of each operation that reads, in the same place. */
  readonly readPace: { readonly ratePerSecond: number; readonly burst: number };
  /** Whether the bot marks the users it creates with its own tags (requires connect:TagResource). */
  readonly tagUsers: boolean;
  readonly card: CardPolicy;
  /** Whether another company may see the requests channel, through Slack Connect. */
  readonly sharedChannel: 'warn' | 'refuse';
  /** Permissions that are excluded when a person's permissions are compared with those they grant. */
  readonly neverCount: readonly string[];
  readonly mayRequest: WhoMayRequest;
  readonly approval: ApprovalPolicy;
  /** How many users may be created before creating pauses. When absent, there is no limit. */
  readonly limits?: UserLimits;
  /** Replaces the two settings above; absent when the policy file has no rules. */
  readonly rules?: readonly Rule[];
};

export type Config = {
  readonly slack: SlackConfig;
  /** Where health and metrics are served; when absent, they are not served. */
  readonly health?: { readonly host: string; readonly port: number };
  readonly database: DatabaseConfig;
  /** 32 bytes that encrypt typed passwords at rest; when absent, passwords cannot be typed. */
  readonly secretsKey?: Uint8Array;
  /** Keys that were replaced by it: they only decrypt. */
  readonly oldSecretsKeys?: readonly Uint8Array[];
  /** How long a typed password is stored at most, counted from its submission. */
  readonly passwordsExpireAfterMs: number;
  readonly identity: IdentityPolicy;
  /** How many requests of one person may be open at the same time. */
  readonly openRequestsPerPerson: number;
  /** SHA-256 (hex) of the policy file's text, which records the policy of a decision. */
  readonly policyHash: string;
  /** Days after which personal data of ended requests is erased. */
  readonly retentionDays: number;
  readonly instances: readonly InstanceConfig[];
  /** Slack people or channels that are notified when the bot gives up a job. */
  readonly operators: readonly string[];
  /** When absent, a fresh sign-in cannot be required. */
  readonly signIn?: SignInConfig;
  /** Where the audit trail's events are sent; when absent, they are not sent. */
  readonly auditWebhook?: WebhookConfig;
  /** An additional place for heads of the audit chain; when absent, they are only in the log. */
  readonly auditBucket?: AuditBucket;
  readonly log: { readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent' };
};
