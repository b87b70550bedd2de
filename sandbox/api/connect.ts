/** The Amazon Connect instances: their settings, users and profiles, and what an admin changes there. */

export type ConnectInstanceInfo = {
  id: string;
  alias: string;
  arn: string;
  account: string;
  region: string;
  identity: string;
};

/** `GET|PATCH /sandbox/connect/settings`; the same on the Connect server itself. */
export type ConnectSettings = {
  ratePerSecond: number;
  burst: number;
  latencyMs: number;
  /** How long SearchUsers does not return a new user. */
  searchLagMs: number;
  usersQuota: number;
  /** Calls a second that another caller makes on the same account's bucket, for each operation. */
  othersPerSecond: number;
  /** Operations with a different bucket than the general one above; a patch replaces the whole table. */
  perOperation?: Record<string, { ratePerSecond: number; burst: number }>;
  /** AWS's pages contradict each other about an email for a SAML user, so each interpretation can be configured. */
  samlEmail?: 'refused' | 'allowed' | 'required';
  /**
   * `documented`: 20 characters outside SAML, `@` only as part of an email address. `as-observed`: what passes in
   * public acceptance tests and in Service Cloud Voice: up to the model's 100 characters, and two `@` with SAML.
   */
  usernames?: 'documented' | 'as-observed';
};

/** `GET /sandbox/connect?instance=…` (id or alias; default the first). */
export type ConnectState = {
  instance: ConnectInstanceInfo;
  settings: ConnectSettings;
  bucket: { operation: string; level: number; burst: number }[];
  users: ConnectUser[];
  routingProfiles: { id: string; name: string }[];
  securityProfiles: { id: string; name: string; permissions: string[] }[];
  hierarchyGroups: { id: string; path: string[] }[];
};
export type ConnectUser = {
  id: string;
  arn: string;
  username: string;
  firstName?: string;
  lastName?: string;
  email?: string;
  secondaryEmail?: string;
  mobile?: string;
  directoryUserId?: string;
  hasPassword: boolean;
  routingProfile: string;
  securityProfiles: string[];
  hierarchyGroup?: string[];
  /** All other members exactly as they were sent: PhoneConfig and the per-channel configs. */
  settings: Record<string, unknown>;
  tags: Record<string, string>;
  proficiencies: { AttributeName: string; AttributeValue: string; Level: number }[];
  createdAt: string;
};

/**
 * `POST /sandbox/connect/profiles` with `ChangeProfile`: a change that an admin makes on the Connect website.
 * `DELETE` removes a routing or security profile; `permissions` replaces a security profile's.
 */
export type ChangeProfile = {
  instance: string;
  action:
    | 'delete-routing-profile'
    | 'delete-security-profile'
    | 'set-permissions'
    | 'add-user'
    | 'delete-user'
    | 'set-user-profiles';
  id?: string;
  permissions?: string[];
  user?: {
    username: string;
    securityProfileIds?: string[];
    routingProfileId?: string;
    email?: string;
  };
};
