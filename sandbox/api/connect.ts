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
  /** How long a new user is missing from SearchUsers. */
  searchLagMs: number;
  usersQuota: number;
  /** Calls a second that somebody else makes on the same account's bucket, for each operation. */
  othersPerSecond: number;
  /** Operations whose bucket is not the general one above; a patch replaces the whole table. */
  perOperation?: Record<string, { ratePerSecond: number; burst: number }>;
  /** AWS's pages contradict each other on an email for a SAML user, so each reading can be chosen. */
  samlEmail?: 'refused' | 'allowed' | 'required';
  /**
   * `documented`: 20 characters outside SAML, `@` only in the form of an email address. `as-observed`: what
   * public acceptance tests and Service Cloud Voice get through: up to the model's 100, SAML with two `@`.
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
  /** Everything else exactly as it was sent: PhoneConfig and the per-channel configs. */
  settings: Record<string, unknown>;
  tags: Record<string, string>;
  proficiencies: { AttributeName: string; AttributeValue: string; Level: number }[];
  createdAt: string;
};

/**
 * `POST /sandbox/connect/profiles` with `ChangeProfile`: what an admin does meanwhile on the Connect website.
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
