/**
 * The people of the sandbox: one workspace, its people, and their users in Amazon Connect. The Connect half creates
 * its users from `connectUsers`; nothing else connects the two halves.
 */

export const team = { id: 'T0HARBOUR', name: 'Harbour Support', domain: 'harbour' } as const;
export const otherTeam = { id: 'T0ELSEWHERE', name: 'Elsewhere Ltd', domain: 'elsewhere' } as const;

/** An organization on Enterprise Grid: the workspace above, and another workspace of the same company. */
export const organization = { id: 'E0HARBOUR', name: 'Harbour Group' } as const;
const sisterTeam = {
  id: 'T0BRANCH',
  name: 'Harbour Branch',
  domain: 'harbour-branch',
} as const;

/** The page of the sandbox also imports this file, and a browser has no environment variables. */
const chosen = globalThis.process?.env ?? {};

export const bot = {
  appId: 'A0CONNECT',
  botId: 'B0CONNECT',
  userId: 'U0BOT',
  /** The default tokens of the sandbox. Their format cannot be confused with real tokens. */
  botToken: chosen.SANDBOX_BOT_TOKEN ?? 'xoxb-sandbox-bot-token',
  appToken: chosen.SANDBOX_APP_TOKEN ?? 'xapp-1-A0CONNECT-sandbox-app-token',
  signingSecret: chosen.SANDBOX_SIGNING_SECRET ?? 'sandbox-signing-secret-0123456789',
} as const;

export type SeedPerson = {
  id: string;
  name: string;
  realName: string;
  email: string;
  role: string;
  teamId?: string;
  guest?: 'multi-channel' | 'single-channel';
  deleted?: boolean;
  /** Seconds east of UTC; Bea is in Berlin. */
  tzOffset?: number;
};

/** People of the other workspace of the organization; ids there begin with W (docs: Enterprise Grid). */
export const colleagues: readonly SeedPerson[] = [
  {
    id: 'W0WENDY',
    name: 'wendy',
    realName: 'Wendy Branch',
    email: 'wendy@harbour.example',
    role: 'colleague in the other workspace of the organization',
    teamId: sisterTeam.id,
  },
];

export const people: readonly SeedPerson[] = [
  {
    id: 'U0TARA',
    name: 'tara',
    realName: 'Tara Lead',
    email: 'tara.lead@harbour.example',
    role: 'team lead, no Connect user',
  },
  {
    id: 'U0ARI',
    name: 'ari',
    realName: 'Ari Admin',
    email: 'ari.admin@harbour.example',
    role: 'admin, holds Users – Create',
  },
  {
    id: 'U0BEA',
    name: 'bea',
    realName: 'Bea Berg',
    email: 'bea@harbour.example',
    role: 'user manager, holds Users – Create but may not listen in',
    tzOffset: 3600,
  },
  {
    id: 'U0SAM',
    name: 'sam',
    realName: 'Sam Supervisor',
    email: 'sam@harbour.example',
    role: 'supervisor without Users – Create',
  },
  {
    id: 'U0NOA',
    name: 'noa',
    realName: 'Noa Lead',
    email: 'noa.lead@harbour.example',
    role: 'second team lead, no Connect user',
  },
  {
    id: 'U0ALEX',
    name: 'alex',
    realName: 'Alex North',
    email: 'alex@harbour.example',
    role: 'one of two people with the local part "alex"',
  },
  {
    id: 'U0ALEX2',
    name: 'alex.s',
    realName: 'Alex South',
    email: 'alex@harbour-support.example',
    role: 'the other "alex"',
  },
  {
    id: 'U0GUS',
    name: 'gus',
    realName: 'Gus Guest',
    email: 'gus@agency.example',
    role: 'guest in one channel',
    guest: 'single-channel',
  },
  {
    id: 'U0EVE',
    name: 'eve',
    realName: 'Eve Elsewhere',
    email: 'ari.admin@elsewhere.example',
    role: 'from another company, through Slack Connect',
    teamId: otherTeam.id,
  },
  {
    id: 'U0OLD',
    name: 'old',
    realName: 'Olga Oldtimer',
    email: 'olga@harbour.example',
    role: 'deactivated',
    deleted: true,
  },
];

export const usergroups = [
  { id: 'S0LEADS', handle: 'team-leads', name: 'Team leads', members: ['U0TARA', 'U0NOA'] },
] as const;

export type SeedChannel = {
  id: string;
  name: string;
  kind: 'public' | 'private';
  topic: string;
  members: readonly string[];
};

const everybody = people
  .filter((person) => !person.deleted && !person.guest)
  .map((person) => person.id);

export const channels: readonly SeedChannel[] = [
  {
    id: 'C0GENERAL',
    name: 'general',
    kind: 'public',
    topic: 'Everybody at Harbour',
    members: [...everybody.filter((id) => id !== 'U0EVE')],
  },
  {
    id: 'C0REQUESTS',
    name: 'agent-requests',
    kind: 'public',
    topic: 'New Amazon Connect users: type /connect-add-user',
    members: [...everybody.filter((id) => id !== 'U0EVE'), 'U0GUS', bot.userId],
  },
  {
    id: 'C0FLOOR',
    name: 'floor-talk',
    kind: 'public',
    topic: 'Shifts and swaps',
    members: ['U0TARA', 'U0SAM', 'U0NOA'],
  },
  {
    id: 'G0OPS',
    name: 'ops-private',
    kind: 'private',
    topic: 'Admins only; the bot is not in here',
    members: ['U0ARI', 'U0BEA'],
  },
];

/** Amazon Connect users of the CONNECT_MANAGED instance that belong to people above. */
export const connectUsers = [
  {
    username: 'ari.admin',
    firstName: 'Ari',
    lastName: 'Admin',
    email: 'ari.admin@harbour.example',
    securityProfiles: ['Admin'],
  },
  {
    username: 'bea',
    firstName: 'Bea',
    lastName: 'Berg',
    email: 'bea@harbour.example',
    securityProfiles: ['User Manager'],
  },
  {
    username: 'sam',
    firstName: 'Sam',
    lastName: 'Supervisor',
    email: 'sam@harbour.example',
    securityProfiles: ['Supervisor'],
  },
  {
    username: 'alex',
    firstName: 'Alex',
    lastName: 'North',
    email: 'alex@harbour.example',
    securityProfiles: ['User Manager'],
  },
  {
    username: 'jdoe',
    firstName: 'Jane',
    lastName: 'Doe',
    email: 'jane.doe@harbour.example',
    securityProfiles: ['Agent'],
  },
] as const;

export type SeedInstance = {
  alias: string;
  id: string;
  identity: 'CONNECT_MANAGED' | 'SAML' | 'EXISTING_DIRECTORY';
  region: string;
  account: string;
  /** The other Region of an instance with global resiliency. */
  replicaRegion?: string;
};

/** The Region and the account of most instances. */
export const region = 'us-west-2';
const account = '123456789012';
export const instances = [
  {
    alias: 'production',
    id: 'a1b2c3d4-5678-90ab-cdef-EXAMPLE11111',
    identity: 'CONNECT_MANAGED',
    region,
    account,
  },
  { alias: 'sso', id: 'b2c3d4e5-6789-01ab-cdef-EXAMPLE22222', identity: 'SAML', region, account },
  {
    alias: 'branch',
    id: 'c3d4e5f6-7890-12ab-cdef-EXAMPLE33333',
    identity: 'EXISTING_DIRECTORY',
    region,
    account,
  },
  {
    alias: 'berlin',
    id: 'd4e5f6a7-8901-4bcd-8ef0-123456789abc',
    identity: 'CONNECT_MANAGED',
    region: 'eu-central-1',
    account,
  },
  {
    alias: 'global',
    id: 'e5f6a7b8-9012-4cde-9f01-23456789abcd',
    identity: 'SAML',
    region: 'us-east-1',
    account,
    replicaRegion: region,
  },
  {
    alias: 'partner',
    id: 'f6a7b8c9-0123-4def-a012-3456789abcde',
    identity: 'CONNECT_MANAGED',
    region,
    account: '210987654321',
  },
  {
    alias: 'gov',
    id: 'a7b8c9d0-1234-4ef0-b123-456789abcdef',
    identity: 'SAML',
    region: 'us-gov-west-1',
    account: '345678901234',
  },
] as const satisfies readonly SeedInstance[];

/** Every Region in which the sandbox has an instance. */
export const regions: readonly string[] = [
  ...new Set(instances.map((instance) => instance.region)),
];
